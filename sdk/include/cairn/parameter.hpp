#pragma once

#include <cairn/row_count.hpp>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// A value for $1, $2, …: bool, integer, double, text, nullptr, or something like std::optional of these.
/// It travels as text, and the server gives it the type the statement wants. Texts are not copied.
class Parameter {
 public:
  /// Only bool itself: a pointer would convert to bool before it converted to a text.
  template <detail::OneOf<bool> T>
  Parameter(T value) : text_(value ? "true" : "false") {}
  template <detail::OneOf<short, int, long, long long> T>
  Parameter(T value) {
    const auto magnitude = static_cast<unsigned long long>(value);
    write_integer(value < 0 ? 0 - magnitude : magnitude, value < 0);
  }
  template <detail::OneOf<unsigned short, unsigned, unsigned long, unsigned long long> T>
  Parameter(T value) {
    write_integer(value, false);
  }
  template <detail::OneOf<float, double> T>
  Parameter(T value) {
    write_double(static_cast<double>(value));
  }
  Parameter(const RowCount& rows) : Parameter(static_cast<uint64_t>(rows)) {}
  Parameter(const char* text) : text_(text), null_(text == nullptr) {}
  Parameter(Text text) : text_(text) {}
  template <detail::StringLike T>
  Parameter(const T& text) : text_(text) {}
  Parameter(decltype(nullptr)) : null_(true) {}
  template <class T>
    requires requires(const T& value) { value.has_value(); *value; }
  Parameter(const T& value) : Parameter(value.has_value() ? Parameter(*value) : Parameter(nullptr)) {}

  /// Valid as long as this object and the text it was made from.
  cairn_value value() const {
    const Text text = length_ > 0 ? Text(buffer_, length_) : text_;
    return {text.data, text.size, null_ ? 1u : 0u, 0};
  }

 private:
  void write_integer(unsigned long long magnitude, bool negative) {
    char digits[24];
    uint32_t count = 0;
    do digits[count++] = static_cast<char>('0' + magnitude % 10);
    while ((magnitude /= 10) != 0);
    if (negative) digits[count++] = '-';
    while (count > 0) buffer_[length_++] = digits[--count];
  }

  /// 17 digits bring every double back unchanged. The server wants a point, whatever the locale says.
  void write_double(double value) {
    if (value != value) {
      text_ = "NaN";
    } else if (value - value != 0) {
      text_ = value > 0 ? "Infinity" : "-Infinity";
    } else {
      length_ = static_cast<uint32_t>(__builtin_snprintf(buffer_, sizeof buffer_, "%.17g", value));
      for (uint32_t i = 0; i < length_; ++i)
        if (buffer_[i] == ',') buffer_[i] = '.';
    }
  }

  char buffer_[32] = {};
  uint32_t length_ = 0;
  Text text_ = {};
  bool null_ = false;
};

}  // namespace sdk
}  // namespace cairn

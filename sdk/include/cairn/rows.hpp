#pragma once

#include <cairn/failure.hpp>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// One value of an answer. Valid as long as its Rows.
class Cell {
 public:
  Cell(cairn_value value, const cairn_place& place) : value_(value), place_(place) {}

  bool is_null() const { return value_.is_null != 0; }

  /// The value as the server writes it. A SQL NULL ends the step: ask is_null() first, or use text_or().
  Text text() const {
    if (is_null()) fail("the value read here is NULL");
    return {value_.data, value_.size};
  }
  Text text_or(Text fallback) const { return is_null() ? fallback : Text(value_.data, value_.size); }

  int64_t integer() const {
    const Text digits = text();
    const bool negative = digits.size > 0 && digits.data[0] == '-';
    int64_t value = 0;
    if (digits.size == (negative ? 1u : 0u)) fail("the value read here is not an integer");
    for (uint64_t i = negative ? 1 : 0; i < digits.size; ++i) {
      const int digit = digits.data[i] - '0';
      // Counting downwards reaches the smallest int64 as well.
      if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
          __builtin_sub_overflow(value, digit, &value))
        fail("the value read here is not an integer of 64 bits");
    }
    if (!negative && __builtin_sub_overflow(int64_t{0}, value, &value))
      fail("the value read here is not an integer of 64 bits");
    return value;
  }
  bool boolean() const {
    const Text letter = text();
    if (letter == "t") return true;
    if (letter == "f") return false;
    fail("the value read here is not a boolean");
  }

 private:
  [[noreturn]] void fail(Text message) const {
    const cairn_place& at = place_;
    throw Failure(message, {}, at.file.data, at.line);
  }

  cairn_value value_;
  cairn_place place_;
};

/// A column by number (from 0) or by name, and where the author asked for it.
class Column {
 public:
  template <detail::OneOf<int, unsigned, long, unsigned long, long long, unsigned long long> T>
  Column(T number, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE())
      : number_(static_cast<uint64_t>(number)), place_(detail::place_of(file, line)) {}
  template <class T>
    requires(!detail::OneOf<T, int, unsigned, long, unsigned long, long long, unsigned long long>)
  Column(const T& name, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE())
      : name_(name), named_(true), place_(detail::place_of(file, line)) {}

  const cairn_place& place() const { return place_; }

  uint32_t find_in(const cairn_host* host, const cairn_rows* rows) const {
    const uint32_t count = host->column_count(rows);
    if (!named_ && number_ < count) return static_cast<uint32_t>(number_);
    cairn_text name = {};
    for (uint32_t i = 0; named_ && i < count; ++i)
      if (host->column(rows, i, &name) == CAIRN_OK && Text(name) == name_) return i;
    throw Failure("the answer has no such column", "Columns are counted from 0 and named as the server names them.",
                  place_.file.data, place_.line);
  }

 private:
  uint64_t number_ = 0;
  Text name_ = {};
  bool named_ = false;
  cairn_place place_;
};

/// One row of an answer. Valid as long as its Rows.
class Row {
 public:
  Row(const cairn_host* host, const cairn_rows* rows, uint64_t row) : host_(host), rows_(rows), row_(row) {}

  Cell operator[](Column column) const {
    cairn_value value = {};
    if (host_->cell(rows_, row_, column.find_in(host_, rows_), &value) != CAIRN_OK)
      throw Failure("the answer has no such row", {}, column.place().file.data, column.place().line);
    return {value, column.place()};
  }

 private:
  const cairn_host* host_;
  const cairn_rows* rows_;
  uint64_t row_;
};

/// A whole answer. Ends with the object, and at the latest with the step.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const Rows& rows, uint64_t row) : rows_(&rows), row_(row) {}
    Row operator*() const { return (*rows_)[row_]; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return row_ == other.row_; }

   private:
    const Rows* rows_;
    uint64_t row_;
  };

  Rows(const cairn_host* host, cairn_rows* rows) : host_(host), rows_(rows) {}
  Rows(Rows&& other) noexcept : host_(other.host_), rows_(other.rows_) { other.rows_ = nullptr; }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (rows_ != nullptr) host_->rows_free(rows_);
  }

  uint64_t size() const { return rows_ == nullptr ? 0 : host_->row_count(rows_); }
  bool empty() const { return size() == 0; }
  uint32_t columns() const { return rows_ == nullptr ? 0 : host_->column_count(rows_); }
  Text column_name(uint32_t column) const {
    cairn_text name = {};
    if (rows_ == nullptr || host_->column(rows_, column, &name) != CAIRN_OK)
      throw Failure("the answer has no such column");
    return name;
  }
  Row operator[](uint64_t row) const { return {host_, rows_, row}; }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  const cairn_host* host_;
  cairn_rows* rows_;
};

}  // namespace sdk
}  // namespace cairn

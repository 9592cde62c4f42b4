#pragma once

// The SDK's core includes no standard header but <new>: standard headers are most of what compiling a
// revision would cost, and no std:: type can reach the boundary by accident. It is hidden as a
// namespace, so that a team which forgets -fvisibility=hidden still exports nothing of it.

#include <cairn/abi.h>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

namespace detail {

template <class A, class B>
inline constexpr bool same = false;
template <class A>
inline constexpr bool same<A, A> = true;

template <class T, class... Others>
concept OneOf = (same<T, Others> || ...);

/// std::string, std::string_view and their like, without naming them.
template <class T>
concept StringLike = requires(const T& text) {
  static_cast<const char*>(text.data());
  static_cast<uint64_t>(text.size());
};

}  // namespace detail

/// A text that someone else owns: pointer and size, UTF-8, not terminated.
struct Text {
  const char* data = "";
  uint64_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char* text) : data(text), size(text == nullptr ? 0 : __builtin_strlen(text)) {}
  constexpr Text(const char* text, uint64_t length) : data(text), size(length) {}
  constexpr Text(cairn_text text) : data(text.data), size(text.size) {}
  template <detail::StringLike T>
  constexpr Text(const T& text) : data(text.data()), size(static_cast<uint64_t>(text.size())) {}

  constexpr operator cairn_text() const { return {data, size}; }
  constexpr bool empty() const { return size == 0; }

  friend constexpr bool operator==(Text a, Text b) {
    if (a.size != b.size) return false;
    for (uint64_t i = 0; i < a.size; ++i)
      if (a.data[i] != b.data[i]) return false;
    return true;
  }
};

}  // namespace sdk
}  // namespace cairn

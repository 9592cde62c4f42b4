/* How the tables of released minors say what must not change; for C11 and C++20. */
#ifndef CAIRN_TEST_FROZEN_H
#define CAIRN_TEST_FROZEN_H

#include <cairn/abi.h>

#ifdef __cplusplus
template <class A, class B>
inline constexpr bool cairn_test_same = false;
template <class A>
inline constexpr bool cairn_test_same<A, A> = true;
#define FROZEN(condition) static_assert(condition)
#define SIZE_OF(type, member) sizeof(type::member)
#define HAS_TYPE(type, member, expected) cairn_test_same<decltype(type::member), expected>
#else
#define FROZEN(condition) _Static_assert(condition, #condition)
#define SIZE_OF(type, member) sizeof(((type *)0)->member)
#define HAS_TYPE(type, member, expected) _Generic(((type *)0)->member, expected: 1, default: 0)
#endif

/* A member lies at this offset and has this type. */
#define MEMBER(type, member, at, expected) \
  FROZEN(offsetof(type, member) == (at));  \
  FROZEN(HAS_TYPE(type, member, expected)); \
  FROZEN(SIZE_OF(type, member) == sizeof(expected))
/* A struct that never changes, and one that only grows. */
#define SIZE(type, size) FROZEN(sizeof(type) == (size))
#define LEAST_SIZE(type, size) FROZEN(sizeof(type) >= (size))
#define CONSTANT(name, value) FROZEN((name) == (value))

#endif

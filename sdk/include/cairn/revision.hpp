#pragma once

// What the author of a C++ revision includes.
//
//   #include <cairn/revision.hpp>
//
//   CAIRN_REVISION(.id = "37a02ec8662a", .down_revision = {"000000000001"}, .message = "init schema")
//
//   static void upgrade(cairn::Database& db)   { db.execute("CREATE TABLE shop (...)"); }
//   static void downgrade(cairn::Database& db) { db.execute("DROP TABLE shop"); }
//
// One revision is one source file and one library. With .verify = true there is a third function,
// verify(cairn::Database&), which runs last inside the transaction and calls db.fail() when the result
// is not as it should be. CAIRN_IRREVERSIBLE_REVISION(...) is for a revision without a downgrade.

#include <cairn/database.hpp>
#include <cairn/note.hpp>

// The build writes this file beside each revision and writes it anew when the source changes.
#ifdef CAIRN_SOURCE_DIGEST_FILE
#include CAIRN_SOURCE_DIGEST_FILE
#else
#define CAIRN_SOURCE_DIGEST ""
#endif

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {
namespace detail {

inline void report(const cairn_host* host, cairn_step* step, Text message, Text hint, const cairn_place& place) noexcept {
  const cairn_error error = {sizeof(cairn_error), 0, message, {}, hint, place};
  host->set_error(step, &error);
}

/// Names the exception in flight for the runner. After a failed host call there is nothing to add.
inline int32_t report_exception(const cairn_host* host, cairn_step* step) noexcept {
  try {
    throw;
  } catch (const HostFailure&) {
  } catch (const Failure& failure) {
    report(host, step, failure.what(), failure.hint(), failure.place());
  } catch (const std::exception& exception) {
    report(host, step, exception.what(), {}, {});
  } catch (...) {
    report(host, step, "the step threw something that is not a std::exception", {}, {});
  }
  return CAIRN_FAILED;
}

/// What the runner calls. No exception leaves it.
template <void (*step_function)(Database&)>
int32_t enter(const cairn_host* host, cairn_step* step) noexcept {
  try {
    Database database(host, step);
    step_function(database);
    return CAIRN_OK;
  } catch (...) {
    return report_exception(host, step);
  }
}

}  // namespace detail

// Result types of functions that must not be there: defining such a function does not compile, and the
// compiler prints these names.
struct an_irreversible_revision_has_no_downgrade;

namespace detail {

template <bool stated>
struct set_verify_true_in_the_metadata {
  using type = void;
  template <type (*function)(Database&)>
  static constexpr cairn_step_function step = &enter<function>;
};
template <>
struct set_verify_true_in_the_metadata<false> {
  struct type;
  template <type (*)(Database&)>
  static constexpr cairn_step_function step = nullptr;
};

}  // namespace detail
}  // namespace sdk
}  // namespace cairn

/// A declaration that most revisions have no definition for.
#if defined(__clang__)
#define CAIRN_DETAIL_PERHAPS(declaration)                                                            \
  _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wundefined-internal\"")      \
  _Pragma("clang diagnostic ignored \"-Wunused-function\"") declaration;                             \
  _Pragma("clang diagnostic pop")
#else
#define CAIRN_DETAIL_PERHAPS(declaration)                                                            \
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wunused-function\"") declaration; \
  _Pragma("GCC diagnostic pop")
#endif

// Spelled out where verify is declared, since compilers show that line.
#define CAIRN_DETAIL_VERIFY ::cairn::detail::set_verify_true_in_the_metadata<cairn_metadata.verify>

#define CAIRN_DETAIL_CODE_REVISION(more_flags, ...)                                                               \
  struct cairn_only_one_revision_per_source_file {};                                                              \
  static constexpr ::cairn::Metadata cairn_metadata{__VA_ARGS__};                                                 \
  CAIRN_DETAIL_CHECK(cairn_metadata);                                                                             \
  static constexpr ::cairn::note::Facts cairn_facts{.flags = (more_flags), .source_digest = CAIRN_SOURCE_DIGEST}; \
  CAIRN_DETAIL_NOTE(cairn_facts);                                                                                 \
  static void upgrade(::cairn::Database&);                                                                        \
  CAIRN_DETAIL_PERHAPS(                                                                                           \
      static ::cairn::detail::set_verify_true_in_the_metadata<cairn_metadata.verify>::type verify(::cairn::Database&))

#define CAIRN_REVISION(...)                                                                        \
  CAIRN_DETAIL_CODE_REVISION(0u, __VA_ARGS__)                                                      \
  static void downgrade(::cairn::Database&);                                                       \
  CAIRN_DETAIL_PLUGIN(&::cairn::detail::enter<&upgrade>, &::cairn::detail::enter<&downgrade>,      \
                      CAIRN_DETAIL_VERIFY::step<&verify>)

#define CAIRN_IRREVERSIBLE_REVISION(...)                                                           \
  CAIRN_DETAIL_CODE_REVISION(CAIRN_FLAG_IRREVERSIBLE, __VA_ARGS__)                                 \
  ::cairn::an_irreversible_revision_has_no_downgrade downgrade(::cairn::Database&);                \
  CAIRN_DETAIL_PLUGIN(&::cairn::detail::enter<&upgrade>, nullptr, CAIRN_DETAIL_VERIFY::step<&verify>)

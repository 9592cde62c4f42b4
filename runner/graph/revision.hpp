#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cairn {

/// In characters: alembic_version.version_num is varchar(32).
inline constexpr std::size_t longest_id = 32;

enum class Direction { up, down };

/// Where a revision's SQL comes from: notes of the library, or code that the worker runs.
enum class RevisionKind { sql, code };

/// A finding of a smoke run that the author accepts.
struct Acceptance {
  std::string rule;
  std::string reason;   ///< empty in a library that was built by other means than the SDK: then nothing is accepted
};

/// What a plugin says of itself. Read from its note, never by running it.
struct Revision {
  std::string id;
  std::vector<std::string> down_revisions;  ///< empty: a base
  std::vector<std::string> depends_on;      ///< ids or labels
  std::vector<std::string> labels;
  std::string message;
  std::string author;
  std::string date;
  std::string purpose;
  std::uint32_t estimated_ms = 0;           ///< 0: not stated
  std::string phase;                        ///< "", "expand", "switch" or "contract"
  std::string release;                      ///< the release the phase belongs to
  std::uint32_t min_server_version = 0;     ///< as server_version_num; 0: any supported
  std::vector<Acceptance> accepts;
  std::string source_digest;                ///< hex SHA-256 of the source; empty when not stated
  std::string sdk_version;
  std::string compiler;
  RevisionKind kind = RevisionKind::code;
  bool transactional = true;
  bool reversible = true;
  bool seed = false;
  bool retryable = true;
  bool has_verify = false;
  std::string origin;                       ///< the file it was read from
};

}  // namespace cairn

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

/// In characters; longer ones are cut at a word.
inline constexpr std::size_t longest_slug = 40;

/// "Añade category-id (v2)!" -> "anade_category_id_v2": ASCII letters and digits in lower case, words joined by "_".
/// European letters lose their accents, everything else parts words. Empty when nothing is left.
std::string make_slug(std::string_view message);

/// What the folder of a revision is called: "<id>_<slug>", or the id alone.
std::string revision_name(std::string_view id, std::string_view message);

}  // namespace cairn

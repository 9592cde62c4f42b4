# Writes the SHA-256 of a C++ revision's source for its note. One file: its own digest; several: the
# digest of their digests, in order. Called while building: -DOUT=... -DSOURCES=...
set(text "")
foreach(source IN LISTS SOURCES)
  file(SHA256 "${source}" digest)
  string(APPEND text "${digest}\n")
endforeach()
list(LENGTH SOURCES count)
if(count GREATER 1)
  string(SHA256 digest "${text}")
endif()
file(WRITE "${OUT}" "#define CAIRN_SOURCE_DIGEST \"${digest}\"\n")

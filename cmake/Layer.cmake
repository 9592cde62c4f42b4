# cairn_layer(<name> SOURCES <file>... [LINKS <layer>...] [LIBRARIES <target>...])
#
# One static library per folder of runner/. A layer links only the layers named in LINKS, so that calling
# a layer it may not know fails at link time; tools/layers.txt states the same rule for includes.
function(cairn_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cairn_layer(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  list(TRANSFORM arg_LINKS PREPEND cairn_)
  add_library(cairn_${name} STATIC ${arg_SOURCES})
  target_include_directories(cairn_${name} PUBLIC ${PROJECT_SOURCE_DIR}/runner)
  target_link_libraries(cairn_${name} PUBLIC ${arg_LINKS} PRIVATE cairn_warnings ${arg_LIBRARIES})
endfunction()

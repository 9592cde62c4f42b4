# Warnings for our own code only; never forced on a consumer of the SDK.
add_library(cairn_warnings INTERFACE)
target_compile_options(cairn_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${CAIRN_WARNINGS_AS_ERRORS}>:-Werror>)

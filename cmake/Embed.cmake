# cmake -D STYLE=<file> -D SCRIPT=<file> -D OUTPUT=<file> -P Embed.cmake: the two files of a page as a source file, byte for
# byte, so that the program needs none of them.
cmake_minimum_required(VERSION 3.25)

function(literal_of file variable)
  file(READ "${file}" text)
  string(FIND "${text}" ")embedded\"" end)
  if(NOT end EQUAL -1)
    message(FATAL_ERROR "${file} holds the mark that ends a literal")
  endif()
  set(${variable} "R\"embedded(${text})embedded\"" PARENT_SCOPE)
endfunction()

literal_of("${STYLE}" style)
literal_of("${SCRIPT}" script)
file(WRITE "${OUTPUT}" "#include \"report/smoke_page.hpp\"

namespace cairn {

std::string_view page_style() { return ${style}; }
std::string_view page_script() { return ${script}; }

}  // namespace cairn
")

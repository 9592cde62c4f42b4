# Writes the digest of a C++ revision for its note, by the rule code-1: the lines of its sources, and of the files beside
# them that they include with quotes, without outer white space and blank lines. Called while building:
#   -DOUT       the header to write
#   -DDEPFILE   names what was read, so that editing an included file makes the digest anew
#   -DSOURCES   the sources of the revision
#   -DPROJECT   files outside of this folder do not count: they belong to somebody else
#
# Texts never become lists and are never passed to macros: code is full of semicolons, brackets and backslashes.
cmake_minimum_required(VERSION 3.22)

set_property(GLOBAL PROPERTY digested "code-1\n")
set_property(GLOBAL PROPERTY read_files "\n")

# Its lines, with a line break in front and between.
function(read_lines file variable)
  file(READ "${file}" text)
  string(REGEX REPLACE "[ \t\r]*\n[ \t\r\n]*" "\n" text "\n${text}\n")
  string(REGEX REPLACE "\n$" "" text "${text}")
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

# Every file counts once, behind its length, where it is first met.
function(digest_file file)
  get_property(files GLOBAL PROPERTY read_files)
  string(FIND "${files}" "\n${file}\n" known)
  if(NOT known EQUAL -1)
    return()
  endif()
  set_property(GLOBAL PROPERTY read_files "${files}${file}\n")
  read_lines("${file}" text)
  string(LENGTH "${text}" length)
  set_property(GLOBAL APPEND_STRING PROPERTY digested "${length}:${text}")
  digest_included("${file}" "${text}")
endfunction()

function(digest_included file rest)
  get_filename_component(folder "${file}" DIRECTORY)
  while("${rest}" MATCHES "\n#[ \t]*include[ \t]*\"([^\"\n]+)\"")
    set(included "${folder}/${CMAKE_MATCH_1}")
    string(FIND "${rest}" "${CMAKE_MATCH_0}" at)
    string(LENGTH "${CMAKE_MATCH_0}" length)
    math(EXPR at "${at} + ${length}")
    string(SUBSTRING "${rest}" ${at} -1 rest)
    get_filename_component(included "${included}" ABSOLUTE)
    string(FIND "${included}" "${PROJECT}/" inside)
    if(inside EQUAL 0 AND EXISTS "${included}" AND NOT IS_DIRECTORY "${included}")
      digest_file("${included}")
    endif()
  endwhile()
endfunction()

foreach(source IN LISTS SOURCES)
  digest_file("${source}")
endforeach()
get_property(digested GLOBAL PROPERTY digested)
get_property(files GLOBAL PROPERTY read_files)

string(SHA256 digest "${digested}")
file(WRITE "${OUT}" "#define CAIRN_SOURCE_DIGEST \"${digest}\"\n")

string(REGEX REPLACE "([ #])" "\\\\\\1" files "${files}")
string(REPLACE "$" "$$" files "${files}")
string(REGEX REPLACE "\n$" "" files "${files}")
string(REPLACE "\n" " \\\n  " files "${files}")
string(REPLACE " " "\\ " target "${OUT}")
file(WRITE "${DEPFILE}" "${target}:${files}\n")

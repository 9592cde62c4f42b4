# How revisions are built: one shared library each.
#
#   cairn_add_revision(<target>
#     SOURCE <file.cpp> [SOURCES <file>...]       the metadata stands in the source: CAIRN_REVISION(...)
#   | UP <up.sql> (DOWN <down.sql> | IRREVERSIBLE) [VERIFY <verify.sql>]
#     [ID <id>] [DOWN_REVISION <id>...] [DEPENDS_ON <id or label>...] [LABELS <label>...] [MESSAGE <text>]
#     [AUTHOR <text>] [DATE <date>] [PURPOSE <text>] [ESTIMATED_RUNTIME <"500 ms">] [PHASE <phase>]
#     [RELEASE <text>] [MIN_SERVER_VERSION <n>] [NON_TRANSACTIONAL] [NOT_RETRYABLE] [SEED]
#     [ACCEPT <"rule: reason">...]
#                                                 instead of "-- cairn: key = value" lines in up.sql
#     [GROUP <name>]                              sub-folder of ${CMAKE_BINARY_DIR}/plugins
#     [OUTPUT_NAME <name>]                        of the file, without .so; default: the target
#     [ABI_MINOR <n>]                             the runner version it needs; default: the oldest
#     [LINK_LIBRARIES <target>...] [NO_CHECK]     NO_CHECK: see CairnCheck.cmake
#     [INSTALL_DESTINATION <dir> [COMPONENT <name>]])
#
#   cairn_add_revision_directory(<dir> [PREFIX <text>] [TARGETS <variable>] [GROUP ...] [ABI_MINOR ...]
#                                [LINK_LIBRARIES ...] [INSTALL_DESTINATION ...] [COMPONENT ...] [NO_CHECK])
#     Every <id>_<slug>.cpp, <id>_<slug>/revision.cpp, <id>_<slug>/up.sql and <id>_<slug>.up.sql is a
#     revision, down.sql and verify.sql beside it belong to it. A new file needs no edit and no new
#     configuring by hand. Targets are called <prefix>_<id>_<slug>; the prefix is the group or "revision".
#
# cairn_add_graph_check() is in CairnCheck.cmake.
#
# Nothing of the project that calls these is changed: no variable, no flag of another target.

cmake_policy(PUSH)
cmake_policy(VERSION 3.22...3.25)

include("${CMAKE_CURRENT_LIST_DIR}/CairnRevisionDetail.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/CairnCheck.cmake")

function(cairn_add_revision target)
  cairn_detail_check_project()
  set(metadata_switches IRREVERSIBLE NON_TRANSACTIONAL NOT_RETRYABLE SEED)
  set(metadata_texts ID MESSAGE AUTHOR DATE PURPOSE ESTIMATED_RUNTIME PHASE RELEASE MIN_SERVER_VERSION)
  set(metadata_lists DOWN_REVISION DEPENDS_ON LABELS)
  set(metadata_repeated ACCEPT)
  cmake_parse_arguments(PARSE_ARGV 1 arg "MATCH_NAME;NO_CHECK;${metadata_switches}"
    "SOURCE;UP;DOWN;VERIFY;GROUP;OUTPUT_NAME;ABI_MINOR;INSTALL_DESTINATION;COMPONENT;${metadata_texts}"
    "SOURCES;LINK_LIBRARIES;${metadata_lists};${metadata_repeated}")
  set(place "cairn_add_revision(${target})")
  cairn_detail_check_arguments()
  if(NOT DEFINED arg_OUTPUT_NAME)
    set(arg_OUTPUT_NAME ${target})
  endif()
  cairn_detail_claim_output("${place}" "${arg_GROUP}" "${arg_OUTPUT_NAME}")

  add_library(${target} MODULE)
  if(DEFINED arg_SOURCE)
    cairn_detail_use_source(${target} "${arg_SOURCE}" ${arg_SOURCES})
  else()
    cairn_detail_keywords_as_header(keywords)
    set(name "")
    if(arg_MATCH_NAME)
      set(name "${arg_OUTPUT_NAME}")
    endif()
    cairn_detail_use_sql(${target} "${arg_UP}" "${arg_DOWN}" "${arg_VERIFY}" "${keywords}" "${name}")
  endif()
  cairn_detail_set_up_library(${target} "${arg_GROUP}" "${arg_OUTPUT_NAME}")
  target_link_libraries(${target} PRIVATE ${arg_LINK_LIBRARIES})
  if(DEFINED arg_ABI_MINOR)
    target_compile_definitions(${target} PRIVATE CAIRN_TARGET_ABI_MINOR=${arg_ABI_MINOR})
  endif()
  if(NOT arg_NO_CHECK)
    cairn_detail_check_library(${target})
  endif()
  if(DEFINED arg_INSTALL_DESTINATION AND DEFINED arg_COMPONENT)
    install(TARGETS ${target} LIBRARY DESTINATION "${arg_INSTALL_DESTINATION}" COMPONENT "${arg_COMPONENT}")
  elseif(DEFINED arg_INSTALL_DESTINATION)
    install(TARGETS ${target} LIBRARY DESTINATION "${arg_INSTALL_DESTINATION}")
  endif()
endfunction()

function(cairn_add_revision_directory directory)
  cairn_detail_check_project()
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_CHECK" "PREFIX;TARGETS;GROUP;ABI_MINOR;INSTALL_DESTINATION;COMPONENT" "LINK_LIBRARIES")
  set(place "cairn_add_revision_directory(${directory})")
  cairn_detail_require_understood()
  get_filename_component(directory "${directory}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(NOT IS_DIRECTORY "${directory}")
    message(FATAL_ERROR "${place}: there is no such directory")
  endif()
  if(NOT DEFINED arg_PREFIX)
    set(arg_PREFIX revision)
    if(DEFINED arg_GROUP)
      set(arg_PREFIX "${arg_GROUP}")
    endif()
  endif()
  set(options "")
  foreach(key GROUP ABI_MINOR INSTALL_DESTINATION COMPONENT)
    if(DEFINED arg_${key})
      list(APPEND options ${key} "${arg_${key}}")
    endif()
  endforeach()
  if(arg_NO_CHECK)
    list(APPEND options NO_CHECK)
  endif()
  if(DEFINED arg_LINK_LIBRARIES)
    list(APPEND options LINK_LIBRARIES ${arg_LINK_LIBRARIES})
  endif()

  # The second pattern is only asked so that a down.sql or verify.sql that appears is noticed.
  file(GLOB entries LIST_DIRECTORIES true CONFIGURE_DEPENDS "${directory}/*")
  file(GLOB inner LIST_DIRECTORIES false CONFIGURE_DEPENDS "${directory}/*/*.sql" "${directory}/*/revision.cpp")
  set(targets "")
  foreach(entry IN LISTS entries)
    cairn_detail_recognise("${place}" "${entry}" stem files)
    if(stem)
      string(MAKE_C_IDENTIFIER "${arg_PREFIX}_${stem}" target)
      cairn_add_revision(${target} ${files} OUTPUT_NAME "${stem}" ${options})
      list(APPEND targets ${target})
    endif()
  endforeach()
  if(DEFINED arg_TARGETS)
    set(${arg_TARGETS} "${targets}" PARENT_SCOPE)
  endif()
endfunction()

cmake_policy(POP)

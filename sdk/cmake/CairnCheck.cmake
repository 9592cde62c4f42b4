# What the runner says to a build, where one is known (see CairnRunner.cmake). It contacts no database and runs no revision.
#
#   cairn_add_graph_check(<name> [GROUPS <group>...] [PLUGINS <dir>...] [ALLOW_HEADS])
#     A test for CTest: fails when a library is unusable, when ids are used twice, when parents are missing or form a
#     loop, when there are no revisions at all, or when the schema has several heads. Seeds do not count as heads.
#       GROUPS       only the revisions of these groups; default: all that this build makes
#       PLUGINS      further folders, for what these revisions rest on
#       ALLOW_HEADS  several heads are meant to be
#     Call enable_testing() before. Build before testing: the libraries are what is looked at.
#
# After it is linked, each library is inspected, and the build fails when the runner would refuse it. NO_CHECK in
# cairn_add_revision() and cairn_add_revision_directory(), or -DCAIRN_CHECK_REVISIONS=OFF, leaves that out.

function(cairn_detail_check_library target)
  if(NOT TARGET cairn::runner OR DEFINED CAIRN_CHECK_REVISIONS AND NOT CAIRN_CHECK_REVISIONS)
    return()
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND "${CMAKE_COMMAND}" "-DRUNNER=$<TARGET_FILE:cairn::runner>" "-DLIBRARY=$<TARGET_FILE:${target}>"
            -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/CairnInspect.cmake"
    VERBATIM)
  add_dependencies(${target} cairn::runner)
endfunction()

function(cairn_add_graph_check name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALLOW_HEADS" "" "GROUPS;PLUGINS")
  set(place "cairn_add_graph_check(${name})")
  cairn_detail_require_understood()
  if(NOT CMAKE_TESTING_ENABLED)
    message(AUTHOR_WARNING "${place}: call enable_testing() before, in the top CMakeLists.txt; without it CTest runs no test")
  endif()
  if(NOT TARGET cairn::runner)
    add_test(NAME ${name} COMMAND "${CMAKE_COMMAND}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/CairnNoRunner.cmake")
    return()
  endif()

  cairn_detail_output_folder(built)
  set(folders "${built}")
  if(DEFINED arg_GROUPS)
    list(TRANSFORM arg_GROUPS PREPEND "${built}/" OUTPUT_VARIABLE folders)
  endif()
  foreach(folder IN LISTS arg_PLUGINS)
    get_filename_component(folder "${folder}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    list(APPEND folders "${folder}")
  endforeach()
  list(TRANSFORM folders PREPEND "--plugins=")
  set(heads one)
  if(arg_ALLOW_HEADS)
    set(heads any)
  endif()
  # No project file and no section of one takes part: what is tested is what is named here.
  add_test(NAME ${name} COMMAND cairn::runner heads --check ${heads} ${folders} WORKING_DIRECTORY /)
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "CAIRN_CONFIG=;CAIRN_ENV=")
endfunction()

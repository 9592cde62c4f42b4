# Called behind the link of a revision: -DRUNNER=<program> -DLIBRARY=<file>. What the runner would refuse fails the build.
set(ENV{CAIRN_CONFIG} "")
set(ENV{CAIRN_ENV} "")
execute_process(COMMAND "${RUNNER}" inspect "${LIBRARY}"
  WORKING_DIRECTORY / RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE problems)
if(NOT result EQUAL 0)
  # No runner shall find it, and the next build shall link it again.
  file(REMOVE "${LIBRARY}")
  string(STRIP "${problems}" problems)
  message(NOTICE "${problems}")
  message(FATAL_ERROR "Cairn's runner ${RUNNER} refuses this library, so it was removed; the lines above say why.")
endif()

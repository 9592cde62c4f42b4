# The graph check of a project that was configured without a runner. CMake would wrap the text of an error.
message(NOTICE "error: there is no runner to look at the revisions with\n"
  "  hint: Install Cairn's runner in the prefix of the SDK or in PATH, or name it with -DCAIRN_RUNNER=<path of cairn>; then configure again.")
message(FATAL_ERROR "The graph of the revisions was not checked.")

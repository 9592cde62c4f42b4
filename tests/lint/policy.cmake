find_package(fmt REQUIRED)
cairn_test(policy_test
  SOURCES
    levels_test.cpp
    policy_test.cpp
    policy_history_test.cpp
    policy_name_test.cpp
    ../support/graph_text.cpp
  LINKS cairn_lint cairn_graph fmt::fmt)
cairn_test(chosen_revisions_test SOURCES chosen_revisions_test.cpp LINKS cairn_commands cairn_test_support)

# The chain of this repository, on a server of its own.
if(TARGET seed_initial_data)
  cairn_test(policy_chain_test SOURCES policy_chain_test.cpp LINKS cairn_lint cairn_authoring cairn_observe_testing)
  target_compile_definitions(policy_chain_test PRIVATE
    CAIRN_TEST_PROJECT="${PROJECT_SOURCE_DIR}"
    CAIRN_TEST_BIN="$<TARGET_FILE:cairn>"
    CAIRN_TEST_PLUGINS="${CMAKE_BINARY_DIR}/plugins/arcoirispos:${CMAKE_BINARY_DIR}/plugins/seeds")
  add_dependencies(policy_chain_test cairn cairn-worker chain seed_initial_data)
endif()

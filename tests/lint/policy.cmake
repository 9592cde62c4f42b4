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

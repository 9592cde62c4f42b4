# See CMakeLists.txt.
cairn_test(hazards_test SOURCES hazards_test.cpp hazard_words_test.cpp LINKS cairn_lint)
cairn_test(observed_hazards_test SOURCES observed_hazards_test.cpp LINKS cairn_lint cairn_observe_testing)

find_package(nlohmann_json REQUIRED)
cairn_test(lint_practice_test SOURCES practice_test.cpp LINKS cairn_lint cairn_observe_testing nlohmann_json::nlohmann_json)
set_tests_properties(lint_practice_test PROPERTIES LABELS practice)

# See CMakeLists.txt.
cairn_test(hazards_test SOURCES hazards_test.cpp hazard_words_test.cpp LINKS cairn_lint)

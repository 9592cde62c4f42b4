cairn_test(snapshot_test SOURCES rows_test.cpp snapshot_test.cpp snapshot_difference_test.cpp
           LINKS cairn_schema cairn_postgres cairn_test_support)

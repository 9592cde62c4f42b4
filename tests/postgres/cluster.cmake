add_executable(cluster_holder cluster_holder.cpp)
target_link_libraries(cluster_holder PRIVATE cairn_cluster cairn_warnings)
cairn_test(cluster_test
  SOURCES cluster_ephemeral_test.cpp cluster_local_test.cpp cluster_programs_test.cpp
  LINKS cairn_cluster cairn_test_support)
target_compile_definitions(cluster_test PRIVATE CLUSTER_HOLDER="$<TARGET_FILE:cluster_holder>")
add_dependencies(cluster_test cluster_holder)

# cmake -D CAIRN=<program> -D FOLDER=<folder> -P Pages.cmake: what the program prints of itself, as files to install.
cmake_minimum_required(VERSION 3.25)

function(print_page file)
  execute_process(COMMAND ${CAIRN} ${ARGN} OUTPUT_FILE ${FOLDER}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER}/man1)
print_page(cairn.bash --document completion)
execute_process(COMMAND ${CAIRN} --document commands OUTPUT_VARIABLE commands COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" commands "${commands}")
foreach(command IN LISTS commands)
  print_page(man1/cairn-${command}.1 --document man ${command})
endforeach()
print_page(man1/cairn.1 --document man)

# Run by CPack on what it is about to pack: every package gets its copyright and its changes, and manual pages are
# compressed, as Debian wants. Without names and times in what gzip writes, so that a build can be repeated.
function(compress file)
  execute_process(COMMAND gzip -9 -n -f ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(install_document from folder name)
  file(MAKE_DIRECTORY ${folder})
  file(COPY_FILE ${from} ${folder}/${name})
  file(CHMOD ${folder}/${name} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} upper)
  set(stage ${CPACK_TEMPORARY_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX})
  set(folder ${stage}/share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
  install_document(${CPACK_CAIRN_SOURCE_DIR}/cmake/packages/copyright ${folder} copyright)
  install_document(${CPACK_CAIRN_SOURCE_DIR}/CHANGELOG.md ${folder} changelog)
  compress(${folder}/changelog)
  file(GLOB pages ${stage}/share/man/man1/*.1)
  foreach(page IN LISTS pages)
    compress(${page})
  endforeach()
endforeach()

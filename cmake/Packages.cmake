# Debian packages, made by "cpack --preset package": one for the runner, one for the SDK, one for the chain and one for
# each selected seed, so that what is installed on a machine is the selection there. Included last.

set(CAIRN_PACKAGE_MAINTAINER "Cairn packagers <root@localhost>" CACHE STRING "Maintainer field of the Debian packages")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cairn)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")   # each package has its own
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGE_CONTACT "${CAIRN_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)   # the notes of revisions survive
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/packages/Documents.cmake)
set(CPACK_CAIRN_SOURCE_DIR ${PROJECT_SOURCE_DIR})
set(CPACK_COMPONENTS_ALL "")

# cairn_package(<component> <package> [ARCHITECTURE_ALL] SECTION <section> SUMMARY <line> TEXT <text>
#               [DEPENDS <package>...] [PROVIDES <package>] [SUGGESTS <package>...])
# Libraries are asked of dpkg-shlibdeps, except in a package without programs.
macro(cairn_package component package)
  cmake_parse_arguments(deb "ARCHITECTURE_ALL" "SECTION;SUMMARY;TEXT;PROVIDES" "DEPENDS;SUGGESTS" ${ARGN})
  string(TOUPPER ${component} upper)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${deb_SECTION})
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${deb_SUMMARY}\n${deb_TEXT}")
  list(JOIN deb_DEPENDS ", " CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS)
  list(JOIN deb_SUGGESTS ", " CPACK_DEBIAN_${upper}_PACKAGE_SUGGESTS)
  set(CPACK_DEBIAN_${upper}_PACKAGE_PROVIDES "${deb_PROVIDES}")
  if(deb_ARCHITECTURE_ALL)
    set(CPACK_DEBIAN_${upper}_PACKAGE_ARCHITECTURE all)
  else()
    set(CPACK_DEBIAN_${upper}_PACKAGE_SHLIBDEPS ON)
  endif()
endmacro()

# Plugins need a runner of their ABI, of whatever version: a virtual package that any such runner provides.
file(STRINGS ${PROJECT_SOURCE_DIR}/sdk/include/cairn/abi.h line REGEX "#define CAIRN_ABI_MAJOR ")
string(REGEX REPLACE ".* " "" abi_major "${line}")
set(abi cairn-abi-${abi_major})

cairn_package(runner cairn
  SECTION database
  SUMMARY "PostgreSQL migration runner whose revisions are plugins"
  TEXT "Cairn finds revisions, each a shared library of its own, orders them by their\n\
parents and applies what is missing. Words and state are those of Alembic.\n\
Revisions come in packages of their own or are built with cairn-sdk."
  PROVIDES ${abi}
  SUGGESTS postgresql cairn-sdk)

cairn_package(sdk cairn-sdk ARCHITECTURE_ALL
  SECTION libdevel
  SUMMARY "headers and CMake functions to write revisions for Cairn"
  TEXT "What an author of revisions needs: the headers, cairn_add_revision() for CMake\n\
and a pkg-config file. Revisions that are built with it need cairn to run."
  SUGGESTS cairn cmake g++)

cairn_package(arcoirispos cairn-arcoirispos
  SECTION database
  SUMMARY "schema of ArcoirisPOS as revisions for Cairn"
  TEXT "The revisions that make and change the schema of ArcoirisPOS, a point-of-sale\n\
system. Data to begin with comes in seeds, packages called cairn-seed-*."
  DEPENDS ${abi})

# packages_needed(<seed> <variable>): of those whose revisions it rests on.
function(packages_needed seed variable)
  owners_needed(${seed} owners)
  set(needed "")
  foreach(owner IN LISTS owners)
    seed_package(${owner} package)
    list(APPEND needed "${package} (>= ${PROJECT_VERSION})")
  endforeach()
  list(SORT needed)
  set(${variable} "${needed}" PARENT_SCOPE)
endfunction()

# seed_package(<owner> <variable>): the package of a seed, or that of the chain.
function(seed_package owner variable)
  string(TOLOWER "cairn-seed-${owner}" package)
  string(REGEX REPLACE "[^a-z0-9.+-]" "-" package "${package}")
  if(owner STREQUAL chain)
    set(package cairn-arcoirispos)
  endif()
  set(${variable} ${package} PARENT_SCOPE)
endfunction()

set(selected_seeds ${CAIRN_SEEDS})
list(REMOVE_DUPLICATES selected_seeds)
foreach(seed IN LISTS selected_seeds)
  string(MAKE_C_IDENTIFIER "seed_${seed}" component)
  seed_package(${seed} package)
  packages_needed(${seed} needed)
  string(REPLACE "_" " " words "${seed}")
  cairn_package(${component} ${package}
    SECTION database
    SUMMARY "seed for ArcoirisPOS: ${words}"
    TEXT "A revision for Cairn that brings data, not schema. \"cairn heads\" lists it where\n\
it is installed. Take it back with \"cairn downgrade\" before removing the package."
    DEPENDS ${abi} ${needed})
endforeach()

include(CPack)

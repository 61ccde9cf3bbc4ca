# libspf2 ships neither a .pc nor a CMake file. Defines the target Spf2::Spf2.
find_path(SPF2_INCLUDE_DIR spf2/spf.h)
find_library(SPF2_LIBRARY spf2)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Spf2 REQUIRED_VARS SPF2_LIBRARY SPF2_INCLUDE_DIR)
if(Spf2_FOUND AND NOT TARGET Spf2::Spf2)
  add_library(Spf2::Spf2 UNKNOWN IMPORTED)
  set_target_properties(Spf2::Spf2 PROPERTIES IMPORTED_LOCATION "${SPF2_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${SPF2_INCLUDE_DIR}")
endif()

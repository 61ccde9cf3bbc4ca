# The same warnings on g++ and clang++. The presets of developers make them errors: CCGATE_WERROR.
option(CCGATE_WERROR "warnings are errors" OFF)
add_library(ccgate_warnings INTERFACE)
target_compile_options(ccgate_warnings INTERFACE
  -Wall -Wextra -Wpedantic $<$<BOOL:${CCGATE_WERROR}>:-Werror> -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wundef -Wformat=2)
# g++ 12 sees an overlap in std::string operations where there is none (GCC bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(ccgate_warnings INTERFACE -Wno-restrict)
endif()
# Where a folder is compiled as one file, g++ takes a local name for the shadow of a neighbour's; clang++ looks.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(ccgate_warnings INTERFACE -Wno-shadow)
endif()

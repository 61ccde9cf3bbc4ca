# CCGATE_HARDEN: what a network daemon of a distribution is built with.
option(CCGATE_HARDEN "build with the hardening flags of a network daemon" OFF)
if(CCGATE_HARDEN)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  add_link_options(-pie -Wl,-z,relro,-z,now)
endif()

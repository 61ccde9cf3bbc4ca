# CCGATE_SANITIZE=address,undefined or thread: for every target of the project.
set(CCGATE_SANITIZE "" CACHE STRING "sanitizers to build with, as in -fsanitize=")
if(CCGATE_SANITIZE)
  add_compile_options(-fsanitize=${CCGATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CCGATE_SANITIZE})
endif()

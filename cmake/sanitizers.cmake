# CCGATE_SANITIZE=address,undefined or thread: for every target of the project.
set(CCGATE_SANITIZE "" CACHE STRING "sanitizers to build with, as in -fsanitize=")
if(CCGATE_SANITIZE)
  add_compile_options(-fsanitize=${CCGATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CCGATE_SANITIZE})
endif()

# CCGATE_FUZZ: what is under test counts where an input leads, for the fuzzer of clang (tests/fuzz).
option(CCGATE_FUZZ "count coverage for libFuzzer; with clang and CCGATE_SANITIZE=address" OFF)
function(ccgate_counted target)
  if(CCGATE_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

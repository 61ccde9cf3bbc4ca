# Every warning is an error, on g++ and clang++ alike.
add_library(ccgate_warnings INTERFACE)
target_compile_options(ccgate_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wundef -Wformat=2)

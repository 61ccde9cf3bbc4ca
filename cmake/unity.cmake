# With CMAKE_UNITY_BUILD, the sources of a folder are compiled as one file, several times faster. Names in the
# anonymous namespaces of one folder must differ then; every file includes what it needs all the same
# (tests/lint/alone.py).
function(ccgate_unity target)
  # What is alike on purpose, or defines what C headers should not see.
  set(alone "_(libmilter|opendkim|libspf2|unbound|curl|sqlite|pq|idn2|psl|icu|seccomp|yamlcpp|openssl)\\.cc$"
    "/rdap\\.cc$" "/(merge|overrides_check|publish|request|whois)_test\\.cc$")
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    get_filename_component(path "${source}" ABSOLUTE)
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${path}")
    get_filename_component(folder "${path}" DIRECTORY)
    string(MAKE_C_IDENTIFIER "${folder}" group)
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}")
    foreach(pattern ${alone})
      if(source MATCHES "${pattern}")
        set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      endif()
    endforeach()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  # g++ takes each source for a header that others may include too.
  if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# Beside it: headers that take the compiler longest, read once for each target, which has to have ccgate_unity. Not in a
# build without CMAKE_UNITY_BUILD, which shows who lacks an include.
function(ccgate_precompiled target)
  if(CMAKE_UNITY_BUILD)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

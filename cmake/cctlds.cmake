# milter/iana/cctlds.csv, compiled in: a generated source with its text, made anew when the file changes.
set(CCGATE_CCTLDS_CSV "${PROJECT_SOURCE_DIR}/milter/iana/cctlds.csv")
set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CCGATE_CCTLDS_CSV}")
file(READ "${CCGATE_CCTLDS_CSV}" CCGATE_CCTLDS_TEXT)
set(CCGATE_CCTLDS_SOURCE "${PROJECT_BINARY_DIR}/generated/cctlds_csv.cc")
configure_file("${PROJECT_SOURCE_DIR}/milter/iana/cctlds_csv.cc.in" "${CCGATE_CCTLDS_SOURCE}" @ONLY)

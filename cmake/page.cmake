# milter/report/page.css and page.js, compiled in: a generated source with their texts, made anew when one changes.
foreach(CCGATE_PAGE_PART css js)
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/milter/report/page.${CCGATE_PAGE_PART}")
endforeach()
file(READ "${PROJECT_SOURCE_DIR}/milter/report/page.css" CCGATE_PAGE_STYLE)
file(READ "${PROJECT_SOURCE_DIR}/milter/report/page.js" CCGATE_PAGE_SCRIPT)
set(CCGATE_PAGE_SOURCE "${PROJECT_BINARY_DIR}/generated/page_assets.cc")
configure_file("${PROJECT_SOURCE_DIR}/milter/report/page_assets.cc.in" "${CCGATE_PAGE_SOURCE}" @ONLY)

# conf/notices/*.txt, compiled in: a generated source with their texts, made anew when a file changes.
foreach(CCGATE_NOTICE inform ask vouch digest objected confirmed refused vouched unclear too_late bounced expired delayed held
        review reminder reviewed repository invite remind follow_up)
  set(CCGATE_NOTICE_FILE "${PROJECT_SOURCE_DIR}/conf/notices/${CCGATE_NOTICE}.txt")
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CCGATE_NOTICE_FILE}")
  file(READ "${CCGATE_NOTICE_FILE}" CCGATE_NOTICE_TEXT_${CCGATE_NOTICE})
endforeach()
set(CCGATE_NOTICES_SOURCE "${PROJECT_BINARY_DIR}/generated/notice_texts.cc")
configure_file("${PROJECT_SOURCE_DIR}/milter/texts/notice_texts.cc.in" "${CCGATE_NOTICES_SOURCE}" @ONLY)

#include "milter/tool/progress.h"

#include "tests/support/catch.h"

using namespace ccgate;
using std::chrono::seconds;

TEST_CASE("how far a run has come") {
  CHECK(progress_line(0, 309, "ac", seconds{0}, 79) == "[..............................] 0/309 ac");
  CHECK(progress_line(154, 309, "gr", seconds{154}, 79) ==
        "[##############................] 154/309 gr, about 2 min 35 s left");
  CHECK(progress_line(300, 309, "zm", seconds{300}, 79) ==
        "[#############################.] 300/309 zm, about 9 s left");
  CHECK(progress_line(309, 309, "zw", seconds{309}, 79) == "[##############################] 309/309 zw");
  CHECK(progress_line(154, 309, "gr", seconds{154}, 40).size() == 40);
  CHECK(progress_line(0, 0, "", seconds{0}, 79) == "[##############################] 0/0 ");
}

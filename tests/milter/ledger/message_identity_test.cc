#include "milter/ledger/message_identity.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::string author_text(const std::vector<HeaderField>& fields) {
  const auto author = author_of(fields);
  return author ? author->text() : "";
}

}  // namespace

TEST_CASE("the author is the one mailbox of the one From field") {
  CHECK(author_text({{"FROM", " Anne <anne@nic.xa>"}}) == "anne@nic.xa");
  CHECK(author_text({}).empty());
  CHECK(author_text({{"From", " anne@nic.xa, ben@nic.xa"}}).empty());
  CHECK(author_text({{"From", " anne@nic.xa"}, {"from", " anne@nic.xa"}}).empty());
  CHECK(author_text({{"From", " anne"}}).empty());
  CHECK(author_text({{"Sender", " anne@nic.xa"}}).empty());
}

TEST_CASE("a Message-ID is unfolded, and of two there is none") {
  CHECK(message_id_of({{"message-ID", "\n <1@nic.xa> "}}) == "<1@nic.xa>");
  CHECK(message_id_of({}).empty());
  CHECK(message_id_of({{"Message-ID", " <1@nic.xa>"}, {"Message-Id", " <1@nic.xa>"}}).empty());
}

}  // namespace ccgate

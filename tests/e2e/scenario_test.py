"""A choice of the scenario files through a real Postfix: the same story, the same verdict."""
import postfix
from scenarios import Played

CHOICE = """contact-writes person-copies-contact six-cctlds-of-one-registry idn-as-u-label two-registries-one-copy
forwarded-dkim-only spf-only two-signatures-one-aligned simple-canonicalization text-quoted-printable html-and-text
no-copy copy-in-comment unsigned-cc second-from body-length-limit auto-reply replayed-to-another-list
dns-servfail-key stale-contacts observed-list mlmmj-post post line-of-998-octets line-too-long-in-header
line-too-long-in-body""".split()


class Scenarios(Played, postfix.MailTest):
    def test_scenarios(self):
        self.play_all(CHOICE)


if __name__ == "__main__":
    postfix.main()

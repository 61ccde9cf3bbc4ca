"""Scenario files through a real Sendmail: those that hang on how it hands mail over."""
import sendmail
from scenarios import Played

CHOICE = """simple-canonicalization two-signatures-one-aligned body-length-limit text-quoted-printable html-and-text
idn-as-u-label observed-list mlmmj-post""".split()


class Scenarios(Played, sendmail.MailTest):
    def test_scenarios(self):
        self.play_all(CHOICE)


if __name__ == "__main__":
    sendmail.main()

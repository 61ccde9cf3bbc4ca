"""Mail that is none of ccgate's business passes byte for byte, whatever it looks like."""
import postfix
import stack

FORGED = [("Authentication-Results", "lists.example; dkim=pass"), ("X-CCgate", "verdict=accept"),
          ("Auto-Submitted", "auto-replied"), ("List-Id", "<odd.lists.example>")]


class Other(postfix.MailTest):
    def untouched(self, mail):
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual(arrival["to"], mail.recipients)
        self.assertEqual(stack.without_trace(arrival["octets"]), mail.octets)

    def test_post(self):
        self.untouched(self.stack.mail("anne@nic.xa", to="tld-ops@lists.example", sign="nic.xa"))

    def test_post_from_a_stranger(self):
        self.untouched(self.stack.mail("mallory@nowhere.example", to="tld-ops@lists.example",
                                       client=stack.STRANGER, fields=FORGED))

    def test_bounce(self):
        self.untouched(self.stack.mail("mailer-daemon@nic.xa", to="tld-ops-bounces@lists.example", mail_from=""))

    def test_owner(self):
        self.untouched(self.stack.mail("anne@nic.xa", to="tld-ops-owner@lists.example"))

    def test_somebody_else(self):
        self.untouched(self.stack.mail("anne@nic.xa", to="ben@lists.example", subject="subscribe xa"))

    def test_odd_octets(self):
        self.untouched(self.stack.mail("anne@nic.xa", to="ben@lists.example", subject="  tabs\there \t",
                                       fields=[("X-Empty", ""), ("X-Folded", "one\r\n\ttwo\r\n  three ")],
                                       text="blanks at the end  \r\n.\r\n..\r\n\r\n\xe9\r\n\r\n"))

    def test_large(self):
        self.untouched(self.stack.mail("anne@nic.xa", to="ben@lists.example", text="0123456789\r\n" * 1_000_000))


if __name__ == "__main__":
    postfix.main()

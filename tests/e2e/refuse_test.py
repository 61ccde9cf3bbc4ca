"""Refused requests: the SMTP reply tells the author what to do, and nothing is delivered or bounced."""
import postfix
import stack


class Refused(postfix.MailTest):
    def refused(self, mail, code, status, words):
        outcome = self.stack.send(mail)
        self.assert_reply(outcome, code, rf"^{status} .*{words}.* \[\S+\]$")
        self.assertLessEqual(len(outcome.reply.text), 400)
        self.assertEqual(self.stack.queue(), [])
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_no_copy(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa")
        self.refused(mail, 550, r"5\.7\.2", r"write from hostmaster@nic\.xa \(the IANA admin contact of \.xa\)"
                                            r" or copy it in Cc")

    def test_copy_in_display_name_only(self):
        mail = self.stack.mail("anne@nic.xa", cc='"hostmaster@nic.xa" <ben@nic.xa>', sign="nic.xa")
        self.refused(mail, 550, r"5\.7\.2", r"hostmaster@nic\.xa")

    def test_wrong_cctld(self):
        mail = self.stack.mail("anne@nic.xa", subject="subscribe xb", cc="hostmaster@nic.xa", sign="nic.xa")
        self.refused(mail, 550, r"5\.7\.2", r"tld-admin@nic\.xb .*\.xb")

    def test_unsigned_and_spf_fails(self):
        mail = self.stack.mail("hostmaster@nic.xa", client=stack.STRANGER)
        self.refused(mail, 550, r"5\.7\.(23|26)", "")

    def test_signed_by_another_domain(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="elsewhere.example", client=stack.STRANGER)
        self.refused(mail, 550, r"5\.7\.\d+", "")

    def test_altered_after_signing(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", client=stack.STRANGER)
        mail.octets += b"One more line.\r\n"
        self.refused(mail, 550, r"5\.7\.\d+", "")

    def test_second_from(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", fields=[("From", "ben@nic.xa")])
        self.refused(mail, 554, r"5\.6\.0", "")

    def test_automatic_reply(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", fields=[("Auto-Submitted", "auto-replied")])
        self.refused(mail, 550, r"5\.7\.1", "")

    def test_null_mail_from(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", mail_from="")
        self.refused(mail, 550, r"5\.7\.1", "")

    def test_too_large(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", text="0123456789\r\n" * 1_000_000)
        self.refused(mail, 552, r"5\.3\.4", "")

    def test_spellings_of_the_address(self):
        """What Postfix takes for the command address is gated, however the client writes it."""
        for recipient in ("TLD-Ops-JOIN@LISTS.example", '"tld-ops-join"@lists.example',
                          "@relay.example:tld-ops-join@lists.example", "tld-ops-join@lists.example.",
                          "tld-ops-subscribe@lists.example"):
            with self.subTest(recipient):
                mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[recipient])
                self.refused(mail, 550, r"5\.7\.2", "")


if __name__ == "__main__":
    postfix.main()

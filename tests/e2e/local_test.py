"""Mail submitted on the machine itself, through sendmail(1) and non_smtpd_milters."""
import stack


class Local(stack.MailTest):
    options = {"local": True}

    def submit(self, mail):
        self.stack.command("sendmail", "-f", mail.mail_from, *mail.recipients,
                           input=mail.octets.replace(b"\r\n", b"\n"))

    def test_other_mail(self):
        mail = self.stack.mail("anne@nic.xa", to="tld-ops@lists.example")
        self.submit(mail)
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual(stack.without_trace(arrival["octets"]), mail.octets)

    def test_accepted(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        self.submit(mail)
        recipients = {address for each in self.stack.arrival(mail) for address in each["to"]}
        self.assertEqual(recipients, {stack.JOIN, "hostmaster@nic.xa"})

    def test_refused_is_returned(self):
        """No SMTP client waits for the reply: Postfix returns the mail to its sender with it."""
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa")
        self.submit(mail)
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual((arrival["from"], arrival["to"]), ("", ["anne@nic.xa"]))
        self.assertIn(b"hostmaster@nic.xa", arrival["octets"])
        self.assertEqual(self.stack.queue(), [])


if __name__ == "__main__":
    stack.main()

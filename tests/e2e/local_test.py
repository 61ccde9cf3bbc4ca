"""Mail submitted on the machine itself, through sendmail(1) and non_smtpd_milters."""
import postfix
import stack


class Local(postfix.MailTest):
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

    def test_bounce_to_a_command_address(self):
        """Somebody forges it as MAIL FROM of a mail that nobody takes. What Postfix cannot hand over it would keep
        for ever."""
        self.stack.refuse("gone@lists.example")
        for sender in (stack.JOIN, "secretariat@lists.example"):
            mail = self.stack.mail("anne@nic.xa", mail_from=sender, recipients=["gone@lists.example"])
            seen = self.stack.gate_log().count("event=bounce_discarded")
            self.assertEqual(self.stack.send(mail).reply.code, 250)
            stack.wait_for("the bounce", lambda: self.stack.gate_log().count("event=bounce_discarded") > seen)
            stack.wait_for("an empty queue", lambda: self.stack.queue() == [])
            self.assertEqual(self.stack.deliveries(mail), [])

    def test_bounce_to_others(self):
        self.stack.refuse("gone@lists.example")
        mail = self.stack.mail("anne@nic.xa", mail_from="tld-ops@lists.example", recipients=["gone@lists.example"])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual((arrival["from"], arrival["to"]), ("", ["tld-ops@lists.example"]))


if __name__ == "__main__":
    postfix.main()

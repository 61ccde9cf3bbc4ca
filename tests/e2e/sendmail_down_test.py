"""What Sendmail asks is away: the daemon (F=T), the name servers. Nothing passes, and nothing is lost."""
import signal

import sendmail
import stack


class NamelessStack(sendmail.Sendmail):
    """The gate takes its authserv_id from Sendmail."""

    def write_config(self):
        super().write_config()
        config = self.path("ccgate.yaml")
        stack.write(config, stack.read(config).replace("authserv_id: lists.example\n", ""))


class Down(sendmail.MailTest):
    kind = NamelessStack

    def request(self):
        return self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")

    def waits(self, mail):
        """It is asked to come again, and nothing of it is here."""
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code // 100, 4, str(outcome))
        self.assertEqual(self.stack.queue(), [])
        self.assertEqual(self.stack.deliveries(mail), [])

    def passes(self, mail):
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertIn(mail.recipients[0], [to for each in self.stack.arrival(mail) for to in each["to"]])

    def test_killed_and_back(self):
        mail, other = self.request(), self.stack.mail("anne@nic.xa", to="ben@lists.example")
        self.stack.kill_gate()
        self.waits(mail)
        self.waits(other)
        self.stack.start_gate()  # over the socket that the killed one left
        self.passes(mail)
        self.passes(other)
        octets = self.stack.arrival(mail)[0]["octets"]
        self.assertRegex(stack.header(octets, "Authentication-Results")[0], r"^mx\.lists\.example; dkim=pass ")

    def test_killed_between_two_mails_of_a_session(self):
        mails = [self.request() for _ in range(2)]
        with self.stack.session(mails[0]) as session:
            self.assertEqual(session.begin(mails[0]).code, 250)
            self.assertEqual(session.finish(mails[0]).code, 250)
            self.stack.kill_gate()
            reply = session.begin(mails[1])
            if reply.code == 250:
                reply = session.finish(mails[1])
            self.assertEqual(reply.code // 100, 4, str(reply))
        self.stack.start_gate()
        self.stack.arrival(mails[0])
        self.assertEqual(self.stack.deliveries(mails[1]), [])

    def test_killed_within_a_mail(self):
        mail = self.request()
        with self.stack.session(mail) as session:
            self.assertEqual(session.begin(mail).code, 250)
            self.stack.kill_gate()
            self.assertEqual(session.finish(mail).code // 100, 4)
        self.stack.start_gate()
        self.assertEqual(self.stack.queue(), [])
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_graceful_stop_with_a_session_open(self):
        mails = [self.request() for _ in range(3)]
        with self.stack.session(mails[0]) as session:
            self.assertEqual(session.begin(mails[0]).code, 250)
            self.stack.milter.process.send_signal(signal.SIGTERM)
            self.assertEqual(session.finish(mails[0]).code, 250)
            self.assertEqual(session.begin(mails[1]).code, 250)
            self.assertEqual(session.finish(mails[1]).code, 250)
            self.assertEqual(self.stack.drop(self.stack.milter, signal.SIGCONT), 0)
            reply = session.begin(mails[2])
            self.assertEqual(reply.code // 100, 4, str(reply))
        self.stack.start_gate()
        for mail in mails[:2]:
            self.stack.arrival(mail)
        self.assertEqual(self.stack.deliveries(mails[2]), [])

    def test_without_name_servers(self):
        mail, other = self.request(), self.stack.mail("anne@nic.xa", to="tld-ops@lists.example")
        self.stack.stop_dns()
        self.waits(mail)
        self.passes(other)
        self.stack.restart_dns()
        # A resolver asks a server that was down only now and then.
        stack.wait_for("the retry", lambda: self.stack.send(mail).reply.code == 250, 90)
        self.assertIn(stack.JOIN, [to for each in self.stack.arrival(mail) for to in each["to"]])


if __name__ == "__main__":
    sendmail.main()

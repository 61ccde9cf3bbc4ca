"""DNS trouble: list mail is deferred while it lasts and accepted on the retry; other mail does not notice."""
import postfix
import stack


class DnsDown(postfix.MailTest):
    def test_deferred_then_accepted(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        self.stack.stop_dns()
        self.assert_reply(self.stack.send(mail), 451, r"^4\.(4\.3|7\.24) ")
        self.assertEqual(self.stack.queue(), [])

        other = self.stack.mail("anne@nic.xa", to="tld-ops@lists.example")
        self.assertEqual(self.stack.send(other).reply.code, 250)
        self.stack.arrival(other)

        self.stack.restart_dns()
        # A resolver asks a server that was down only now and then.
        stack.wait_for("the retry", lambda: self.stack.send(mail).reply.code == 250, 90)
        self.assertIn(stack.JOIN, self.stack.arrival(mail)[0]["to"])


class OneZoneDown(postfix.MailTest):
    def test_only_its_own_mail_is_deferred(self):
        mail = self.stack.mail("hostmaster@nic.xi", subject="subscribe xi", sign="nic.xi")
        self.assert_reply(self.stack.send(mail), 451, r"^4\.(4\.3|7\.24) ")
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.stack.arrival(mail)


if __name__ == "__main__":
    postfix.main()

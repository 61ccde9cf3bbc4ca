"""Postfix set up in ways that the gate cannot work with: no request gets through, and the log tells why."""
import postfix
import stack


class OldProtocol(postfix.MailTest):
    options = {"postfix": "milter_protocol = 2\n"}

    def test_log_names_the_setting(self):
        outcome = self.stack.send(self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa"))
        self.assertEqual(outcome.reply.code, 451, str(outcome))
        self.assertRegex(self.stack.gate_log(), "event=mta_too_old .*milter_protocol = 6.* lacks=HDR_LEADSPC")


class ProxyFilter(postfix.MailTest):
    options = {"postfix": "smtpd_proxy_filter = 127.0.0.1:{SINK}\n"}

    def test_request(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        self.assert_reply(self.stack.send(mail), 451, r"^4\.3\.5 ")
        self.assertEqual(self.stack.deliveries(mail), [])
        self.assertIn("event=mail_not_shown", self.stack.gate_log())

    def test_other_mail(self):
        mail = self.stack.mail("anne@nic.xa", to="tld-ops@lists.example")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual([each["to"] for each in self.stack.deliveries(mail)], [["tld-ops@lists.example"]])


class Filtered(postfix.MailTest):
    """A content filter that changes nothing brings mail back to a service without milters."""

    options = {"store": True, "postfix": "content_filter = smtp:[127.0.0.1]:{SECOND}\n",
               "second": "-o content_filter= -o smtpd_milters="}

    def test_marks_stay(self):
        mail = self.stack.mail("hostmaster@nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        (arrival,) = self.stack.arrival(mail)
        (mark,) = stack.header(arrival["octets"], "X-CCgate")
        self.assertRegex(mark, "^verdict=accept ")


class FilteredTwice(postfix.MailTest):
    """The same, but to a service that has the gate."""

    options = {"store": True, "postfix": "content_filter = smtp:[127.0.0.1]:{SECOND}\n",
               "second": "-o content_filter="}

    def test_it_waits(self):
        mail = self.stack.mail("hostmaster@nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        stack.wait_for("the second judgement", lambda: "event=judged_twice" in self.stack.gate_log())
        stack.wait_for("the queue", lambda: any(entry["queue_name"] == "deferred" for entry in self.stack.queue()))
        self.assertEqual(self.stack.deliveries(mail), [])


if __name__ == "__main__":
    postfix.main()

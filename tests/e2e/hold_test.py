"""Held requests: taken, marked with the reason, and kept in Postfix's hold queue."""
import postfix
import stack


class Held(postfix.MailTest):
    def held(self, mail, rule):
        before = set(self.stack.held())
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        (queue_id,) = set(self.stack.held()) - before
        octets = self.stack.queued_message(queue_id)
        self.assertRegex(stack.header(octets, "X-CCgate")[0], rf"verdict=(hold|ask) rule={rule} ")
        self.assertRegex(self.stack.mail_log(), rf"{queue_id}: milter-hold: END-OF-MESSAGE ")
        self.assertRegex(self.stack.gate_log(), rf"{queue_id}.*rule={rule}|rule={rule}.*{queue_id}")
        self.assertEqual(self.stack.deliveries(mail), [])
        return queue_id

    def test_copy_without_signature(self):
        self.held(self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa"), "admin-copied-weaker")

    def test_author_of_another_domain(self):
        mail = self.stack.mail("anne@elsewhere.example", cc="hostmaster@nic.xa", sign="elsewhere.example")
        self.held(mail, "admin-copied-weaker")

    def test_unsigned_copy(self):
        """The signature does not cover Cc: somebody on the way could have added it."""
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa",
                               signed=["from", "to", "subject", "date"])
        self.held(mail, "admin-copied-weaker")


class Released(postfix.MailTest):
    def test_release(self):
        """The operator lets a held request go: the list manager gets it."""
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa")
        self.stack.send(mail)
        (queue_id,) = self.stack.held()
        self.stack.command("postsuper", "-H", queue_id)
        self.stack.command("postqueue", "-f")
        self.assertIn(stack.JOIN, self.stack.arrival(mail)[0]["to"])


if __name__ == "__main__":
    postfix.main()

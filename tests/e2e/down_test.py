"""The daemon is gone: Postfix defers, nothing is lost, and a retry after its return is accepted."""
import signal

import stack


class Down(stack.MailTest):
    def test_killed_and_back(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        self.stack.kill_gate()
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code // 100, 4, str(outcome))
        self.assertEqual(self.stack.queue(), [])
        self.assertEqual(self.stack.deliveries(mail), [])

        self.stack.start_gate()  # over the socket that the killed one left
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertIn(stack.JOIN, self.stack.arrival(mail)[0]["to"])

    def test_graceful_stop_and_start(self):
        self.assertEqual(self.stack.drop(self.stack.milter, signal.SIGTERM), 0)
        self.stack.start_gate()
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.stack.arrival(mail)


if __name__ == "__main__":
    stack.main()

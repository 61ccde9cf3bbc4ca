"""The daemon is gone: Postfix defers, nothing is lost, and a retry after its return is accepted."""
import signal

import postfix
import stack


class Down(postfix.MailTest):
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

    def test_a_session_that_is_open_at_a_stop(self):
        """It goes on; when it has nothing to say for too long, its next mail is asked to come back."""
        mails = [self.stack.mail("hostmaster@nic.xa", sign="nic.xa") for _ in range(3)]
        with self.stack.session(mails[0]) as session:
            self.assertEqual(session.begin(mails[0]).code, 250)
            self.stack.milter.process.send_signal(signal.SIGTERM)
            self.assertEqual(session.finish(mails[0]).code, 250)
            self.assertEqual(session.begin(mails[1]).code, 250)
            self.assertEqual(session.finish(mails[1]).code, 250)
            self.assertEqual(self.stack.drop(self.stack.milter, signal.SIGCONT), 0)
            self.assertEqual(session.begin(mails[2]).code // 100, 4)
        self.stack.start_gate()
        for mail in mails[:2]:
            self.stack.arrival(mail)
        self.assertEqual(self.stack.deliveries(mails[2]), [])


if __name__ == "__main__":
    postfix.main()

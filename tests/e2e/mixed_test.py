"""A command address and others in one transaction: mixed_recipients split, reject, drop."""
import stack

POST = "tld-ops@lists.example"


def request(server, recipients, **options):
    return server.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa", recipients=recipients, **options)


class Split(stack.MailTest):
    options = {"mixed": "split"}

    def test_other_after_command(self):
        mail = request(self.stack, [stack.JOIN, POST])
        outcome = self.stack.send(mail)
        self.assertEqual([reply.code for reply in outcome.recipients], [250, 452])
        self.assertRegex(outcome.recipients[1].text, r"^4\.5\.3 ")
        self.assertEqual(outcome.message.code, 250)
        recipients = {address for each in self.stack.arrival(mail) for address in each["to"]}
        self.assertEqual(recipients, {stack.JOIN, "hostmaster@nic.xa"})

    def test_command_after_other(self):
        mail = request(self.stack, [POST, stack.JOIN])
        outcome = self.stack.send(mail)
        self.assertEqual([reply.code for reply in outcome.recipients], [250, 452])
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual(arrival["to"], [POST])
        self.assertEqual(stack.without_trace(arrival["octets"]), mail.octets)


class Reject(stack.MailTest):
    options = {"mixed": "reject"}

    def test_mixed(self):
        mail = request(self.stack, [stack.JOIN, POST])
        outcome = self.stack.send(mail)
        self.assertGreaterEqual(outcome.reply.code, 500, str(outcome))
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_alone(self):
        for recipient in (stack.JOIN, POST):
            self.assertEqual(self.stack.send(request(self.stack, [recipient])).reply.code, 250)


class Drop(stack.MailTest):
    """The mail goes on to the others, without the command address that it may not reach."""

    options = {"mixed": "drop"}

    def test_refused_request(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, stack.JOIN])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual([each["to"] for each in self.stack.arrival(mail)], [[POST]])


if __name__ == "__main__":
    stack.main()

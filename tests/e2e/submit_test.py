"""Mail of our own, as a real Postfix takes it: to an address that is not ASCII, and refused by rules for others."""
import postfix
import stack

CONTACT = "j\u00f6rg@nic.xa"


class OwnMailStack(postfix.Postfix):
    """The contact of xa has an address that is not ASCII; Postfix has further settings."""

    def __init__(self, settings="", **options):
        super().__init__(**options)
        self.settings = settings

    def write_config(self):
        super().write_config()
        path = self.path("contacts.json")
        stack.write(path, stack.read(path).replace("hostmaster@nic.xa", CONTACT))

    def launch_postfix(self, port):
        path = self.path("postfix", "main.cf")
        stack.write(path, stack.read(path) + self.settings)
        return super().launch_postfix(port)


class OwnMail(postfix.MailTest):
    kind = OwnMailStack

    def ask(self, person):
        """A request that the contact is asked about; its decision id."""
        outcome = self.stack.send(self.stack.mail(f"{person}@nic.xa", cc=CONTACT))
        self.assertEqual(outcome.reply.code, 451, str(outcome))
        self.assertIn("asked", outcome.reply.text)
        return outcome.reply.text.rsplit("[", 1)[1].rstrip("]")

    def events(self, decision):
        return [event["event"] for event in self.stack.show(decision)["events"]]


class Utf8(OwnMail):
    options = {"store": True}

    def test_the_question_arrives_and_is_answered(self):
        decision = self.ask("anne")
        question = stack.wait_for("the question", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [CONTACT]), None))
        self.assertEqual(stack.header(question["octets"], "To"), [CONTACT])
        self.assertTrue(question["from"].isascii())
        stack.wait_for("the event", lambda: self.events(decision) == ["asked"])
        to = stack.header(question["octets"], "Reply-To")[0]
        answer = self.stack.mail("ben@elsewhere.example", to=to, subject="Re: question", text="yes\r\n")
        self.assertEqual(self.stack.send(answer).reply.code, 250)
        self.assertIn("confirmed", self.events(decision))


class Refused:
    """By a rule that Postfix tells at RCPT: nobody is taken for unreachable."""

    def test_trouble_of_ours(self):
        decision = self.ask("anne")
        stack.wait_for("the log line", lambda: "level=error event=mail_trouble kind=ask" in self.stack.gate_log())
        # The owner is to be told, which is refused as well.
        stack.wait_for("the owner's", lambda: "event=mail_trouble kind=tell_owner" in self.stack.gate_log())
        self.assertEqual(self.events(decision), [])
        self.assertNotIn("mail_failed", self.stack.gate_log())


class RefusedSender(Refused, OwnMail):
    options = {"store": True, "settings":
               "smtpd_recipient_restrictions = check_sender_access inline:{ { lists.example = REJECT } }\n"}


class RefusedHelo(Refused, OwnMail):
    """As `submit_helo` has it."""
    options = {"store": stack.STORE + "submit_helo: gate.example\n", "settings":
               "smtpd_helo_restrictions = check_helo_access inline:{ { gate.example = REJECT } }\n"}


class Greeting(OwnMail):
    """A mail server that wants a full name, or an address, takes the machine's, whatever that is."""
    options = {"store": True, "settings": "smtpd_helo_required = yes\nsmtpd_helo_restrictions ="
               " reject_invalid_helo_hostname reject_non_fqdn_helo_hostname\n"}

    def test_taken(self):
        decision = self.ask("anne")
        stack.wait_for("the event", lambda: self.events(decision) == ["asked"])


class RefusedWithoutWords(Refused, OwnMail):
    """The answer has neither code nor words that tell: the owner's address is refused likewise."""
    options = {"store": True, "settings":
               "smtpd_recipient_restrictions ="
               " check_sender_access inline:{ { lists.example = 550 5.1.1 this address is not in use } }\n"}


if __name__ == "__main__":
    postfix.main()

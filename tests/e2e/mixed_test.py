"""A command address and others in one transaction: mixed_recipients split, reject, drop."""
import postfix
import stack

POST = "tld-ops@lists.example"


def request(server, recipients, **options):
    return server.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa", recipients=recipients, **options)


class Split(postfix.MailTest):
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


class Reject(postfix.MailTest):
    options = {"mixed": "reject"}

    def test_mixed(self):
        mail = request(self.stack, [stack.JOIN, POST])
        outcome = self.stack.send(mail)
        self.assertGreaterEqual(outcome.reply.code, 500, str(outcome))
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_alone(self):
        for recipient in (stack.JOIN, POST):
            self.assertEqual(self.stack.send(request(self.stack, [recipient])).reply.code, 250)


class Drop(postfix.MailTest):
    """The mail goes on to the others, without the command address that it may not reach."""

    options = {"mixed": "drop"}

    def test_refused_request(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, stack.JOIN])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual([each["to"] for each in self.stack.arrival(mail)], [[POST]])

    def test_spellings(self):
        """Postfix takes out what the client wrote, and says nothing when it does not find that. Nobody but us
        keeps a refused request from the list manager then."""
        for spelling in ("tld-ops-join+xa@lists.example", "TLD-OPS-JOIN@lists.example", "tld-ops-join@LISTS.EXAMPLE",
                         '"tld-ops-join"@lists.example', '"tld-ops-jo\\in"@lists.example',
                         '"tld-ops-join+xa"@lists.example', "@relay.example:tld-ops-join@lists.example",
                         "@relay.example,@b.example:tld-ops-join@lists.example", "tld-ops-join@lists.example.",
                         "tld-ops-join", "tld-ops-join(a comment)@lists.example", "tld-ops-join @lists.example",
                         "tld-ops-join%lists.example@lists.example", "<tld-ops-join@lists.example>"):
            with self.subTest(spelling):
                mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, spelling])
                outcome = self.stack.send(mail)
                if outcome.reply.code == 250:
                    self.assertEqual([each["to"] for each in self.stack.arrival(mail)], [[POST]])
                else:
                    self.assert_reply(outcome, 550, r"^5\.7\.1 send the request to the list's address alone")
                    self.assertEqual(self.stack.deliveries(mail), [])

    def test_one_of_two_spellings(self):
        """One of them cannot be taken out for certain: all have to come again."""
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa",
                               recipients=[stack.JOIN, POST, '"tld-ops-join"@lists.example'])
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.1 ")
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_the_same_twice(self):
        """With other parameters Postfix keeps it twice, and takes both out."""
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[stack.JOIN, POST, stack.JOIN])
        self.assertEqual(self.stack.send(mail, rcpt=["NOTIFY=NEVER", "", "ORCPT=rfc822;a@b.example"]).reply.code, 250)
        self.assertEqual([each["to"] for each in self.stack.arrival(mail)], [[POST]])

    def test_accepted_with_the_contact_as_recipient(self):
        """The contact is added all the same: another filter may have taken that one out."""
        mail = request(self.stack, [stack.JOIN, "hostmaster@nic.xa"])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        recipients = {address for each in self.stack.arrival(mail) for address in each["to"]}
        self.assertEqual(recipients, {stack.JOIN, "hostmaster@nic.xa"})


class DropOfLocalMail(postfix.MailTest):
    """Of mail that sendmail(1) brings, Postfix shows the recipients as rewritten and takes out what they were
    before: nothing is certain."""

    options = {"mixed": "drop", "local": True}

    def test_refused_whole(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, stack.JOIN])
        self.stack.command("sendmail", "-f", mail.mail_from, *mail.recipients,
                           input=mail.octets.replace(b"\r\n", b"\n"))
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual((arrival["from"], arrival["to"]), ("", ["anne@nic.xa"]))
        self.assertIn(b"send the request to the list's address alone", arrival["octets"])


if __name__ == "__main__":
    postfix.main()

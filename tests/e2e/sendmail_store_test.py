"""Sendmail with a store: mail of ccgate's own and its answers; and with a list of its own, which aliases hand on."""
import os
import re

import sendmail
import stack

CONTACT = "hostmaster@nic.xa"
UTF8_CONTACT = "j\u00f6rg@agency.example"
POST = "tld-ops@lists.example"


class LocalStack(sendmail.Sendmail):
    """The contact of xh has an address that is not ASCII, and the list another name."""

    def write_config(self):
        super().write_config()
        config = self.path("ccgate.yaml")
        also = "    also: [tldops-join@other.example]\n"
        stack.write(config, stack.read(config).replace("    manager:", also + "    manager:"))
        path = self.path("contacts.json")
        stack.write(path, stack.read(path).replace("domains@agency.example", UTF8_CONTACT))


class OwnMail:
    """Mail of ccgate's own, and what comes of it. `list_host`: where the list's mail is delivered."""

    kind = LocalStack
    list_host = "lists.example"

    def at_list(self, name):
        return f"{name}@{self.list_host}"

    def mails_to(self, address):
        return [each for each in self.stack.delivered() if each["to"] == [address]]

    def mail_about(self, person, what, to=CONTACT):
        """The mail of ours to the contact about a person, with `what` in its Reply-To."""
        return stack.wait_for(f"mail about {person}", lambda: next(
            (each for each in self.mails_to(to) if f"{person}[@]nic[.]".encode() in each["octets"] and
             what in "".join(stack.header(each["octets"], "Reply-To"))), None))

    def events(self, decision):
        return [event["event"] for event in self.stack.show(decision)["events"]]

    def accepted(self, person):
        """A request that is accepted: the mail and its decision."""
        mail = self.stack.mail(f"{person}@nic.xa", cc=CONTACT, sign="nic.xa")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual(arrival["to"], [self.at_list("tld-ops-join")])
        return mail, stack.header(arrival["octets"], "X-CCgate")[0].rsplit("id=", 1)[1]

    def asked(self, person):
        mail = self.stack.mail(f"{person}@nic.xa", cc=CONTACT)
        outcome = self.stack.send(mail)
        self.assert_reply(outcome, 451, r"^4\.7\.1 asked hostmaster@nic\.xa to confirm; "
                                        r"your mail server will try again \[\w+\]$")
        return mail, outcome.reply.text.rsplit("[", 1)[1].rstrip("]")

    def answer(self, to, text, **options):
        return self.stack.send(self.stack.mail("ben@elsewhere.example", to=to, subject="Re: it", text=text, **options))

    def reply_to(self, mail):
        return stack.header(mail["octets"], "Reply-To")[0].strip("<>")

    def test_confirmed(self):
        mail, decision = self.asked("a1")
        question = self.mail_about("a1", "-vouch+")
        self.assertRegex(question["from"], r"^tld-ops-notice\+[a-z2-7]{26}@lists\.example$")
        self.assertEqual(self.answer(self.reply_to(question), "yes\r\n").reply.code, 250)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual(self.stack.arrival(mail)[0]["to"], [self.at_list("tld-ops-join")])
        self.assertEqual(self.events(decision)[:2], ["asked", "confirmed"])

    def test_a_notice_that_sendmail_returns(self):
        self.stack.refuse("tld-admin@nic.xb")
        mail = self.stack.mail("c2@nic.xb", subject="subscribe xb", cc="tld-admin@nic.xb", sign="nic.xb")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        decision = stack.header(self.stack.arrival(mail)[0]["octets"], "X-CCgate")[0].rsplit("id=", 1)[1]
        stack.wait_for("the event", lambda: "bounced" in self.events(decision))
        stack.wait_for("the owner's mail", lambda: [each for each in self.mails_to(self.at_list("tld-ops-owner"))
                                                    if decision.encode() in each["octets"]])
        stack.wait_for("an empty queue", lambda: len(self.stack.queue()) == len(self.stack.held()))


class Local(OwnMail, sendmail.MailTest):
    options = {"local": True, "store": True, "bounces": True}
    list_host = "manager.example"

    # Answers.

    def test_refused_by_the_contact(self):
        mail, _ = self.asked("a2")
        octets = self.mail_about("a2", "-vouch+")["octets"]
        address = re.search(rb"tld-ops-reject\+[a-z2-7]{26}@lists\.example", octets)[0].decode()
        self.assertEqual(self.answer(address, "thank you\r\n").reply.code, 250)
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 .* has refused")

    def test_objection(self):
        _, decision = self.accepted("b1")
        to = self.reply_to(self.mail_about("b1", "-object+"))
        self.assert_reply(self.answer(to, "Thank you, that is in order.\r\n"), 550, "whose first line is: I object")
        self.assertEqual(self.answer(to, "We do not know her.\r\n").reply.code, 250)
        self.assertIn("objected", self.events(decision))
        stack.wait_for("the owner's mail", lambda: [each for each in self.mails_to(self.at_list("tld-ops-owner"))
                                                    if decision.encode() in each["octets"]])

    def test_an_answer_is_read_in_every_spelling(self):
        """Behind them all is /dev/null."""
        self.asked("a3")
        to = self.reply_to(self.mail_about("a3", "-vouch+"))
        local = to.partition("@")[0]
        for each in (to.upper(), f'"{local}"@lists.example', f"{local}@mx.lists.example", f"{to}.",
                     local, f"@relay.example:{to}", f"{local}%lists.example@mx.lists.example"):
            with self.subTest(each):
                self.assert_reply(self.answer(each, "perhaps\r\n"), 550, r"^5\.7\.1 .*first line is yes or no")

    # Mail of ours that comes back.

    def test_a_notice_that_another_server_returns(self):
        _, decision = self.accepted("c1")
        notice = self.mail_about("c1", "-object+")
        text = ("--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver it.\r\n\r\n--b\r\n"
                "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.nic.xa\r\n\r\n"
                "Final-Recipient: rfc822; hostmaster@nic.xa\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n")
        bounce = self.stack.mail("mailer-daemon@nic.xa", mail_from="", to=notice["from"], text=text, fields=[
            ("MIME-Version", "1.0"), ("Auto-Submitted", "auto-replied"),
            ("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")])
        self.assertEqual(self.stack.send(bounce).reply.code, 250)
        self.assertIn("bounced", self.events(decision))

    # Addresses that Sendmail knows in more ways than one.

    def test_an_address_that_is_not_ascii(self):
        """Where Sendmail does not offer SMTPUTF8, the contact cannot be told, and a person decides."""
        mail = self.stack.mail("e1@agency.example", subject="subscribe xh", cc=UTF8_CONTACT, sign="agency.example")
        before = len(self.stack.held())
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        if self.stack.offers_smtputf8():
            stack.wait_for("the notice", lambda: self.mails_to(UTF8_CONTACT))
            return
        self.assertEqual(len(self.stack.held()), before + 1)
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_spellings(self):
        """A request that is refused reaches the list manager by none of them."""
        domain, name = "lists.example", "tld-ops-join"
        for spelling in (name, f"{name}@{domain}", f"{name.upper()}@{domain.upper()}", f"{name}+xa@{domain}",
                         f'"{name}"@{domain}', f'"{name}@{domain}"', f"\\{name}@{domain}", f"{name}@{domain}.",
                         f"@relay.example:{name}@{domain}", f"{name}(note)@{domain}", f"(note){name}@{domain}",
                         f"{name} @ {domain}", f"{name}@mx.{domain}", f"{name}@localhost", f"{name}@[127.0.0.1]",
                         f"{name}%{domain}@mx.{domain}", f"{name}%{domain}@localhost", f"{domain}!{name}",
                         f"mx.{domain}!{domain}!{name}", f"{name}@{domain}@mx.{domain}", f"{name}%{domain}",
                         f"{name},ben@{domain}", f"ben@{domain},{name}", f"ben@{domain} {name}",
                         f"Join <{name}@{domain}>", f"list:{name}@{domain};", f"{name}@other.example",
                         f"{name}@[192.0.2.25]", f"{name}=@{domain}", f"{name}@mx.{domain}.", f":include:{name}",
                         f"{name}@lists", f"{name}\t@{domain}", f'"tld-ops"-join@{domain}', f"tld-ops-\\join@{domain}",
                         f"{name}+@{domain}", f'"{name}+xa"@{domain}', f"{name}+xa", f"{name}+*@{domain}"):
            with self.subTest(spelling):
                mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[spelling])
                before = len(self.stack.delivered())
                outcome = self.stack.send(mail)
                if outcome.reply.code == 250:
                    stack.wait_for("the queue", lambda: len(self.stack.queue()) == len(self.stack.held()))
                to = [address for each in self.stack.delivered()[before:] for address in each["to"]]
                self.assertNotIn(self.at_list("tld-ops-join"), to)

    def test_only_one_spelling_is_judged(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=["TLD-Ops-Join@LISTS.example"])
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 write from hostmaster@nic\.xa")
        for spelling in ("tld-ops-join@lists.example.", '"tld-ops-join"@lists.example', "tld-ops-join"):
            mail = self.stack.mail("anne@nic.xa", cc=CONTACT, sign="nic.xa", recipients=[spelling])
            self.assert_reply(self.stack.send(mail), 554, r"^5\.6\.0 .*write to the list's address plainly")

    def test_an_alias_of_another_domain(self):
        """virtusertable, which Sendmail looks up before it names the recipient."""
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=["subscribe@other.example"])
        self.assert_reply(self.stack.send(mail), 554, r"^5\.6\.0 .*write to the list's address plainly")
        mail = self.stack.mail("anne@nic.xa", to="tldops-join@other.example", sign="nic.xa")
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 write from hostmaster@nic\.xa")
        mail = self.stack.mail("v1@nic.xa", to="tldops-join@other.example", cc=CONTACT, sign="nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual(self.stack.arrival(mail)[0]["to"], [self.at_list("tld-ops-join")])

    def test_dropped(self):
        """Sendmail would not find what is to be taken out: the whole message is refused."""
        config = self.stack.path("ccgate.yaml")
        text = stack.read(config)
        stack.write(config, text.replace("mixed_recipients: split", "mixed_recipients: drop"))
        self.stack.reload_gate()
        try:
            mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, stack.JOIN])
            self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.1 send the request to the list's address alone")
            self.assertEqual(self.stack.deliveries(mail), [])
        finally:
            stack.write(config, text)
            self.stack.reload_gate()

    def test_bounce_to_a_command_address(self):
        """It passes no filter; what the list manager gets is from MAILER-DAEMON, and marked as automatic."""
        self.stack.refuse("ben@manager.example")
        mail = self.stack.mail("anne@nic.xa", mail_from=stack.JOIN, recipients=["ben@lists.example"])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        bounce = stack.wait_for("the bounce", lambda: next(
            (each for each in self.mails_to(self.at_list("tld-ops-join")) if each["from"] == ""), None))
        self.assertRegex(stack.header(bounce["octets"], "From")[0], r"<MAILER-DAEMON@mx\.lists\.example>")
        self.assertRegex(stack.header(bounce["octets"], "Auto-Submitted")[0], r"^auto-generated\b")

    # Mail of programs on this machine.

    def test_submitted(self):
        mail = self.stack.mail("anne@nic.xa", to=POST)
        self.assertEqual(self.stack.submit(mail), 0)
        self.stack.arrival(mail)
        mail = self.stack.mail("d1@nic.xa", cc=CONTACT, sign="nic.xa")
        self.assertEqual(self.stack.submit(mail), 0)
        self.assertEqual(self.stack.arrival(mail)[0]["to"], [self.at_list("tld-ops-join")])

    def test_submitted_and_refused(self):
        mail = self.stack.mail("anne@nic.xa", sign="nic.xa")
        self.assertEqual(self.stack.submit(mail), os.EX_UNAVAILABLE)
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual((arrival["from"], arrival["to"]), ("", ["anne@nic.xa"]))
        self.assertIn(b"hostmaster@nic.xa", arrival["octets"])


class ByProgram(OwnMail, sendmail.MailTest):
    """Mail of ours leaves through sendmail(1), and the list is on another host."""

    options = {"bounces": True,
               "store": stack.STORE.replace("{SMTP}", "sendmail:{FOLDER}/sendmail/program")}


if __name__ == "__main__":
    sendmail.main()

"""Sendmail in front of a list on another host: what becomes of requests and of other mail."""
import re

import dkim

import sendmail
import stack

POST = "tld-ops@lists.example"
CONTACT = "hostmaster@nic.xa"
OWNER = "tld-ops-owner@lists.example"

ODD = """  - id: leave
    for: [unsubscribe]
    then: discard
  - id: token
    for: [confirm]
    then: accept
    do: [{redirect: tld-ops-owner@lists.example}]
"""


class OddStack(sendmail.Sendmail):
    """With rules that discard and redirect."""

    def write_config(self):
        super().write_config()
        policy = self.path("tld-ops.policy.yaml")
        stack.write(policy, stack.read(policy).replace("rules:\n", "rules:\n" + ODD))

    def mix(self, how):
        """From now on mixed_recipients is `how`, for new sessions."""
        config = self.path("ccgate.yaml")
        stack.write(config, re.sub(r"(?m)^mixed_recipients: .*", f"mixed_recipients: {how}", stack.read(config)))
        self.reload_gate()


class Behind(sendmail.MailTest):
    kind = OddStack

    def copied(self, **options):
        return self.stack.mail("anne@nic.xa", cc=CONTACT, sign="nic.xa", **options)

    def recipients(self, mail):
        return {address for each in self.stack.arrival(mail) for address in each["to"]}

    def refused(self, mail, code, words):
        queue = self.stack.queue()
        outcome = self.stack.send(mail)
        self.assert_reply(outcome, code, words)
        self.assertEqual(self.stack.queue(), queue)
        self.assertEqual(self.stack.deliveries(mail), [])

    # Requests.

    def test_accepted(self):
        mail = self.copied(fields=[("Authentication-Results", "lists.example; dkim=pass header.d=forged.example"),
                                   ("Authentication-Results", "other.example; spf=pass"),
                                   ("X-CCgate", "verdict=accept rule=forged"), ("X-CCgate-Verdict", "accept"),
                                   ("authentication-results", "Lists.Example; dkim=pass header.d=forged.example")])
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertEqual(self.recipients(mail), {stack.JOIN, CONTACT})
        octets = self.stack.arrival(mail)[0]["octets"]
        (mark,) = stack.header(octets, "X-CCgate")
        self.assertRegex(mark, r"^verdict=accept rule=admin-copied list=tld-ops tlds=xa policy=[0-9a-f]+ id=\S+$")
        ours, other = stack.header(octets, "Authentication-Results")
        self.assertEqual(other, "other.example; spf=pass")
        self.assertRegex(ours, r"^lists\.example; dkim=pass\b.* spf=pass smtp\.mailfrom=nic\.xa; "
                               r"x-ccgate=pass policy\.rule=admin-copied$")
        self.assertNotIn(b"forged", octets)
        self.assertEqual(stack.header(octets, "X-CCgate-Verdict"), [])
        names = re.findall(rb"(?m)^([A-Za-z-]+):", octets)
        self.assertEqual(names[:4], [b"Authentication-Results", b"X-CCgate", b"Received", b"DKIM-Signature"])
        queue_id = re.search(r"\S+(?= Message accepted)", outcome.reply.text)[0]
        self.assertRegex(self.stack.gate_log(), rf"queue_id={queue_id} .*rule=admin-copied .*client=192\.0\.2\.25 ")

    def test_spf_alone(self):
        mail = self.stack.mail(CONTACT)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual(self.recipients(mail), {stack.JOIN, CONTACT})

    def test_signature_alone(self):
        mail = self.copied(client=stack.STRANGER)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertRegex(stack.header(self.stack.arrival(mail)[0]["octets"], "Authentication-Results")[0],
                         r"dkim=pass\b.* spf=fail\b")

    def test_rejected(self):
        self.refused(self.stack.mail("anne@nic.xa", sign="nic.xa"), 550,
                     r"^5\.7\.2 write from hostmaster@nic\.xa \(the IANA admin contact of \.xa\) or copy it in Cc"
                     r" \[\w+\]$")

    def test_rejected_by_what_the_envelope_says(self):
        self.refused(self.stack.mail(CONTACT, client=stack.STRANGER), 550, r"^5\.7\.(23|26) ")
        self.refused(self.stack.mail(CONTACT, sign="nic.xa", mail_from=""), 550, r"^5\.7\.1 ")

    def test_rejected_by_its_size(self):
        self.refused(self.stack.mail(CONTACT, sign="nic.xa", text="0123456789\r\n" * 1_000_000), 552, r"^5\.3\.4 ")

    def test_deferred(self):
        mail = self.stack.mail("hostmaster@nic.xi", subject="subscribe xi", sign="nic.xi")
        self.refused(mail, 451, r"^4\.(4\.3|7\.24) .* \[\w+\]$")

    def test_held_and_released(self):
        mail = self.stack.mail("anne@nic.xa", cc=CONTACT)
        before = set(self.stack.held())
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        (queue_id,) = set(self.stack.held()) - before
        self.assertRegex(self.stack.queue_file(queue_id),
                         r"(?m)^qccgate \w+: ask contact_in_copy rule admin-copied-weaker \.xa$")
        self.assertRegex(self.stack.gate_log(), rf"queue_id={queue_id} .* rule=admin-copied-weaker ")
        self.assertIn("QUARANTINE: ccgate ", self.stack.command("mailq", "-qQ").decode())
        self.assertEqual(self.stack.deliveries(mail), [])
        # As ccgate-milter(8) says.
        self.stack.command("sendmail", "-qQ", "-qI" + queue_id, "-Q")
        self.assertEqual(self.recipients(mail), {stack.JOIN})
        self.assertRegex(stack.header(self.stack.arrival(mail)[0]["octets"], "X-CCgate")[0], "^verdict=(ask|hold) ")

    def test_discarded(self):
        mail = self.stack.mail("anne@nic.xa", to="tld-ops-leave@lists.example", subject="leave", sign="nic.xa")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertRegex(self.stack.gate_log(), "verdict=discard .*rule=leave ")
        after = self.copied()
        self.stack.send(after)
        self.stack.arrival(after)
        self.assertEqual(self.stack.deliveries(mail), [])

    def test_redirected(self):
        mail = self.stack.mail("anne@nic.xa", to="tld-ops-confirm+0123456789abcdef@lists.example",
                               subject="Re: your confirmation is needed", sign="nic.xa")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertEqual(self.recipients(mail), {OWNER})

    # Mixed recipients.

    def test_split(self):
        for recipients in ([stack.JOIN, POST], [POST, stack.JOIN]):
            mail = self.copied(recipients=recipients)
            outcome = self.stack.send(mail)
            self.assertEqual([reply.code for reply in outcome.recipients], [250, 452])
            self.assertRegex(outcome.recipients[1].text, r"^4\.5\.3 ")
            self.assertEqual(outcome.message.code, 250)
            self.assertEqual(self.recipients(mail) - {CONTACT}, {recipients[0]})

    def test_rejected_when_mixed(self):
        self.stack.mix("reject")
        try:
            self.refused(self.copied(recipients=[stack.JOIN, POST]), 550, r"^5\.7\.1 ")
        finally:
            self.stack.mix("split")

    def test_dropped(self):
        self.stack.mix("drop")
        try:
            for spelling in (stack.JOIN, "TLD-OPS-JOIN@lists.example", '"tld-ops-join"@lists.example',
                             "@relay.example:tld-ops-join@lists.example", "tld-ops-join@lists.example.",
                             "tld-ops-join+xa@lists.example", "tld-ops-join%lists.example@mx.lists.example",
                             "tld-ops-join@LISTS.EXAMPLE", "tld-ops-join(a comment)@lists.example"):
                with self.subTest(spelling):
                    mail = self.stack.mail("anne@nic.xa", sign="nic.xa", recipients=[POST, spelling])
                    outcome = self.stack.send(mail)
                    if outcome.reply.code == 250:
                        self.assertEqual(self.recipients(mail), {POST})
                    else:
                        self.assert_reply(outcome, 550, r"^5\.[17]\.1 ")
                        self.assertEqual(self.stack.deliveries(mail), [])
        finally:
            self.stack.mix("split")

    # Header and text, as Sendmail hands them over.

    def signed_simply(self, lines, text):
        """A mail of these lines, signed in a form in which no blank may change."""
        mail = self.stack.mail("anne@nic.xa")
        mail.octets = ("\r\n".join(lines) + f"\r\nMessage-ID: {mail.message_id}\r\n\r\n" + text).encode("utf-8")
        names = sorted({line.partition(":")[0].lower().encode("ascii") for line in lines if line[0] not in " \t"})
        mail.octets = dkim.sign(mail.octets, b"s1", b"nic.xa", self.stack.key.private,
                                canonicalize=(b"simple", b"simple"), include_headers=names) + mail.octets
        return mail

    def test_blanks_and_folding(self):
        date = stack.email.utils.formatdate()
        for lines in (["From:anne@nic.xa", "To:  tld-ops-join@lists.example", "Cc:\t hostmaster@nic.xa",
                       "Subject: subscribe", "  xa ", f"Date:   {date}"],
                      ["From: Anne", "\t<anne@nic.xa>", "To: tld-ops-join@lists.example", "Cc: noc@nic.xa,",
                       "    hostmaster@nic.xa", "Subject:", " subscribe xa\t", f"Date: {date}", "X-Empty:",
                       "X-Blank: ", "X-Long: " + "x" * 900, "MIME-Version: 1.0", "Content-Type: text/plain;",
                       "\tcharset=utf-8", "Content-Transfer-Encoding: 8bit"]):
            with self.subTest(lines):
                mail = self.signed_simply(lines, "Zo\u00eb\r\n.\r\n..\r\n blanks  \r\n\t\r\n\r\n\r\n")
                outcome = self.stack.send(mail)
                self.assertEqual(outcome.reply.code, 250, str(outcome))
                octets = self.stack.arrival(mail)[0]["octets"]
                self.assertRegex(stack.header(octets, "Authentication-Results")[0], r"dkim=pass\b")
                self.assertRegex(stack.header(octets, "X-CCgate")[0], "^verdict=accept ")

    def test_long_lines(self):
        """What the gate takes goes on without a line end more."""
        text = "x" * 992 + " leave\r\n" + "y" * 993 + "leave\r\n"
        mail = self.copied(fields=[("X-Long", "z" * 989)], text=text)
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        octets = self.stack.arrival(mail)[0]["octets"]
        self.assertTrue(octets.endswith(mail.octets))
        self.assertEqual(stack.header(octets, "X-Long"), ["z" * 989])
        self.refused(self.copied(text="x" * 999 + "\r\n"), 554, r"^5\.6\.0 a line of this message is longer")

    def test_8_bit_header(self):
        """RFC 6532 within the header, which Sendmail takes and hands on as it is."""
        mail = self.stack.mail('"Zo\u00eb" <anne@nic.xa>', helo="mx.nic.xa", mail_from="anne@nic.xa",
                               cc='"J\u00f6rg" <hostmaster@nic.xa>', sign="nic.xa", text="Zo\u00eb\r\n")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        octets = self.stack.arrival(mail)[0]["octets"]
        self.assertRegex(stack.header(octets, "X-CCgate")[0], "^verdict=accept rule=admin-copied ")
        self.assertIn('"J\u00f6rg" <hostmaster@nic.xa>', stack.header(octets, "Cc"))
        self.assertTrue(octets.endswith("\r\n\r\nZo\u00eb\r\n".encode("utf-8")))

    def test_blank_before_the_colon(self):
        """Sendmail takes the blank away before the gate and the list see the field."""
        mail = self.copied(client=stack.STRANGER)
        mail.octets = mail.octets.replace(b"\r\nCc: ", b"\r\nCc : ")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertEqual(stack.header(self.stack.arrival(mail)[0]["octets"], "Cc"), [CONTACT])

    def test_second_from(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa", fields=[("From", "ben@nic.xa")])
        self.refused(mail, 554, r"^5\.6\.0 ")

    # Other mail.

    def untouched(self, mail):
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        (arrival,) = self.stack.arrival(mail)
        self.assertEqual(arrival["to"], mail.recipients)
        self.assertEqual(stack.without_trace(arrival["octets"]), mail.octets)

    def test_posts(self):
        forged = [("Authentication-Results", "lists.example; dkim=pass"), ("X-CCgate", "verdict=accept")]
        self.untouched(self.stack.mail("anne@nic.xa", to=POST, sign="nic.xa"))
        self.untouched(self.stack.mail("mallory@nowhere.example", to=POST, client=stack.STRANGER, fields=forged))
        self.untouched(self.stack.mail("mailer-daemon@nic.xa", to="tld-ops-bounces@lists.example", mail_from=""))
        self.untouched(self.stack.mail("anne@nic.xa", to=OWNER))
        self.untouched(self.stack.mail("anne@nic.xa", to="ben@lists.example", subject="subscribe xa"))


if __name__ == "__main__":
    sendmail.main()

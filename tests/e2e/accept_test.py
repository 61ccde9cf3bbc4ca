"""Accepted requests: delivered with marks on top, and the contact told."""
import re

import postfix
import stack


class Accepted(postfix.MailTest):
    def accepted(self, mail, rule, tlds, contact):
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        arrival = self.stack.arrival(mail)
        recipients = sorted(address for each in arrival for address in each["to"])
        self.assertEqual(recipients, sorted([*mail.recipients, contact]))
        octets = arrival[0]["octets"]
        self.assertEqual(len(stack.header(octets, "X-CCgate")), 1)
        self.assertRegex(stack.header(octets, "X-CCgate")[0],
                         rf"verdict=accept rule={rule} list=tld-ops tlds={tlds} policy=[0-9a-f]+ id=\S+")
        return octets

    def test_contact_in_copy(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        octets = self.accepted(mail, "admin-copied", "xa", "hostmaster@nic.xa")
        results = stack.header(octets, "Authentication-Results")
        self.assertEqual(len(results), 1)
        self.assertRegex(results[0], r"^lists\.example;")
        self.assertRegex(results[0], r"dkim=pass\b")
        self.assertRegex(results[0], r"spf=pass\b")
        self.assertRegex(results[0], r"x-ccgate=pass policy\.rule=admin-copied")
        self.assertTrue(octets.endswith(mail.octets), "what the author wrote arrives as it was")

    def test_contact_writes(self):
        mail = self.stack.mail("hostmaster@nic.xa", sign="nic.xa")
        self.accepted(mail, "admin-writes", "xa", "hostmaster@nic.xa")

    def test_contact_writes_unsigned(self):
        mail = self.stack.mail("hostmaster@nic.xa")
        self.accepted(mail, "admin-writes", "xa", "hostmaster@nic.xa")

    def test_six_cctlds_of_one_registry(self):
        mail = self.stack.mail("anne@nic.xb", subject="subscribe xb xc xd xe xf xg", cc="tld-admin@nic.xb",
                               sign="nic.xb")
        self.accepted(mail, "admin-copied", "xb,xc,xd,xe,xf,xg", "tld-admin@nic.xb")

    def test_forwarded_mail(self):
        """SPF fails, the signature alone speaks."""
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa", client=stack.STRANGER)
        octets = self.accepted(mail, "admin-copied", "xa", "hostmaster@nic.xa")
        self.assertRegex(stack.header(octets, "Authentication-Results")[0], r"spf=fail\b")

    def test_forged_marks_are_removed(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa", fields=[
            ("Authentication-Results", "Lists.Example; dkim=pass header.d=forged.example"),
            ("Authentication-Results", "other.example; spf=pass"),
            ("X-CCgate", "verdict=accept rule=forged"),
            ("X-CCgate-Verdict", "accept")])
        octets = self.accepted(mail, "admin-copied", "xa", "hostmaster@nic.xa")
        self.assertNotIn(b"forged", octets)
        self.assertEqual(stack.header(octets, "X-CCgate-Verdict"), [])
        self.assertIn("other.example; spf=pass", stack.header(octets, "Authentication-Results"))

    def test_one_log_line(self):
        mail = self.stack.mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")
        octets = self.accepted(mail, "admin-copied", "xa", "hostmaster@nic.xa")
        decision = re.search(r"\bid=(\S+)", stack.header(octets, "X-CCgate")[0])[1]
        lines = [line for line in self.stack.gate_log().splitlines() if decision in line]
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("rule=admin-copied", lines[0])


if __name__ == "__main__":
    postfix.main()

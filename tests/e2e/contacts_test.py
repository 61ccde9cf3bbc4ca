"""Contact data fetched from an IANA of our own: the running daemon takes it up by itself, and decides by it."""
import json
import os
import subprocess
import sys

import postfix
import stack

sys.path.insert(0, os.path.join(stack.SOURCE, "tests", "support"))

import iana_server  # noqa: E402


class Fetched(postfix.MailTest):
    def fetch(self, address):
        """IANA now lists `address` as the admin contact of xa; waits until the daemon knows."""
        rdap = self.stack.path("rdap")
        os.makedirs(rdap, exist_ok=True)
        text = stack.read(os.path.join(stack.SOURCE, "tests", "iana", "odd", "rdap-plain.json"))
        text = text.replace('"zz"', '"xa"').replace("tld-admin@nic.example", address)
        stack.write(os.path.join(rdap, "xa.json"), text)
        loaded = self.stack.gate_log().count("event=contacts_loaded")
        with iana_server.IanaServer(rdap, rdap) as iana:
            done = subprocess.run(
                [os.path.join(stack.BIN, "ccgate"), "contacts", "fetch", "-c", self.stack.path("ccgate.yaml"),
                 "--base", f"https://localhost:{iana.https}", "--ca-file", iana.ca, "--only", "xa", "--json"],
                capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        stack.wait_for("the daemon to take up the contacts",
                       lambda: self.stack.gate_log().count("event=contacts_loaded") > loaded)
        return json.loads(done.stdout)

    def test_changed_contact(self):
        def ask(cc, author="anne@nic.xa"):
            return self.stack.mail(author, cc=cc, sign="nic.xa")

        mail = ask("role@nic.xa")
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 .*hostmaster@nic\.xa")

        self.assertEqual(self.fetch("role@nic.xa")["result"], "changed")
        # The contact before it counts no more.
        self.assert_reply(self.stack.send(ask("hostmaster@nic.xa")), 550, r"^5\.7\.2 .*role@nic\.xa")
        # The new one by itself is looked at by people.
        self.assertEqual(self.stack.send(ask("role@nic.xa")).reply.code, 250)
        self.assertEqual(len(self.stack.held()), 1)
        # With both in copy nobody is passed over, and both get the mail.
        mail = ask("role@nic.xa, hostmaster@nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        recipients = {address for each in self.stack.arrival(mail) for address in each["to"]}
        self.assertEqual(recipients, {stack.JOIN, "role@nic.xa", "hostmaster@nic.xa"})
        self.assertEqual(len(self.stack.held()), 1)

        # IANA's record goes back: so does the verdict.
        self.assertEqual(self.fetch("hostmaster@nic.xa")["result"], "changed")
        self.assert_reply(self.stack.send(ask("role@nic.xa")), 550, r"^5\.7\.2 .*hostmaster@nic\.xa")


if __name__ == "__main__":
    postfix.main()

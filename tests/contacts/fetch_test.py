"""`ccgate contacts fetch` against an IANA of our own on loopback: HTTPS and WHOIS, recorded answers, and
everything that can go wrong."""
import csv
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
IANA = os.path.join(SOURCE, "tests", "iana")
sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))

import iana_server  # noqa: E402

DAY_1 = "2026-11-01T06:00:00Z"
DAY_2 = "2026-11-02T06:00:00Z"
ODD = {  # file at the reserved label zz -> how it ends, and why
    "rdap-plain.json": ("ok", ""),
    "rdap-one-entity-two-roles.json": ("changed", "tech tld-tech@nic.example -> tld-admin@nic.example"),
    "rdap-no-admin.json": ("anomaly", "no entity has the role `administrative`"),
    "rdap-no-email.json": ("anomaly", "no e-mail"),
    "rdap-two-emails.json": ("anomaly", "e-mail"),
    "rdap-truncated.json": ("anomaly", "JSON"),
    "rdap-html-not-json.json": ("anomaly", "JSON"),
    "rdap-404.json": ("anomaly", ""),
    "rdap-429.json": ("anomaly", ""),
}
ODD_WHOIS = {
    "whois-plain.txt": ("ok", ""),
    "whois-crlf.txt": ("ok", ""),
    "whois-empty.txt": ("failed", "without an answer"),
    "whois-invalid-query.txt": ("anomaly", ""),
    "whois-no-email.txt": ("anomaly", "e-mail"),
    "whois-truncated.txt": ("anomaly", ""),
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def expected():
    """A-label -> row of expected.csv."""
    with open(os.path.join(IANA, "expected.csv"), encoding="utf-8", newline="") as file:
        return {row["a_label"]: row for row in csv.DictReader(file)}


class Run:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    def results(self):
        """ccTLD -> (result, why), of a run with --json."""
        lines = [json.loads(line) for line in self.out.splitlines()]
        return {line["cctld"]: (line["result"], line["why"]) for line in lines}


class Fetch(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-fetch-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.rdap, self.whois = self.path("rdap"), self.path("whois")
        shutil.copytree(os.path.join(IANA, "rdap"), self.rdap)
        shutil.copytree(os.path.join(IANA, "whois"), self.whois)
        self.iana = iana_server.IanaServer(self.rdap, self.whois)
        self.iana.__enter__()
        self.addCleanup(self.iana.__exit__)
        self.output = self.path("contacts.json")

    def path(self, name):
        return os.path.join(self.folder, name)

    def command(self, *arguments, base=None, ca=None):
        return [os.environ["CCGATE"], "contacts", "fetch", "--output", self.output, "--ca-file",
                ca or self.iana.ca, "--whois-server",
                f"127.0.0.1:{self.iana.whois}", *([] if "--rate" in arguments else ["--rate", "100000"]),
                *([] if "--retries" in arguments else ["--retries", "0"]),
                *([] if "--base" in arguments else ["--base", base or f"https://localhost:{self.iana.https}"]),
                *arguments]

    def fetch(self, *arguments, now=DAY_1, **options):
        command = self.command("--json", "--now", now, *arguments, **options)
        return Run(subprocess.run(command, capture_output=True, encoding="utf-8", check=False,
                                  env={"PATH": "/usr/bin:/bin"}))

    def contacts(self):
        return json.loads(read(self.output))

    def entry(self, label):
        return self.contacts()["cctlds"][label]

    def history(self):
        return [json.loads(line) for line in read(self.path("contacts-history.jsonl")).splitlines()]

    def everything(self):
        return ",".join(sorted(expected()))

    def test_all_recorded(self):
        run = self.fetch("--only", self.everything())
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(set(run.results().values()), {("ok", "")})
        contacts = self.contacts()
        self.assertEqual((contacts["fetched"], contacts["ccgate_contacts"]), (DAY_1, 1))
        self.assertEqual(contacts["source"], f"https://localhost:{self.iana.https}")
        for label, row in expected().items():
            entry = contacts["cctlds"][label]
            self.assertEqual((entry["admin"]["email"], entry["admin"]["changed"], entry["tech"]["email"],
                              entry["tech"]["changed"], entry["organisation"], entry["admin"]["first_seen"]),
                             (row["admin_email"], row["admin_changed"], row["tech_email"], row["tech_changed"],
                              row["manager"], DAY_1))
        self.assertEqual({entry["cctld"] for entry in self.history()}, set(expected()))

        agents = {request["agent"] for request in self.iana.requests()}
        self.assertRegex(agents.pop(), r"^ccgate/")
        self.assertEqual({request["connection"] for request in self.iana.requests()}.__len__(), 1)

    def test_changes_over_time(self):
        self.assertEqual(self.fetch("--only", self.everything()).status, 0)
        for label in ("tr", "de"):
            shutil.copy(os.path.join(IANA, "rdap-later", label + ".json"), self.rdap)
        before = self.contacts()["cctlds"]
        run = self.fetch("--only", self.everything(), now=DAY_2)
        self.assertEqual(run.status, 0, run.err)
        results = run.results()
        self.assertEqual(results["de"], ("ok", ""))
        self.assertEqual(results["tr"][0], "changed")
        self.assertIn("admin contact4@btk.gov.tr -> ", results["tr"][1])
        self.assertEqual([label for label, result in results.items() if result[0] != "ok"], ["tr"])
        admin = self.entry("tr")["admin"]
        self.assertEqual(admin["first_seen"], DAY_2)
        self.assertEqual(admin["changed"], "2026-07-01")
        self.assertEqual(admin["previous"],
                         {"email": "contact4@btk.gov.tr", "first_seen": DAY_1, "last_seen": DAY_1})
        after = self.contacts()["cctlds"]
        for label in set(before) - {"tr"}:
            before[label]["fetched"] = DAY_2
            self.assertEqual(after[label], before[label])
        gone = [line for line in self.history() if "last_seen" in line]
        self.assertEqual({line["email"] for line in gone}, {"contact4@btk.gov.tr", "contact1@btk.gov.tr"})

    def test_odd_answers(self):
        """Each by itself: what was known of zz stays, marked with the reason."""
        for service, odd, fields in (("rdap", ODD, ()), ("whois", ODD_WHOIS, ("--source", "whois"))):
            key = "zz" if service == "rdap" else "whois:zz"
            plain = os.path.join(IANA, "odd", f"{service}-plain." + ("json" if service == "rdap" else "txt"))
            for name, (result, why) in odd.items():
                with self.subTest(name):
                    if os.path.exists(self.output):
                        os.remove(self.output)
                    self.iana.set_plan({key: {"fault": "file", "file": plain}})
                    self.assertEqual(self.fetch("--only", "zz", *fields).status, 0)
                    self.iana.set_plan({key: {"fault": "file", "file": os.path.join(IANA, "odd", name)}})
                    run = self.fetch("--only", "zz", *fields, now=DAY_2)
                    good = result in ("ok", "changed")
                    self.assertEqual(run.status, 0 if good else 1, run.err)
                    self.assertEqual(run.results()["zz"][0], result)
                    self.assertIn(why, run.results()["zz"][1])
                    entry = self.entry("zz")
                    self.assertEqual(entry["admin"]["email"], "tld-admin@nic.example")
                    self.assertEqual(entry["admin"]["first_seen"], DAY_1)
                    self.assertEqual(entry["fetched"], DAY_2 if good else DAY_1)
                    self.assertEqual(entry.get("anomaly", ""), "" if good else run.results()["zz"][1])

    def test_faults(self):
        """One run, every fault once: nothing is lost, every reason is told."""
        faults = {
            "be": ({"fault": "status", "status": 404}, "anomaly", "404"),
            "br": ({"fault": "status", "status": 429, "retry_after": 1}, "failed", "429"),
            "bv": ({"fault": "status", "status": 503}, "failed", "503"),
            "ca": ({"fault": "silent"}, "failed", "5 s"),
            "ch": ({"fault": "truncated"}, "failed", ""),
            "co": ({"fault": "html"}, "anomaly", "JSON"),
            "cz": ({"fault": "file", "file": os.path.join(IANA, "rdap", "cz.json"), "type": "text/html"}, "anomaly",
                   "application/rdap+json"),
            "de": ({"fault": "redirect", "to": "host"}, "failed", "elsewhere.example"),
            "dk": ({"fault": "redirect", "to": "http"}, "failed", ""),
            "eu": ({"fault": "redirect", "to": "loop"}, "failed", ""),
            "gb": ({"fault": "oversized"}, "failed", "larger"),
            "jo": ({"fault": "drip"}, "failed", "5 s"),
            "jp": ({"fault": "close"}, "failed", ""),
            "li": ({"fault": "file", "file": os.path.join(IANA, "rdap", "ch.json")}, "anomaly", ""),
            "nl": ({"fault": "redirect", "to": "same"}, "ok", ""),
        }
        self.assertEqual(self.fetch("--only", self.everything()).status, 0)
        before = self.contacts()["cctlds"]
        self.iana.set_plan({label: fault for label, (fault, _, _) in faults.items()})
        run = self.fetch("--only", self.everything(), "--timeout", "5", now=DAY_2)
        self.assertEqual(run.status, 1, run.err)
        after = self.contacts()["cctlds"]
        for label, (result, why) in run.results().items():
            with self.subTest(label):
                _, wanted, part = faults.get(label, (None, "ok", ""))
                self.assertEqual(result, wanted, why)
                self.assertIn(part, why)
                if result == "ok":
                    self.assertEqual((after[label]["fetched"], after[label].get("anomaly")), (DAY_2, None))
                else:
                    self.assertEqual(after[label], dict(before[label], anomaly=why))
        self.assertEqual(self.contacts()["fetched"], DAY_2)
        # And all is well again the day after.
        self.iana.set_plan({})
        run = self.fetch("--only", self.everything(), now="2026-11-03T06:00:00Z")
        self.assertEqual(run.status, 0)
        self.assertEqual(set(run.results().values()), {("ok", "")})
        self.assertNotIn("anomaly", read(self.output))

    def test_never_read(self):
        run = self.fetch("--only", "fr,zz")
        self.assertEqual((run.status, run.results()["zz"][0]), (1, "anomaly"))
        self.assertEqual(list(self.entry("zz")), ["anomaly"])
        again = self.fetch("--only", "fr", now=DAY_2)
        self.assertEqual(again.status, 0, again.err)
        self.assertEqual(list(self.entry("zz")), ["anomaly"])

    def test_nothing_reached(self):
        self.assertEqual(self.fetch("--only", "fr,re").status, 0)
        before = read(self.output)
        for options in ({"base": "https://127.0.0.1:1"}, {"ca": self.iana.other_ca}):
            run = self.fetch("--only", "fr,re", now=DAY_2, **options)
            self.assertEqual(run.status, 3)
            self.assertIn("nothing could be asked", run.err)
            self.assertEqual({result for result, _ in run.results().values()}, {"failed"})
            self.assertEqual(read(self.output), before)

    def test_large_change(self):
        self.assertEqual(self.fetch("--only", self.everything()).status, 0)
        before = read(self.output), read(self.path("contacts-history.jsonl"))
        for label in ("be", "cz", "fr"):
            text = read(os.path.join(self.rdap, label + ".json"))
            address = expected()[label]["admin_email"]
            self.assertIn(address, text)
            with open(os.path.join(self.rdap, label + ".json"), "w", encoding="utf-8") as file:
                file.write(text.replace(address, "somebody@elsewhere.example"))
        run = self.fetch("--only", self.everything(), now=DAY_2)
        self.assertEqual(run.status, 1)
        self.assertIn("refused: the contacts of 3 of 37 ccTLDs changed in one run", run.err)
        self.assertEqual(run.results()["fr"][0], "changed")
        self.assertEqual((read(self.output), read(self.path("contacts-history.jsonl"))), before)
        self.assertEqual(self.fetch("--only", self.everything(), "--accept-large-change", now=DAY_2).status, 0)
        self.assertEqual(self.entry("fr")["admin"]["email"], "somebody@elsewhere.example")
        self.assertEqual(read(self.output + ".1"), before[0])

        for label in ("be", "cz", "fr"):
            os.remove(os.path.join(self.rdap, label + ".json"))
        run = self.fetch("--only", self.everything(), now="2026-11-03T06:00:00Z")
        self.assertEqual(run.status, 1)
        self.assertIn("refused: 3 of 37 ccTLDs are gone in one run", run.err)

    def test_all_delegated(self):
        """Without --only every delegated ccTLD is asked for; the list can be IANA's own file."""
        run = self.fetch()
        self.assertEqual(run.status, 1)
        self.assertEqual(len(run.results()), 309)
        self.assertEqual(sum(result == "ok" for result, _ in run.results().values()), 37)
        with open(self.path("tlds.txt"), "w", encoding="ascii") as file:
            names = [label.upper() for label in run.results() if label != "fr"] + ["COM", "XN--VUQ861B"]
            file.write("# Version 2026112400, Last Updated Tue Nov 24 07:07:01 2026 UTC\n" + "\n".join(names) + "\n")
        run = self.fetch("--tlds", self.path("tlds.txt"), now=DAY_2)
        self.assertEqual(len(run.results()), 308)
        self.assertNotIn("fr", self.contacts()["cctlds"])
        self.assertEqual([line["last_seen"] for line in self.history()
                          if line["cctld"] == "fr" and "last_seen" in line], [DAY_1, DAY_1])

    def test_adopt(self):
        """Whoever has looked at the contacts of a first run takes them on a second."""
        self.assertIn("--adopt", self.fetch("--only", "fr,re").err)
        self.assertEqual(self.entry("fr")["admin"]["first_seen"], DAY_1)
        run = self.fetch("--only", "fr,re", "--adopt", now=DAY_2)
        self.assertEqual((run.status, run.results()["fr"]), (0, ("ok", "")))
        self.assertNotIn("--adopt", run.err)
        self.assertEqual(self.entry("fr")["admin"]["first_seen"], self.entry("fr")["admin"]["changed"])

    def test_whois(self):
        run = self.fetch("--source", "whois", "--only", self.everything())
        self.assertEqual(run.status, 0, run.err)
        for label, row in expected().items():
            entry = self.entry(label)
            self.assertEqual((entry["admin"]["email"], entry["admin"]["changed"], entry["organisation"]),
                             (row["admin_email"], row["domain_changed"], row["manager"]))
        self.assertEqual(self.contacts()["source"], f"whois://127.0.0.1:{self.iana.whois}")

    def test_cross_check(self):
        text = read(os.path.join(self.whois, "fr.txt")).replace("tld-admin@nic.fr", "somebody@elsewhere.example")
        with open(os.path.join(self.whois, "fr.txt"), "w", encoding="utf-8") as file:
            file.write(text)
        run = self.fetch("--cross-check", "--only", "fr,re")
        self.assertEqual(run.status, 1)
        self.assertEqual(run.results()["re"], ("ok", ""))
        self.assertEqual(run.results()["fr"][0], "anomaly")
        self.assertIn("RDAP and WHOIS differ", run.results()["fr"][1])

    def test_pace_and_retry(self):
        self.iana.set_plan({"ch": {"fault": "status", "status": 429, "retry_after": 1, "times": 1}})
        begin = time.monotonic()
        run = self.fetch("--only", "be,br,bv,ca,ch", "--rate", "5", "--retries", "1")
        self.assertEqual(run.status, 0, run.err)
        self.assertIn("ch: HTTP status 429; trying again in 2 s", run.err)
        times = [request["time"] for request in self.iana.requests()]
        self.assertEqual(len(times), 6)
        for number, at in enumerate(times[:5]):  # whoever is late, none comes before its time
            self.assertGreater(at - begin, number / 5)
        self.assertGreater(times[5] - times[4], 1.5)

    def test_text_output(self):
        done = subprocess.run(self.command("--only", "fr,zz,.рф"), capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "zz: anomaly: IANA knows no such ccTLD (HTTP 404)\n".replace("zz", ".zz"))
        self.assertEqual(done.stderr, f"{self.output}: 3 asked: 2 read (0 changed), 1 odd, 0 failed\n"
                                      "of the odd and the failed the old entries are kept, marked with the reason\n"
                                      "2 read for the first time: their contacts count as new. Look at them with "
                                      "`ccgate contacts show`; to take them as known since IANA's dates, run this "
                                      "again with --adopt\n")

    def test_bar_on_a_terminal(self):
        ours, theirs = pty.openpty()
        done = subprocess.run(self.command("--only", "be,fr,zz"), stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
                              env={"PATH": "/usr/bin:/bin", "TERM": "xterm"}, check=False)
        os.close(theirs)
        seen = b""
        try:
            while chunk := os.read(ours, 65536):
                seen += chunk
        except OSError:  # the end, on Linux
            pass
        os.close(ours)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"\r\x1b[K[##########....................] 1/3 be, about ", seen)
        self.assertIn(b"\r\x1b[K[##############################] 3/3 zz", seen)
        self.assertRegex(seen.decode("ascii"), r"\r\x1b\[K\S+contacts\.json: 3 asked: 2 read")

    def test_usage(self):
        for arguments, why in ((["--only", "fra"], "cannot be a ccTLD"), (["--base", "http://localhost"], "https"),
                               (["--source", "finger"], "rdap"), (["--rate", "0"], "rate"),
                               (["--onyl", "fr"], "onyl"),
                               (["--only", "fr", "--tlds", "x"], "--only")):
            run = self.fetch(*arguments)
            self.assertEqual(run.status, 2, arguments)
            self.assertIn(why, run.err)
        self.assertEqual(self.iana.requests(), [])

    def test_configuration_names_the_file(self):
        """Neither the policy nor the contacts file need be there yet."""
        os.makedirs(self.path("lib"))
        os.symlink(self.path("lib/contacts.json"), self.path("link.json"))
        with open(self.path("lib/contacts.json"), "w", encoding="utf-8") as file:
            file.write('{"ccgate_contacts": 1, "cctlds": {}}')
        with open(self.path("ccgate.yaml"), "w", encoding="utf-8") as file:
            file.write("ccgate: 1\nlisten: inet:8893@127.0.0.1\ncontacts: {file: link.json}\nlists:\n  ops:\n"
                       "    {address: ops@lists.example, manager: plain, policy: none.yaml}\n")
        command = self.command("-c", self.path("ccgate.yaml"), "--only", "fr")
        del command[command.index("--output"):command.index("--output") + 2]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.islink(self.path("link.json")))
        self.assertIn("tld-admin@nic.fr", read(self.path("lib/contacts.json")))

    def test_a_broken_file_is_not_replaced(self):
        with open(self.output, "w", encoding="utf-8") as file:
            file.write('{"ccgate_contacts": 1, "cctlds": {')
        run = self.fetch("--only", "fr")
        self.assertEqual(run.status, 3)
        self.assertIn("nothing was asked", run.err)
        self.assertEqual(self.iana.requests(), [])
        self.assertEqual(read(self.output), '{"ccgate_contacts": 1, "cctlds": {')

    def test_killed_and_two_at_once(self):
        self.assertEqual(self.fetch("--only", "fr,re").status, 0)
        before = read(self.output)
        self.iana.set_plan({"re": {"fault": "silent"}})
        with subprocess.Popen(self.command("--only", "fr,re"), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            end = time.monotonic() + 30
            while len(self.iana.requests()) < 4:
                self.assertLess(time.monotonic(), end)
                time.sleep(0.01)
            run = self.fetch("--only", "fr", now=DAY_2)
            self.assertEqual(run.status, 3)
            self.assertIn("another run is at work", run.err)
            process.send_signal(signal.SIGKILL)
        self.assertEqual(read(self.output), before)
        self.iana.set_plan({})
        self.assertEqual(self.fetch("--only", "fr,re", now=DAY_2).status, 0)
        self.assertEqual(self.contacts()["fetched"], DAY_2)


if __name__ == "__main__":
    unittest.main()

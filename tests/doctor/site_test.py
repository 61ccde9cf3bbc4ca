"""`ccgate doctor` at a site that is right, and beside Postfix what else can be wrong with one."""
import os
import re
import signal
import socket
import sqlite3
import time

import doctor_site
from doctor_site import words, write

LOOKS = ["rules", "host", "hooks", "socket", "daemon", "postfix", "addresses", "dns", "notices", "store", "contacts",
         "clock"]


class Right(doctor_site.DoctorTest):
    def setUp(self):
        self.at = self.site()
        self.at.start_daemon()

    def test_no_problem(self):
        status, looks = self.at.doctor()
        problems = [each for look in looks.values() for each in look["found"] if each["severity"] == "problem"]
        self.assertEqual((status, problems), (0, []))
        self.assertEqual(list(looks), LOOKS)
        for look in ("rules", "socket", "daemon", "postfix", "addresses", "dns", "notices", "store"):
            self.assertEqual(looks[look]["state"], "ok", looks[look])

    def test_text_and_quiet(self):
        done = self.at.run("--address", "192.0.2.25")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn(f"ok       socket     `unix:{self.at.socket}` answers, milter protocol 6\n", done.stdout)
        self.assertRegex(done.stdout.splitlines()[-1], "^.*ccgate.yaml: ok, 0 problem")
        quiet = self.at.run("--quiet", "--address", "192.0.2.25")
        self.assertNotIn("\nok ", "\n" + quiet.stdout)

    def test_nothing_is_changed(self):
        before = {name: os.stat(self.at.path(name)).st_mtime_ns for name in ("ccgate.yaml", "contacts.json",
                                                                             "postfix/main.cf", "run/status.json")}
        with sqlite3.connect(self.at.path("data/ccgate.db")) as store:
            rows = list(store.iterdump())
        self.at.doctor()
        self.assertEqual(before, {name: os.stat(self.at.path(name)).st_mtime_ns for name in before})
        with sqlite3.connect(self.at.path("data/ccgate.db")) as store:
            self.assertEqual(list(store.iterdump()), rows)
        self.assertEqual(self.at.sink.taken, [])

    def test_rules(self):
        policy = self.at.path("p.policy.yaml")
        with open(policy, "a", encoding="utf-8") as file:
            file.write("# other\n")
        status, looks = self.at.doctor()
        self.assertEqual((status, words(looks["daemon"])), (1, ["rules_differ"]))
        self.assertIn("list `tld-ops`", looks["daemon"]["found"][0]["what"])
        self.at.daemon.send_signal(signal.SIGHUP)
        doctor_site.wait_for("the reload", lambda: not words(self.at.doctor()[1]["daemon"]), 30)
        # A reload that is refused leaves the old rules in force.
        with open(policy, "a", encoding="utf-8") as file:
            file.write("nonsense: 1\n")
        status, looks = self.at.doctor()
        self.assertEqual((status, words(looks["rules"])), (1, ["rules_refused"]))

    def test_a_text_that_was_edited(self):
        site = self.site(config="notices: {{folder: {FOLDER}/texts}}")
        os.mkdir(site.path("texts"))
        site.start_daemon()
        self.assertEqual(words(site.doctor()[1]["daemon"]), [])
        write(site.path("texts/unclear.txt"), "Subject: x\n\nx\n")
        self.assertEqual(words(site.doctor()[1]["daemon"]), ["rules_differ"])

    def test_other_configuration(self):
        other = self.at.path("other.yaml")
        write(other, doctor_site.read(self.at.path("ccgate.yaml")))
        _, looks = self.at.doctor(config="other.yaml")
        self.assertEqual(words(looks["daemon"]), ["other_config"])

    def test_daemon_that_was_killed(self):
        self.at.daemon.kill()
        self.at.daemon.wait()
        _, looks = self.at.doctor()
        self.assertEqual((words(looks["socket"]), words(looks["daemon"])), (["socket_dead"], ["daemon_gone"]))

    def test_daemon_that_was_stopped(self):
        self.at.daemon.terminate()
        self.at.daemon.wait()
        _, looks = self.at.doctor()
        self.assertEqual(words(looks["socket"]), ["socket_missing"])
        self.assertEqual((looks["daemon"]["found"], looks["daemon"]["state"]), ([], "untold"))

    def test_an_older_daemon(self):
        file = self.at.path("run/status.json")
        text = doctor_site.read(file)
        write(file, text.replace('"version":"', '"version":"0.0.'))
        self.assertEqual(words(self.at.doctor()[1]["daemon"]), ["version_differs"])
        write(file, "{}")
        self.assertEqual(self.at.doctor()[1]["daemon"]["state"], "untold")

    def test_a_socket_that_the_mail_server_may_not_open(self):
        if os.geteuid() != 0:
            self.skipTest("root may tell who owns a socket")
        os.chmod(self.at.socket, 0o600)
        self.assertEqual(words(self.at.doctor()[1]["socket"]), ["socket_closed_to_mta"])

    def test_store(self):
        self.at.daemon.kill()
        self.at.daemon.wait()
        with sqlite3.connect(self.at.path("data/ccgate.db")) as store:
            store.execute("UPDATE schema_version SET version = 99")
        self.assertEqual(words(self.at.doctor()[1]["store"]), ["store_fails"])
        os.rename(self.at.path("data/ccgate.db"), self.at.path("data/away.db"))
        self.assertEqual(words(self.at.doctor()[1]["store"]), ["store_fails"])

    def test_store_that_somebody_writes(self):
        with sqlite3.connect(self.at.path("data/ccgate.db"), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            self.assertEqual(words(self.at.doctor()[1]["store"]), ["store_read_only"])
            other.execute("ROLLBACK")

    def test_contacts(self):
        self.at.write_contacts("2020-01-01T00:00:00Z")
        self.assertIn("contacts_stale", words(self.at.doctor()[1]["contacts"]))
        later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
        self.at.write_contacts(later)
        self.assertIn("clock_behind", words(self.at.doctor()[1]["clock"]))
        self.assertIn("clock_behind", words(self.at.doctor("--now", "2020-01-01T00:00:00Z")[1]["clock"]))

    def test_dns(self):
        self.at.add_dns("lists.example SERVFAIL")
        _, looks = self.at.doctor()
        self.assertEqual(words(looks["dns"]), ["dns_silent"])

    def test_notices(self):
        _, looks = self.at.doctor(address="198.51.100.9")
        self.assertEqual(words(looks["notices"]), ["spf_fails"])
        _, looks = self.at.doctor("--send-to", "me@elsewhere.example")
        self.assertEqual(words(looks["notices"]), [])
        (mail,) = self.at.sink.taken
        self.assertRegex(mail, rb"(?m)^From: .*<tld-ops-vouch\+")
        self.assertIn(b"\nTo: me@elsewhere.example\r\n", mail.replace(b"<", b"").replace(b">", b""))
        self.at.sink.refuse = True
        _, looks = self.at.doctor("--send-to", "me@elsewhere.example")
        self.assertEqual(words(looks["notices"]), ["probe_refused"])
        self.at.sink.close()
        _, looks = self.at.doctor()
        self.assertEqual(words(looks["notices"]), ["submit_unreachable"])


class Wrong(doctor_site.DoctorTest):
    def test_no_daemon(self):
        _, looks = self.site().doctor()
        self.assertEqual(words(looks["socket"]), ["socket_missing"])

    def test_two_sockets(self):
        site = self.site(config="listen: [unix:{FOLDER}/queue/ccgate/ccgate.sock, unix:{FOLDER}/run/second.sock]")
        site.start_daemon()
        doctor_site.wait_for("both processes", lambda: os.path.exists(site.path("run/status-2.json")) and
                             os.path.exists(site.path("run/status.json")), 30)
        _, looks = site.doctor()
        self.assertEqual([len(looks[look]["seen"]) for look in ("socket", "daemon")], [2, 2])
        site.daemon.terminate()
        site.daemon.wait()
        self.assertEqual(os.listdir(site.path("run")), ["second.sock.lock"])

    def test_something_else_at_the_socket(self):
        site = self.site()
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(site.socket)
            other.listen(8)
            begin = time.monotonic()
            _, looks = site.doctor()
            self.assertEqual(words(looks["socket"]), ["socket_silent"])
            self.assertLess(time.monotonic() - begin, 60)

    def test_hook(self):
        site = self.site()
        hook = site.path("hook")
        write(hook, "#!/bin/sh\n")
        with open(site.path("ccgate.yaml"), "a", encoding="utf-8") as file:
            file.write(f"hooks: {{accepted: {hook}}}\n")
        _, looks = site.doctor()
        self.assertEqual(words(looks["rules"]), ["rules_refused"])
        os.chmod(hook, 0o755)
        _, looks = site.doctor()
        self.assertEqual((words(looks["rules"]), looks["hooks"]["seen"]), ([], ["1 program(s) can be run"]))

    def test_golden(self):
        """All of the output at a site with some faults, with what differs from run to run left out."""
        site = self.site(main="smtpd_milters = unix:ccgate/ccgate.sock\n"
                              "milter_default_action = accept\nrecipient_delimiter =\n", virtual="")
        site.start_daemon()
        for options, name in ((["--address", "192.0.2.25"], "wrong.txt"), (["--address", "192.0.2.25", "--json"],
                                                                         "wrong.jsonl")):
            out = site.run(*options).stdout.replace(site.folder, "FOLDER")
            out = re.sub(r"process \d+, version \S+, rules \w+ in force since [-\dT:]+Z", "process N, version V, rules R in "
                         "force since T", out)
            out = out.replace(f"127.0.0.1@{site.dns_port}", "127.0.0.1@DNS").replace(str(site.sink.port), "SMTP")
            out = re.sub(r"schema \d+", "schema N", out)
            # Of the machine that this runs on.
            out = "".join(line + "\n" for line in out.splitlines() if not re.search(
                r'^\S+ +(host|contacts|clock) |^\{"look":"(host|contacts|clock)"|^ +help: .*(chrony|contacts.timer|as the '
                r'unit does)|not to be told', line))
            path = os.path.join(doctor_site.HERE, "expected", name)
            if os.environ.get("CCGATE_WRITE"):
                write(path, out)
            self.assertEqual(out, doctor_site.read(path))

    def test_usage_and_files(self):
        site = self.site()
        for wrong in (["--address", "nowhere"], ["--send-to", "a b"], ["--jsno"]):
            done = site.run(*wrong)
            self.assertEqual((done.returncode, done.stdout), (2, ""), wrong)
        self.assertIn("did you mean `--json`?", site.run("--jsno").stderr)
        os.remove(site.path("ccgate.yaml"))
        self.assertEqual(site.run().returncode, 3)

    def test_sendmail(self):
        site = self.site()
        good = (f"O InputMailFilters=opendkim,ccgate\nXopendkim, S=inet:8891@127.0.0.1, F=T\n"
                f"Xccgate, S=local:{site.socket}, F=T, T=C:30s;S:60s;R:60s;E:5m\n"
                "Mesmtp,\t\tP=[IPC], F=mDFMuXa, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP, E=\\r\\n, L=998,\n"
                "\t\tT=DNS/RFC822/SMTP,\n\t\tA=TCP $h\n")
        for old, new, want in (
                ("", "", []),
                ("O InputMailFilters=opendkim,ccgate\n", "", ["gate_missing"]),
                ("opendkim,ccgate", "opendkim", ["gate_missing"]),
                ("opendkim,ccgate", "ccgate,opendkim", ["gate_not_last"]),
                (site.socket, "/run/other/ccgate.sock", ["gate_not_reached"]),
                (f"{site.socket}, F=T", site.socket, ["gate_not_tempfail"]),
                (f"{site.socket}, F=T", f"{site.socket}, F=R", ["gate_not_tempfail"]),
                ("E:5m", "E:10s", ["filter_impatient"]),
                ("L=998", "L=990", ["long_lines_broken"]),
                ("Xopendkim", "O DaemonPortOptions=Name=MSA, Port=587, InputMailFilters=opendkim\nXopendkim",
                 ["gate_missing"])):
            with self.subTest(new):
                write(site.path("sendmail.cf"), good.replace(old, new))
                _, looks = site.doctor("--sendmail-cf", site.path("sendmail.cf"))
                self.assertEqual(words(looks["sendmail"]), want, looks["sendmail"])
                self.assertEqual((looks["addresses"]["state"], len(looks["addresses"]["seen"])), ("ok", 10))
        write(site.path("sendmail.cf"), good)
        site.sink.unknown = (b"tld-ops-object+", b"tld-ops-join@")
        _, looks = site.doctor("--sendmail-cf", site.path("sendmail.cf"))
        self.assertEqual(words(looks["addresses"]), ["command_address_unknown", "own_address_unknown"])
        self.assertIn("User unknown", looks["addresses"]["found"][0]["what"])
        self.assertEqual(site.sink.taken, [])
        write(site.path("sendmail.mc"), "dnl\n")
        os.utime(site.path("sendmail.cf"), (1, 1))
        _, looks = site.doctor("--sendmail-cf", site.path("sendmail.cf"))
        self.assertEqual(words(looks["sendmail"]), ["cf_older"])
        site.sink.close()
        _, looks = site.doctor("--sendmail-cf", site.path("sendmail.cf"))
        self.assertEqual(looks["addresses"]["state"], "untold")


if __name__ == "__main__":
    doctor_site.main()

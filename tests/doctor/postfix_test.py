"""Postfix set up wrongly in each way that `ccgate doctor` names, and rightly in the ways that the manual tells."""
import os
import time

import doctor_site
from doctor_site import OWN, words, write

GATE = "{{ unix:ccgate/ccgate.sock, default_action=tempfail }}"
BACK = "127.0.0.1:10025 inet n - n - - smtpd -o content_filter="

# What is set, the look that tells, the words of what it finds.
WRONG = [
    ({"main": "smtpd_milters =\n"}, "postfix", ["gate_missing"]),
    ({"main": "smtpd_milters = inet:127.0.0.1:11332\n"}, "postfix", ["gate_missing"]),
    ({"master": "submission inet n - y - - smtpd -o smtpd_milters=\n"}, "postfix", ["gate_missing"]),
    ({"master": "submission inet n - y - - smtpd -o smtpd_milters=inet:127.0.0.1:11332\n"}, "postfix",
     ["gate_missing"]),
    ({"master": "smtpd pass - - y - - smtpd -o {{ smtpd_milters = }}\n"}, "postfix", ["gate_missing"]),
    ({"master": "submission inet n - y - - smtpd -o receive_override_options=no_milters\n"}, "postfix",
     ["gate_missing"]),
    ({"main": "receive_override_options = no_address_mappings,no_milters\n"}, "postfix", ["gate_missing"]),
    # As seen from the chroot, or without one.
    ({"main": "smtpd_milters = {{ unix:{FOLDER}/queue/ccgate/ccgate.sock, default_action=tempfail }}\n"}, "postfix",
     ["gate_not_reached"]),
    ({"main": "smtpd_milters = {{ unix:/ccgate/ccgate.sock, default_action=tempfail }}\n", "chroot": "n"}, "postfix",
     ["gate_not_reached"]),
    ({"main": "smtpd_milters = {{ unix:run/ccgate.sock, default_action=tempfail }}\n"}, "postfix",
     ["gate_not_reached"]),
    # While the daemon is away.
    ({"main": "smtpd_milters = {{ unix:ccgate/ccgate.sock, default_action=accept }}\n"}, "postfix",
     ["gate_not_tempfail"]),
    ({"main": "smtpd_milters = unix:ccgate/ccgate.sock\nmilter_default_action = accept\n"}, "postfix",
     ["gate_not_tempfail"]),
    ({"main": "smtpd_milters = unix:ccgate/ccgate.sock\nmilter_default_action = quarantine\n"}, "postfix",
     ["gate_not_tempfail"]),
    ({"main": "smtpd_milters = unix:ccgate/ccgate.sock\n",
      "master": "submission inet n - y - - smtpd -o milter_default_action=accept\n"}, "postfix",
     ["gate_not_tempfail"]),
    ({"main": "non_smtpd_milters = {{ unix:ccgate/ccgate.sock, default_action=accept }}\n"}, "postfix",
     ["gate_not_tempfail"]),
    ({"main": f"smtpd_milters = {GATE} inet:127.0.0.1:11332\n"}, "postfix", ["gate_not_last"]),
    ({"main": "smtpd_milter_maps = inline:{{192.0.2.0/24=DISABLE}}\n"}, "postfix", ["gate_by_client"]),
    ({"main": "smtpd_proxy_filter = 127.0.0.1:10026\n"}, "postfix", ["proxy_filter"]),
    ({"main": "milter_protocol = 2\n"}, "postfix", ["milter_protocol_old"]),
    ({"main": "content_filter = smtp:[127.0.0.1]:10024\n", "master": f"{BACK}\n"}, "postfix", ["gate_twice"]),
    ({"master": f"{BACK} -o smtpd_milters=\n"}, "postfix", ["gate_left_out"]),
    # Own bounces, and what the lists need.
    ({"main": "non_smtpd_milters =\n"}, "postfix", ["bounces_not_seen"]),
    ({"main": "non_smtpd_milters =\n", "config": "store: \nsubmit: \nsubmit_helo: "}, "postfix",
     ["local_mail_ungated"]),
    ({"main": "internal_mail_filter_classes = notify\n"}, "postfix", ["bounces_not_seen"]),
    ({"main": "recipient_delimiter =\n"}, "postfix", ["delimiter_missing"]),
    ({"main": "recipient_delimiter = -\n"}, "postfix", ["delimiter_missing"]),
    ({"main": "recipient_delimiter =\n", "config": "store: \nsubmit: \nsubmit_helo: "}, "postfix",
     ["delimiter_missing"]),
    # Addresses.
    ({"virtual": ""}, "addresses", ["own_address_unknown"]),
    ({"virtual": "tld-ops-vouch@lists.example devnull@localhost\n"}, "addresses", ["own_address_unknown"]),
    ({"main": "relay_domains =\n", "virtual": ""}, "addresses", ["command_address_unknown", "own_address_unknown"]),
    ({"main": "mydestination = lists.example\nrelay_domains =\nlocal_recipient_maps = texthash:{FOLDER}/postfix/none\n"
              "alias_maps = texthash:{FOLDER}/postfix/none\n"}, "addresses",
     ["command_address_unknown", "map_unreadable"]),
    ({"transport": ""}, "addresses", ["command_address_unknown"]),
    ({"transport": "".join(f"tld-ops-{word}@lists.example discard:\n" for word in doctor_site.MAILMAN)}, "addresses",
     ["command_address_elsewhere"]),
    ({"main": "virtual_alias_maps = hash:{FOLDER}/postfix/never-made\n"}, "addresses",
     ["map_unreadable", "own_address_unknown"]),
]

# A list on this machine, by aliases(5).
LOCAL = ("mydestination = lists.example\nrelay_domains =\nalias_maps = texthash:{FOLDER}/postfix/virtual\n"
         "local_recipient_maps = $alias_maps\nvirtual_alias_maps =\ntransport_maps =\n")


def aliases(command):
    return "".join(f"tld-ops-{word} /dev/null\n" for word in OWN) + "".join(
        f"tld-ops-{word} {command}\n" for word in doctor_site.MAILMAN)


# Right in other ways.
RIGHT = [
    {"chroot": "n"},
    {"main": "smtpd_milters = {{ unix:/ccgate/ccgate.sock, default_action=tempfail }}\n"},
    {"main": "smtpd_milters = {{ unix:{FOLDER}/queue/ccgate/ccgate.sock, default_action=tempfail }}\n"
             "non_smtpd_milters = {{ unix:{FOLDER}/queue/ccgate/ccgate.sock, default_action=tempfail }}\n",
     "chroot": "n"},
    {"main": "smtpd_milters = inet:127.0.0.1:11332, unix:ccgate/ccgate.sock\nmilter_default_action = tempfail\n"},
    {"main": "gate = unix:ccgate/ccgate.sock\nmilter_default_action = tempfail\nsmtpd_milters = $gate\n"},
    {"main": f"smtpd_milters =\ngate = {GATE}\n",
     "master": "submission inet n - y - - smtpd -o smtpd_milters=$gate\n", "right": "postfix", "but": "smtp/inet"},
    {"main": "recipient_delimiter = +-\n"},
    {"main": "virtual_alias_domains = lists.example\nrelay_domains =\n", "right": "addresses",
     "virtual": "".join(f"tld-ops-{word}@lists.example {word}@lists.elsewhere.example\n"
                        for word in OWN + doctor_site.MAILMAN)},
    {"main": "relay_recipient_maps =\nvirtual_alias_maps =\n"},
    {"main": "mydestination = lists.example\nrelay_domains =\nlocal_recipient_maps = $alias_maps\n"
             "alias_maps = proxy:texthash:{FOLDER}/postfix/virtual\n",
     "virtual": "".join(f"tld-ops-{word} /dev/null\n" for word in OWN) +
                "".join(f"tld-ops-{word} x\n" for word in doctor_site.MAILMAN)},
    {"main": LOCAL, "manager": "mailman2", "virtual": aliases('"|/var/lib/mailman/mail/mailman join tld-ops"')},
    {"main": LOCAL, "manager": "plain", "virtual": aliases("somebody")},
    {"main": "virtual_alias_maps = regexp:{FOLDER}/postfix/virtual\n",
     "virtual": "/^tld-ops-(vouch|reject|object|notice)(\\+.*)?@lists\\.example$/ devnull@localhost\n"},
]


class Postfix(doctor_site.DoctorTest):
    def test_each_way_of_being_wrong(self):
        for options, look, want in WRONG:
            with self.subTest(str(options)), doctor_site.Site(**options) as site:
                _, looks = site.doctor()
                self.assertEqual(words(looks[look]), want, looks[look])
                for each in looks[look]["found"]:
                    self.assertTrue(each["what"] and each["help"], each)

    def test_right_ways(self):
        for options in RIGHT:
            options = dict(options)
            right, but = options.pop("right", None), options.pop("but", None)
            with self.subTest(str(options)), doctor_site.Site(**options) as site:
                _, looks = site.doctor()
                for look in [right] if right else ["postfix", "addresses"]:
                    told = [each for each in looks[look]["found"] if not but or but not in each["what"]]
                    self.assertEqual(told, [], looks[look])
                    self.assertTrue(looks[look]["seen"])

    def test_aliases_that_lead_elsewhere(self):
        for manager, command in (("mailman2", "/dev/null"), ("mailman2", '"|/usr/bin/procmail"'), ("sympa", "/dev/null"),
                                 ("mailman3", '"|/var/lib/mailman/mail/mailman join tld-ops"')):
            with self.subTest(f"{manager} {command}"), doctor_site.Site(
                    main=LOCAL, manager=manager, virtual=aliases(command) + f"sympa {command}\n") as site:
                self.assertEqual(words(site.doctor()[1]["addresses"]), ["command_address_elsewhere"])

    def test_a_link_leads_nowhere_out_of_a_chroot(self):
        for chroot, want in (("y", ["gate_not_reached"]), ("n", [])):
            with self.subTest(chroot), doctor_site.Site(chroot=chroot) as site:
                os.rmdir(site.path("queue/ccgate"))
                os.mkdir(site.path("outside"))
                os.symlink(site.path("outside"), site.path("queue/ccgate"))
                self.assertEqual(words(site.doctor()[1]["postfix"]), want)

    def test_domains_in_a_file_are_not_told(self):
        with doctor_site.Site(main="relay_domains = {FOLDER}/postfix/domains\n", virtual="") as site:
            looks = site.doctor()[1]
            self.assertEqual((looks["addresses"]["state"], looks["addresses"]["found"]), ("untold", []))

    def test_a_table_that_is_older_than_its_text(self):
        with doctor_site.Site(main="virtual_alias_maps = hash:{FOLDER}/postfix/virtual\n") as site:
            made = site.postfix("postmap", "hash:" + site.path("postfix/virtual"))
            self.assertEqual(made.returncode, 0, made.stderr)
            self.assertEqual(words(site.doctor()[1]["addresses"]), [])
            # Postfix does not mind what was written a moment ago.
            for name, age in (("virtual", 1000), ("virtual.db", 2000)):
                os.utime(site.path("postfix", name), (time.time() - age, time.time() - age))
            self.assertEqual(words(site.doctor()[1]["addresses"]), ["map_older"])

    def test_what_cannot_be_asked_is_not_told(self):
        with doctor_site.Site() as site:
            write(site.path("postfix/main.cf"), "mail_owner = nobody-like-this\ncompatibility_level = {\n")
            os.remove(site.path("postfix/master.cf"))
            _, looks = site.doctor()
            self.assertEqual((looks["postfix"]["found"], looks["postfix"]["state"]), ([], "untold"))

    def test_a_program_that_hangs(self):
        with doctor_site.Site() as site:
            write(site.path("bin/postconf"), "#!/bin/sh\nexec sleep 1000\n")
            _, looks = site.doctor()
            self.assertIn("in time", looks["postfix"]["untold"][0])


if __name__ == "__main__":
    doctor_site.main()

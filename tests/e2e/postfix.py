"""Postfix in a Stack."""
import grp
import json
import os
import pwd
import shutil
import smtplib
import subprocess

import stack
from stack import DEADLINE, SERVERS, free_port, read, write


def why_not():
    """What the machine lacks for tests with Postfix, or None."""
    return stack.why_not("usr/sbin/postconf")


class Postfix(stack.Stack):
    """local: mail submitted by sendmail(1) goes through ccgate too.
    postfix: more lines of main.cf; {SINK} in them is the port of the sink. second: options of another SMTP
    service; its port is {SECOND} in those lines.
    """

    libraries = ["usr/lib/postfix"]

    def __init__(self, local=False, postfix="", second="", **options):
        super().__init__(**options)
        self.local = local
        self.postfix_settings = postfix
        self.second = second
        self.env["MAIL_CONFIG"] = self.path("postfix")

    def start_mta(self):
        owner, group = postfix_accounts()
        queue, data = self.path("queue"), self.path("data")
        os.mkdir(self.path("postfix"))
        for name in ("active bounce corrupt defer deferred flush hold incoming private maildrop public pid saved"
                     " trace").split():
            os.makedirs(os.path.join(queue, name))
            if name != "pid":
                shutil.chown(os.path.join(queue, name), owner)
        for name, mode in (("public", 0o710), ("maildrop", 0o730)):
            shutil.chown(os.path.join(queue, name), group=group)
            os.chmod(os.path.join(queue, name), mode)
        os.mkdir(data)
        shutil.chown(data, owner)
        milter = f"{{ unix:{self.path('ccgate.sock')}, default_action=tempfail }}" if self.gate else ""
        write(self.path("postfix", "main.cf"), f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
command_directory = {SERVERS}/usr/sbin
daemon_directory = {SERVERS}/usr/lib/postfix/sbin
shlib_directory = {SERVERS}/usr/lib/postfix
meta_directory = {self.path('postfix')}
sendmail_path = {SERVERS}/usr/sbin/sendmail
mail_owner = {owner}
setgid_group = {group}
default_privs = nobody
import_environment = MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH
export_environment = MAIL_CONFIG TZ LANG LD_LIBRARY_PATH
maillog_file = {self.path('postfix.log')}
maillog_file_prefixes = {self.folder}
myhostname = mx.lists.example
mydomain = lists.example
mydestination =
relay_domains = lists.example sympa.example mlmmj.example
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks reject_unauth_destination
smtpd_recipient_restrictions =
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = none
smtp_tls_security_level = none
smtp_dns_support_level = disabled
default_transport = smtp:[127.0.0.1]:{self.sink_port}
relay_transport = smtp:[127.0.0.1]:{self.sink_port}
minimal_backoff_time = 1s
queue_run_delay = 1s
message_size_limit = 104857600
smtpd_milters = {milter}
non_smtpd_milters = {milter if self.local else ''}
internal_mail_filter_classes = {'bounce' if self.local else ''}
milter_protocol = 6
milter_default_action = tempfail
""")
        self.smtp_port = self.on_free_port(self.launch_postfix)

    def launch_postfix(self, port):
        second = free_port()
        lines = self.postfix_settings.format(SINK=self.sink_port, SECOND=second)
        main = self.path("postfix", "main.cf")
        write(main, read(main).partition("# more\n")[0] + "# more\n" + lines)
        service = f"127.0.0.1:{second} inet n - n - - smtpd {self.second}\n" if self.second else ""
        write(self.path("postfix", "master.cf"), f"""127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
{service}""")
        self.postfix = self.serve("master", [os.path.join(SERVERS, "usr/lib/postfix/sbin/master"), "-d", "-c",
                                             self.path("postfix")], self.env)
        return self.answers(self.postfix, self.smtp_answers, port)

    def client(self, mail):
        """XCLIENT says where it comes from."""
        smtp = smtplib.SMTP("127.0.0.1", self.smtp_port, mail.helo, timeout=DEADLINE)
        smtp.ehlo()
        smtp.docmd("XCLIENT", f"ADDR={mail.client} NAME=[UNAVAILABLE]")
        return smtp

    def command(self, name, *arguments, **options):
        """Runs one of Postfix's commands."""
        return subprocess.run([os.path.join(SERVERS, "usr/sbin", name), *arguments], env=self.env, check=True,
                              capture_output=True, **options).stdout

    def queue(self):
        """Mail in the queue: [{queue_name, queue_id, sender, recipients}]."""
        return [json.loads(line) for line in self.command("postqueue", "-j").splitlines()]

    def queued_message(self, queue_id):
        return self.command("postcat", "-bhq", queue_id)

    def mail_log(self):
        return read(self.path("postfix.log"))


def postfix_accounts():
    """A user and a group of the machine that Postfix can run as: no other has their ids, and they differ."""
    users = [name for name in ("news", "uucp", "games", "irc", "list") if stack.exists(pwd.getpwnam, name)]
    groups = [name for name in ("uucp", "games", "irc", "list", "news") if stack.exists(grp.getgrnam, name)]
    for user in users:
        for group in groups:
            if grp.getgrnam(group).gr_gid != pwd.getpwnam(user).pw_gid:
                return user, group
    raise RuntimeError("no unprivileged account to run Postfix as")


class MailTest(stack.MailTest):
    """Tests with one Postfix."""

    kind = Postfix


def main():
    stack.main(why_not())

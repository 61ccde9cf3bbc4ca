"""Scenario files through a real mail server: the same story, the same verdict."""
import json
import os
import shutil
import subprocess

import stack

SCENARIOS = os.path.join(stack.SOURCE, "tests", "scenarios")
SUPPORT = os.environ.get("CCGATE_SUPPORT", os.path.join(stack.BIN, "tests"))


class Zone:
    """The tests' DNS server with the zone of one scenario."""

    def __init__(self, lines):
        self.process = subprocess.Popen([os.path.join(SUPPORT, "ccgate_dns_server")], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdin.write("".join(line + "\n" for line in lines) + "serve\n")
        self.process.stdin.flush()
        self.port = int(self.process.stdout.readline())

    def close(self):
        self.process.communicate()


class Story(stack.Mail):
    """The mail of a scenario."""

    def __init__(self, told):
        super().__init__("anne@nic.xa")
        self.mail_from = told["mail_from"].removeprefix("<").removesuffix(">")
        self.recipients = [each.removeprefix("<").removesuffix(">") for each in told["rcpt_to"]]
        self.client, self.helo = told["client"], told["helo"]
        self.octets = told["message"].encode("utf-8")


class Played:
    """What a test case with a stack needs to play scenarios."""

    def play_all(self, names):
        for name in names:
            with self.subTest(name):
                self.play(name)

    def play(self, name):
        command = [os.path.join(SUPPORT, "ccgate_scenario_export"), os.path.join(SCENARIOS, name + ".yaml")]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        zone = Zone(told["zone"])
        self.stack.drop(self.stack.milter)
        try:
            self.write_site(zone.port, name)
            self.stack.start_gate("--now", told["now"])
            log = len(self.stack.gate_log())
            held, delivered = len(self.stack.held()), len(self.stack.delivered())
            outcome = self.stack.send(Story(told))
            self.check(told["expect"], outcome, self.stack.gate_log()[log:], held, delivered)
        finally:
            zone.close()

    def write_site(self, port, name):
        site = os.path.join(SCENARIOS, "site")
        for each in os.listdir(site):
            shutil.copy(os.path.join(site, each), self.stack.path(each))
        config = stack.read(self.stack.path("ccgate.yaml"))
        config = config.replace("unix:/run/ccgate/ccgate.sock", "unix:" + self.stack.path(self.stack.socket))
        config += f'socket: {{mode: "0666"}}\ndns: {{servers: ["127.0.0.1@{port}"], timeout: 2s}}\n'
        stack.write(self.stack.path("ccgate.yaml"), config)
        if name == "stale-contacts":
            contacts = stack.read(self.stack.path("contacts.json"))
            stack.write(self.stack.path("contacts.json"), contacts.replace("2030-01-15T", "2030-01-01T"))

    def check(self, expect, outcome, log, held, delivered):
        decision = expect["decision"]
        if decision != "untouched":
            self.assertIn(f" verdict={decision} ", log)
        for key in ("ground", "rule"):
            if key in expect and decision != "untouched":
                self.assertIn(f" {key}={expect[key]} ", log)
        reply = outcome.reply
        if "mode=observe" in log or decision in ("accept", "untouched"):
            self.assertEqual(reply.code, 250, str(outcome))
            stack.wait_for("the delivery", lambda: len(self.stack.delivered()) > delivered)
        elif decision in ("ask", "hold"):
            self.assertEqual(reply.code, 250, str(outcome))
            self.assertEqual(len(self.stack.held()), held + 1)
        else:
            self.assertEqual(reply.code // 100, 4 if decision == "tempfail" else 5, str(outcome))
            self.assertEqual(reply.code, expect.get("code", reply.code))
            self.assertIn(expect.get("status", ""), reply.text)
            self.assertIn(expect.get("text", ""), reply.text)
            self.assertEqual((len(self.stack.held()), len(self.stack.delivered())), (held, delivered))

"""Runs an exit hook as the daemon does: arguments, and the decision as JSON on standard input."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HOOKS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "conf", "hooks")
DONE, FAILED, LATER, NEVER = 0, 1, 75, 78


def event(decision, kind="accepted", **changes):
    """The example of ccgate-milter(8), changed."""
    return {"ccgate_hook": 1, "event": kind, "id": decision, "list": "tld-ops", "list_address": "tld-ops@lists.example",
            "request": "subscribe", "cctlds": ["xa"], "author": "anne@nic.xa",
            "people": [{"name": "Anne", "email": "anne@nic.xa", "phone": ""}],
            "decided": "2030-01-15T12:00:00Z", **changes}


def people(*addresses):
    return [{"name": "", "email": address, "phone": ""} for address in addresses]


def run(program, arguments, told, **environment):
    """(exit status, what it said). `told` is the event, or text as it stands."""
    text = told if isinstance(told, str) else json.dumps(told)
    done = subprocess.run([sys.executable, os.path.join(HOOKS, program), *arguments], input=text.encode("utf-8"),
                          capture_output=True, timeout=60,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **environment})
    assert done.stdout == b"", done.stdout
    return done.returncode, done.stderr.decode("utf-8")

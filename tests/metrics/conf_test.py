"""Alerts and dashboard of conf/: they name series that are there, promtool reads them, and the alerts tell what
they should when they should."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import series

RULES = os.path.join(series.SOURCE, "conf", "prometheus", "ccgate.rules.yaml")
DASHBOARD = os.path.join(series.SOURCE, "conf", "grafana", "ccgate.json")
HERE = os.path.dirname(os.path.abspath(__file__))


def promtool(*arguments, folder=None, text=None):
    done = subprocess.run([series.PROMTOOL, *arguments], cwd=folder, input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=120, check=False)
    return done.returncode, done.stdout


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def alert_expressions():
    """Of the rules: each `expr`, folded ones joined."""
    found = re.findall(r"^ +expr: (?:>-\n((?: {10}.*\n)+)|(.*)\n)", read(RULES), re.MULTILINE)
    return [re.sub(r"\s+", " ", folded or plain).strip() for folded, plain in found]


class Conf(unittest.TestCase):
    def setUp(self):
        self.known = series.samples()

    def test_alerts_name_what_is_there(self):
        expressions = alert_expressions()
        self.assertEqual(len(expressions), read(RULES).count("- alert: "))
        self.assertEqual([fault for each in expressions for fault in series.faults_of(each, self.known)], [])

    def test_rules(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(RULES, folder)
            status, told = promtool("check", "rules", os.path.basename(RULES), folder=folder)
            self.assertEqual(status, 0, told)
            for name in sorted(os.listdir(HERE)):
                if not name.endswith("_test.yaml"):
                    continue
                shutil.copy(os.path.join(HERE, name), folder)
                status, told = promtool("test", "rules", name, folder=folder)
                self.assertEqual(status, 0, told)

    def test_every_alert_is_played(self):
        played = "".join(read(os.path.join(HERE, name)) for name in os.listdir(HERE) if name.endswith("_test.yaml"))
        for alert in re.findall(r"- alert: (\w+)", read(RULES)):
            self.assertRegex(played, rf"alertname: {alert}\n\s+exp_alerts:")

    def test_dashboard(self):
        with open(DASHBOARD, encoding="utf-8") as file:
            dashboard = json.load(file)
        panels = dashboard["panels"]
        self.assertEqual(sorted({panel["id"] for panel in panels}), list(range(1, len(panels) + 1)))
        expressions = [target["expr"] for panel in panels for target in panel["targets"]]
        expressions += [variable["query"] for variable in dashboard["templating"]["list"] if variable["type"] == "query"]
        self.assertEqual([fault for each in expressions for fault in series.faults_of(each, self.known)], [])
        legends = {label for panel in panels for target in panel["targets"]
                   for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])}
        self.assertLessEqual(legends, set().union(*self.known.values()))
        rules = [{"record": f"panel:{i}", "expr": each.replace("$__rate_interval", "5m")}
                 for i, each in enumerate(expressions) if not each.startswith("label_values")]
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "rules.yaml"), "w", encoding="utf-8") as file:
                json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)  # JSON is YAML
            status, told = promtool("check", "rules", "rules.yaml", folder=folder)
            self.assertEqual(status, 0, told)

    def test_page(self):
        status, told = promtool("check", "metrics", text=read(os.path.join(HERE, "page.txt")))
        self.assertEqual((status, told), (0, ""))


if __name__ == "__main__":
    if not os.path.exists(series.PROMTOOL):
        print("no promtool: run scripts/install-packages server")
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else 77)
    unittest.main()

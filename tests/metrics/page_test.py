"""A page scraped from the real daemon, read by Prometheus' own client library and by promtool."""
import os
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import series

sys.path.insert(0, os.path.join(series.SOURCE, "tests", "support"))
sys.path.insert(0, os.path.join(series.SERVERS, "usr", "lib", "python3", "dist-packages"))
import servers  # noqa: E402

try:
    from prometheus_client import parser
except ImportError:
    parser = None

SITE = os.path.join(series.SOURCE, "tests", "site")


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.port = servers.free_port()
        fetched = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        words = {"@FOLDER@": cls.folder.name, "@DNS@": "127.0.0.1@9", "@MIXED@": "reject", "@FETCHED@": fetched}
        for name in os.listdir(SITE):
            text = servers.read(os.path.join(SITE, name))
            for word, value in words.items():
                text = text.replace(word, value)
            if name.startswith("ccgate.yaml"):
                text += f'store: "sqlite:{cls.folder.name}/store.db"\nmetrics: {{listen: "127.0.0.1:{cls.port}"}}\n'
            servers.write(os.path.join(cls.folder.name, name.removesuffix(".in")), text)
        daemon = os.path.join(os.environ["CCGATE_BIN"], "ccgate-milter")
        cls.log = open(os.path.join(cls.folder.name, "log"), "w", encoding="utf-8")
        cls.daemon = subprocess.Popen([daemon, "-c", os.path.join(cls.folder.name, "ccgate.yaml")], stderr=cls.log)
        cls.addClassCleanup(cls.end)

    @classmethod
    def end(cls):
        cls.daemon.terminate()
        cls.daemon.wait(30)
        cls.log.close()
        cls.folder.cleanup()

    def get(self, path="/metrics"):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10)
        except urllib.error.HTTPError:
            raise
        except OSError:
            return None

    def page(self):
        """As soon as the daemon is there, and has looked at its store."""
        def ready():
            reply = self.get()
            text = reply.read().decode() if reply else ""
            return text if "\nccgate_store_up 1\n" in text else ""
        return servers.wait_for("the page", ready, 30)

    def test_type_of_the_page(self):
        self.page()
        with self.get() as reply:
            self.assertEqual(reply.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.get("/")
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()

    def test_read_by_the_client_library(self):
        page = self.page()
        wanted = series.table()
        families = list(parser.text_string_to_metric_families(page))
        names = {family.name + ("_total" if family.type == "counter" else ""): family for family in families}
        self.assertEqual(set(names), set(wanted))
        known = series.samples()
        for name, family in names.items():
            self.assertEqual(family.type, wanted[name][0], name)
            self.assertTrue(family.documentation, name)
            self.assertEqual(page.count(f"# TYPE {name} "), 1)
            for sample in family.samples:
                self.assertLessEqual(set(sample.labels), known[sample.name], sample)
        values = {(sample.name, *sample.labels.values()): sample.value for family in families
                  for sample in family.samples}
        self.assertEqual(len(values), sum(len(family.samples) for family in families))
        self.assertEqual(values["ccgate_processes",], 1)
        self.assertGreaterEqual(values["ccgate_contacts_age_seconds",], 3600)
        self.assertEqual(values["ccgate_outbox_tasks", "waiting"], 0)

    def test_read_by_promtool(self):
        done = subprocess.run([series.PROMTOOL, "check", "metrics"], input=self.page(), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    if parser is None or not os.path.exists(series.PROMTOOL):
        print("no promtool, or no prometheus_client: run scripts/install-packages server")
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else 77)
    unittest.main()

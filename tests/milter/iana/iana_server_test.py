"""tests/support/iana_server.py as a module, and the files it serves besides RDAP and WHOIS."""
import os
import socket
import ssl
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

TESTS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TESTS, "support"))
from iana_server import IanaServer  # noqa: E402  (after the path to it)

IANA = os.path.join(TESTS, "iana")


class Module(unittest.TestCase):
    def test_serves_faults_and_tells(self):
        with tempfile.TemporaryDirectory() as files:
            os.makedirs(os.path.join(files, "TLD"))
            with open(os.path.join(files, "TLD", "tlds-alpha-by-domain.txt"), "wb") as file:
                file.write(b"# Version 2026112400\n")
            with IanaServer(os.path.join(IANA, "rdap"), os.path.join(IANA, "whois"), files) as iana:
                self.assertTrue(os.path.exists(iana.ca))
                self.assertEqual(self.get(iana, "/domain/fr"), self.recorded("rdap/fr.json"))
                self.assertEqual(self.get(iana, "/TLD/tlds-alpha-by-domain.txt"), b"# Version 2026112400\n")
                self.assertEqual(self.status(iana, "/TLD/../../README.md"), 404)
                self.assertEqual(self.status(iana, "/domain/..%2fodd"), 404)
                iana.set_plan({"/TLD/tlds-alpha-by-domain.txt": {"fault": "status", "status": 503, "times": 1}})
                self.assertEqual(self.status(iana, "/TLD/tlds-alpha-by-domain.txt"), 503)
                self.assertEqual(self.get(iana, "/TLD/tlds-alpha-by-domain.txt"), b"# Version 2026112400\n")
                with socket.create_connection(("127.0.0.1", iana.whois)) as whois:
                    whois.sendall(b"FR\r\n")
                    with whois.makefile("rb") as answer:
                        self.assertEqual(answer.read(), self.recorded("whois/fr.txt"))
                asked = iana.requests()
                folder = os.path.dirname(iana.ca)
            self.assertEqual([one["service"] for one in asked], ["https"] * 6 + ["whois"])
            self.assertEqual((asked[0]["label"], asked[-1]["label"]), ("fr", "FR"))
            self.assertEqual(sorted(asked, key=lambda one: one["time"]), asked)
            self.assertFalse(os.path.exists(folder))

    @staticmethod
    def recorded(name):
        with open(os.path.join(IANA, name), "rb") as file:
            return file.read()

    @staticmethod
    def get(iana, path):
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=iana.ca)))
        with opener.open(f"https://127.0.0.1:{iana.https}{path}", timeout=30) as answer:
            return answer.read()

    def status(self, iana, path):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.get(iana, path)
        caught.exception.close()
        return caught.exception.code


if __name__ == "__main__":
    unittest.main()

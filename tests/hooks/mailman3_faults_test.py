"""ccgate-hook-mailman3 with a Mailman that misbehaves, and with options that make no sense. Needs no Mailman."""
import http.server
import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hook import DONE, FAILED, LATER, NEVER, event, run  # noqa: E402

USAGE = 2


class Server(http.server.ThreadingHTTPServer):
    """Answers as `answers` says, in order, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def handle_one(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("ascii")
        self.server.asked.append((self.command, self.path, dict(urllib.parse.parse_qsl(text)), dict(self.headers)))
        status, octets = self.server.answers.pop(0) if self.server.answers else (500, b"")
        self.send_response(status)
        self.send_header("Content-Length", str(len(octets)))
        if status // 100 == 3:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(octets)

    do_GET = do_POST = do_DELETE = handle_one

    def log_message(self, *_):
        pass


NO_MEMBER = (200, b'{"start": 0, "total_size": 0}')


class FaultsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-hook-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.password = os.path.join(self.folder, "password")
        with open(self.password, "w", encoding="utf-8") as file:
            file.write("päss\n")
        os.chmod(self.password, 0o640)
        self.journal = os.path.join(self.folder, "journal")

    def hook(self, url, status, *more, told=None, **environment):
        code, said = run("ccgate-hook-mailman3", ["--url", url, "--password-file", self.password, "--journal",
                                                  self.journal, *more], told or event("d1"), **environment)
        self.assertEqual(code, status, said)
        self.assertNotIn("Traceback", said)
        self.assertNotIn("päss", said)
        return said

    def serve(self, *answers):
        server = Server(*answers)
        self.addCleanup(server.close)
        return server, f"http://127.0.0.1:{server.server_address[1]}/3.1"

    def test_what_is_asked(self):
        """Approved, and not a word of verified or confirmed."""
        server, url = self.serve(NO_MEMBER, (202, b'{"token": "1", "token_owner": "subscriber"}'))
        self.hook(url + "/", DONE, "--list", "tld-ops", "--list-id", "ops.lists.example")
        (_, find, asked, _), (method, path, form, headers) = server.asked
        self.assertEqual((find, asked["list_id"]), ("/3.1/members/find", "ops.lists.example"))
        self.assertEqual((method, path), ("POST", "/3.1/members"))
        self.assertEqual(form, {"list_id": "ops.lists.example", "subscriber": "anne@nic.xa", "display_name": "Anne",
                                "pre_approved": "yes"})
        self.assertEqual(headers["Authorization"], "Basic cmVzdGFkbWluOnDDpHNz")

    def test_answers_that_may_be_better_later(self):
        for status in (500, 502, 503, 504, 408, 429):
            with self.subTest(status):
                _, url = self.serve((status, b"<html>"))
                self.assertIn(f"answers {status} to POST /members/find", self.hook(url, LATER))

    def test_answers_that_stay_as_they_are(self):
        for status, octets in ((400, b'{"description": "no\\nway"}'), (401, b"[]"), (403, b""), (404, b"\xff"),
                               (301, b""), (200, b"<html>"), (200, b"[1]"), (200, b'"x"')):
            with self.subTest((status, octets)):
                _, url = self.serve((status, octets))
                said = self.hook(url, FAILED)
                self.assertEqual(said.count("\n"), 1, said)

    def test_one_answer_that_may_be_better_later_is_enough(self):
        _, url = self.serve(NO_MEMBER, NO_MEMBER, (400, b""), (503, b""))
        people = [{"name": "", "email": address} for address in ("anne@nic.xa", "ben@nic.xa")]
        self.assertIn("not done for 2 of 2", self.hook(url, LATER, told=event("d1", people=people)))

    def test_who_is_no_member_any_more(self):
        """Whether or not this hook subscribed them."""
        found = b'{"entries": [{"email": "Anne@nic.xa", "member_id": "7"}]}'
        pending = b'{"entries": [{"email": "anne@nic.xa", "token": "t1"}]}'
        server, url = self.serve((200, pending), (204, b""), (200, found), (204, b""))
        told = event("removed-17", "removed", request="", author="")
        self.assertIn("removed-17: anne@nic.xa: removed", self.hook(url, DONE, told=told))
        self.assertEqual([(method, path.partition("?")[0]) for method, path, _, _ in server.asked],
                         [("GET", "/3.1/lists/tld-ops.lists.example/requests"),
                          ("POST", "/3.1/lists/tld-ops.lists.example/requests/t1"),
                          ("POST", "/3.1/members/find"), ("DELETE", "/3.1/members/7")])
        _, url = self.serve(NO_MEMBER, NO_MEMBER)
        self.assertIn("anne@nic.xa: no member", self.hook(url, DONE, told=told))
        _, url = self.serve((503, b""))
        self.hook(url, LATER, told=told)

    def test_what_was_not_undone_is_tried_again(self):
        _, url = self.serve(NO_MEMBER, (202, b"{}"))
        self.hook(url, DONE)
        _, url = self.serve((503, b""))
        self.hook(url, LATER, told=event("d1", "objected"))
        pending = (200, b'{"entries": [{"email": "anne@nic.xa", "token": "t1"}]}')
        server, url = self.serve(pending, (204, b""), NO_MEMBER)
        self.assertIn("request discarded", self.hook(url, DONE, told=event("d1", "objected")))
        self.assertEqual([path for _, path, _, _ in server.asked], [
            "/3.1/lists/tld-ops.lists.example/requests?token_owner=subscriber&count=100&page=1",
            "/3.1/lists/tld-ops.lists.example/requests/t1", "/3.1/members/find"])

    def test_pages_of_pending_requests(self):
        _, url = self.serve(NO_MEMBER, (202, b"{}"))
        self.hook(url, DONE)
        first = [{"email": f"p{number}@nic.xa", "token": f"t{number}"} for number in range(100)]
        second = [{"email": "Anne@nic.xa", "token": "wanted"}]
        server, url = self.serve(*((200, json.dumps({"entries": page}).encode("ascii")) for page in (first, second)),
                                 (404, b""), NO_MEMBER)
        self.hook(url, DONE, told=event("d1", "objected"))
        self.assertTrue(server.asked[2][1].endswith("/requests/wanted"))

    def test_a_removal_that_waits_for_somebody_is_told(self):
        _, url = self.serve(NO_MEMBER, (202, b"{}"))
        self.hook(url, DONE)
        member = (200, b'{"entries": [{"email": "anne@nic.xa", "member_id": "7"}]}')
        server, url = self.serve((200, b"{}"), member, (202, b'{"token": "1"}'))
        self.assertIn("did not remove", self.hook(url, FAILED, told=event("d1", "objected")))
        self.assertEqual(server.asked[2][:3],
                         ("DELETE", "/3.1/members/7", {"pre_approved": "yes", "pre_confirmed": "yes"}))

    def test_a_server_that_says_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            url = f"http://127.0.0.1:{server.getsockname()[1]}/3.1"
            self.assertIn("timed out", self.hook(url, LATER, "--timeout", "0.2"))

    def test_a_server_that_speaks_something_else(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            def speak():
                client, _ = server.accept()
                client.sendall(b"220 mail.example ESMTP\r\n")
                client.close()
            threading.Thread(target=speak, daemon=True).start()
            self.hook(f"http://127.0.0.1:{server.getsockname()[1]}/3.1", LATER)

    def test_the_password_goes_nowhere_else(self):
        for url in ("http://192.0.2.1/3.1", "http://lists.example/3.1", "http://127.0.0.1.lists.example/",
                    "ftp://127.0.0.1/", "http:///3.1", "127.0.0.1:8001", "http://restadmin:restpass@127.0.0.1/3.1", "http://127.0.0.1:x/",
                    "http://127.0.0.1:99999/", "http://0.0.0.0/3.1", "http://127.0.0.1/3.1?x", "http://[::1/"):
            with self.subTest(url):
                self.assertIn("--url", self.hook(url, USAGE))
        for url in ("http://localhost:1/3.1", "http://[::1]:1/3.1", "https://127.0.0.1:1/3.1", "http://127.1.2.3:1"):
            with self.subTest(url):
                self.assertIn("no answer from Mailman", self.hook(url, LATER))

    def test_a_proxy_is_not_asked(self):
        _, url = self.serve(NO_MEMBER, (202, b"{}"))
        self.hook(url, DONE, http_proxy="http://127.0.0.1:1", HTTP_PROXY="http://127.0.0.1:1")

    def test_a_password_that_others_can_read(self):
        os.chmod(self.password, 0o644)
        self.assertIn("others can read it", self.hook("http://127.0.0.1:1/", FAILED))

    def test_list_ids_that_are_none(self):
        for list_id in ("", "a/b", "a b", "../x", "tld-ops@lists.example"):
            with self.subTest(list_id):
                self.hook("http://127.0.0.1:1/", USAGE, "--list", "tld-ops", "--list-id", list_id)
        self.hook("http://127.0.0.1:1/", FAILED, told=event("d1", list_address="a/b@lists.example"))

    def test_events_of_another_list_are_refused(self):
        server, url = self.serve()
        for told in (event("d1", list="other"), event("d1", "objected", list="other"),
                     event("removed-1", "removed", list="other")):
            said = self.hook(url, NEVER, "--list", "tld-ops", told=told)
            self.assertIn("this is of list `other`, and the hook is for `tld-ops`: nothing done", said)
        self.assertEqual(server.asked, [])
        self.assertFalse(os.path.exists(self.journal))

    def test_a_list_of_mailman_is_for_one_list(self):
        self.assertIn("name it with --list", self.hook("http://127.0.0.1:1/", USAGE, "--list-id", "ops.lists.example"))

    def test_what_is_needed(self):
        self.assertEqual(run("ccgate-hook-mailman3", [], "")[0], USAGE)


if __name__ == "__main__":
    unittest.main()

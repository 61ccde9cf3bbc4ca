#!/usr/bin/python3 -B
"""IANA on loopback: an RDAP server over HTTPS and a WHOIS server, with recorded answers and faults to order.

    iana_server.py RDAP_FOLDER WHOIS_FOLDER [--files FOLDER] [--plan FILE] [--log FILE]

Answers GET /domain/LABEL with RDAP_FOLDER/LABEL.json, the WHOIS question LABEL with WHOIS_FOLDER/LABEL.txt, and
any other path with that file below FOLDER. What is not there has IANA's own answer for it. When it is ready it
prints one line of JSON: `https` and `whois` (ports), `ca` (file with the CA's certificate), `other_ca` (of one
that signed nothing), `plan`, `log` (the files used). The certificate is for localhost, 127.0.0.1 and
rdap.iana.example. It stops at SIGTERM and when its standard input ends, and removes its files.

The plan is a JSON object, read anew for each question: LABEL (for HTTPS), `whois:LABEL`, or `/PATH` -> a fault. A
fault is an object with `fault`, and `times` when only that many questions (counted since the plan last changed)
are to meet it:
  status        `status` (404, 429, 500, 503 ...) with an RDAP error; `retry_after`: that header too
  file          `file` in place of the recorded answer, `type` in place of application/rdap+json
  html          a page for browsers, with status 200 and the type of RDAP
  silent        nothing until the client goes away
  drip          an octet every 20 ms, without end
  truncated     half of the answer, then the connection is closed
  oversized     zeros without end
  long-header   a header without end
  garbage       octets that are no HTTP
  redirect      `to`: same (a path of this server that answers, `hops` times over), loop, host, port, http
  close         the connection is closed at once
WHOIS knows file, silent, drip, truncated, oversized and close.

The log has one JSON object a line for each question: `service` (https, whois), `label`, `path`, `agent`, `accept`,
`connection` (a number for each connection) and `time` (seconds of the monotonic clock).

As a module: `with IanaServer(rdap, whois) as iana:` gives an object with the same attributes, set_plan() and
requests().
"""
import argparse
import http.server
import json
import os
import shutil
import signal
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time

NAMES = "DNS:localhost,IP:127.0.0.1,DNS:rdap.iana.example"
RDAP_TYPE = "application/rdap+json"
HTML = "<!doctype html><html><head><title>maintenance</title></head><body>maintenance</body></html>\n"
NOT_FOUND = """% IANA WHOIS server
% for more information on IANA, visit http://www.iana.org
% This query returned 0 objects.
%
% You queried for {0} but this server does not have
% any data for {0}.
%
% If you need further information please check the web site
% or use -h for help

"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_ca(folder, name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", f"/CN={name} of the tests", "-addext", "keyUsage=critical,keyCertSign",
            "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem")
    return f"{folder}/{name}.pem"


def make_certificate(folder, ca):
    """(certificate, key), signed by the CA called `ca`."""
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
            "-keyout", f"{folder}/server.key", "-out", f"{folder}/server.csr")
    with open(f"{folder}/server.ext", "w", encoding="ascii") as file:
        file.write(f"subjectAltName={NAMES}\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", f"{folder}/server.csr", "-CA", f"{folder}/{ca}.pem", "-CAkey", f"{folder}/{ca}.key",
            "-CAserial", f"{folder}/serial", "-CAcreateserial", "-days", "2", "-extfile", f"{folder}/server.ext",
            "-out", f"{folder}/server.pem")
    return f"{folder}/server.pem", f"{folder}/server.key"


class ClientGone(Exception):
    """The client closed the connection, or we are stopping."""


class Handler:
    """What both services share; `server.iana` is the IanaServer."""

    def drip(self, chunk=b" ", pause=0.02):
        while not self.server.iana.stopping.wait(pause):
            self.wfile.write(chunk)
            self.wfile.flush()
        raise ClientGone

    def flood(self, chunk):
        while not self.server.iana.stopping.is_set():
            self.wfile.write(chunk)
        raise ClientGone

    def silent(self):
        self.server.iana.wait_for_end(self.connection)
        raise ClientGone


class RdapHandler(Handler, http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        # In the thread of the connection: a client that stays silent keeps nobody waiting.
        self.request.do_handshake()
        self.number = self.server.iana.next_connection()
        super().setup()

    def do_GET(self):
        iana = self.server.iana
        label = self.path.removeprefix("/domain/") if self.path.startswith("/domain/") else ""
        iana.note(service="https", label=label, path=self.path, agent=self.headers.get("User-Agent", ""),
                  accept=self.headers.get("Accept", ""), connection=self.number)
        try:
            fault = iana.fault(label or self.path)
            getattr(self, "fault_" + fault["fault"].replace("-", "_"))(fault, label)
        except (ClientGone, OSError, ssl.SSLError):
            self.close_connection = True

    def recorded(self, label):
        if label:
            return self.server.iana.recorded_rdap(label)
        return self.server.iana.recorded_file(self.path)

    def answer(self, status, body, content_type=RDAP_TYPE, **fields):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def open_ended(self):
        """A header that promises more octets than anybody reads."""
        self.send_response(200)
        self.send_header("Content-Type", RDAP_TYPE)
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()

    def fault_none(self, _, label):
        body = self.recorded(label)
        if body is None:
            self.fault_status({"status": 404}, label)
        else:
            self.answer(200, body, RDAP_TYPE if label else "text/plain")

    def fault_status(self, fault, _):
        status = fault["status"]
        body = json.dumps({"rdapConformance": ["rdap_level_0"], "errorCode": status,
                           "title": self.responses.get(status, ("Error",))[0]}).encode("ascii")
        fields = {"Retry-After": str(fault["retry_after"])} if "retry_after" in fault else {}
        self.answer(status, body, **fields)

    def fault_file(self, fault, _):
        with open(fault["file"], "rb") as file:
            self.answer(200, file.read(), fault.get("type", RDAP_TYPE))

    def fault_html(self, _, __):
        self.answer(200, HTML.encode("ascii"))

    def fault_silent(self, _, __):
        self.silent()

    def fault_drip(self, _, __):
        self.open_ended()
        self.drip()

    def fault_truncated(self, _, label):
        body = self.recorded(label)
        self.send_response(200)
        self.send_header("Content-Type", RDAP_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) // 2])
        self.close_connection = True

    def fault_oversized(self, _, __):
        self.open_ended()
        self.flood(b"0" * 65536)

    def fault_long_header(self, _, __):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.flood(b"X-Filler: 0123456789\r\n" * 100)

    def fault_garbage(self, _, __):
        self.wfile.write(b"220 mail.example ESMTP\r\n" * 10)
        self.close_connection = True

    def fault_redirect(self, fault, label):
        host = self.headers["Host"]
        name, _, port = host.rpartition(":")
        way = fault["to"]
        if way == "same":
            # /moved/1/domain/LABEL is answered or sent on, as many times as there are hops.
            self.answer(302, b"", Location=f"/moved/{int(fault.get('hops', 1)) - 1}/domain/{label}")
        else:
            self.answer(302, b"", Location={
                "loop": f"https://{host}{self.path}", "host": f"https://elsewhere.example:{port}{self.path}",
                "port": f"https://{name}:{int(port) % 65535 + 1}{self.path}", "http": f"http://{host}{self.path}",
            }[way])

    def fault_moved(self, fault, _):
        left, label = fault["hops"], fault["label"]
        if left > 0:
            self.answer(302, b"", Location=f"/moved/{left - 1}/domain/{label}")
        else:
            self.fault_none(fault, label)

    def fault_close(self, _, __):
        self.close_connection = True

    def log_message(self, *_):
        pass


class WhoisHandler(Handler, socketserver.StreamRequestHandler):
    def handle(self):
        iana = self.server.iana
        label = self.rfile.readline(1024).decode("utf-8", "replace").removesuffix("\r\n")
        iana.note(service="whois", label=label, path="", agent="", accept="", connection=iana.next_connection())
        fault = iana.fault("whois:" + label)
        text = iana.recorded_whois(label)
        try:
            if fault["fault"] == "file":
                with open(fault["file"], "rb") as file:
                    text = file.read()
            elif fault["fault"] == "silent":
                self.silent()
            elif fault["fault"] == "drip":
                self.drip(b"%\n")
            elif fault["fault"] == "oversized":
                self.flood(b"%\n" * 32768)
            elif fault["fault"] == "truncated":
                text = text[:len(text) // 2]
            elif fault["fault"] == "close":
                return
            self.wfile.write(text)
        except (ClientGone, OSError):
            pass


class Service(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = False
    request_queue_size = 64

    def __init__(self, handler, iana, context=None):
        super().__init__(("127.0.0.1", 0), handler)
        self.iana = iana
        self.context = context

    def get_request(self):
        connection, address = super().get_request()
        if self.context:
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request, client_address):
        """A client that does not like our certificate, or goes away: what some tests are about."""
        if not isinstance(sys.exc_info()[1], (OSError, ssl.SSLError)):
            super().handle_error(request, client_address)


class IanaServer:
    def __init__(self, rdap, whois, files=None, plan=None, log=None):
        self.folders = (rdap, whois, files)
        self.folder = tempfile.mkdtemp(prefix="ccgate-iana-")
        self.plan = plan or os.path.join(self.folder, "plan.json")
        self.log = log or os.path.join(self.folder, "log.jsonl")
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.connections = 0
        self.seen_plan, self.counts = None, {}
        self.services = []

    def __enter__(self):
        try:
            self.ca = make_ca(self.folder, "ca")
            self.other_ca = make_ca(self.folder, "other-ca")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*make_certificate(self.folder, "ca"))
            context.set_alpn_protocols(["http/1.1"])
            self.services = [Service(RdapHandler, self, context), Service(WhoisHandler, self)]
            self.https, self.whois = (service.server_address[1] for service in self.services)
            for service in self.services:
                threading.Thread(target=service.serve_forever, args=(0.02,), daemon=True).start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for service in self.services:
            service.shutdown()
            service.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # For tests that run this in their own process.

    def set_plan(self, plan):
        with open(self.plan + ".new", "w", encoding="utf-8") as file:
            json.dump(plan, file)
        os.replace(self.plan + ".new", self.plan)

    def requests(self):
        try:
            with open(self.log, encoding="utf-8") as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    # For the handlers.

    def next_connection(self):
        with self.lock:
            self.connections += 1
            return self.connections

    def note(self, **values):
        line = json.dumps(dict(values, time=time.monotonic())) + "\n"
        with self.lock, open(self.log, "a", encoding="utf-8") as file:
            file.write(line)

    def fault(self, key):
        moved = key.split("/")
        if len(moved) == 5 and moved[1] == "moved" and moved[3] == "domain":
            return {"fault": "moved", "hops": int(moved[2]), "label": moved[4]}
        with self.lock:
            try:
                with open(self.plan, encoding="utf-8") as file:
                    text = file.read()
            except FileNotFoundError:
                text = "{}"
            if text != self.seen_plan:
                self.seen_plan, self.counts = text, {}
            fault = json.loads(text).get(key)
            self.counts[key] = self.counts.get(key, 0) + 1
            if fault is None or self.counts[key] > fault.get("times", self.counts[key]):
                return {"fault": "none"}
            return fault

    @staticmethod
    def read(folder, name):
        """None when there is no such file; names that lead out of the folder have none."""
        path = os.path.normpath(os.path.join(folder, name)) if folder else ""
        if not path.startswith(os.path.normpath(folder or "/") + os.sep) or not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return file.read()

    def recorded_rdap(self, label):
        return self.read(self.folders[0], label + ".json")

    def recorded_whois(self, label):
        found = self.read(self.folders[1], label.lower() + ".txt")
        return NOT_FOUND.format(label).encode("utf-8") if found is None else found

    def recorded_file(self, path):
        return self.read(self.folders[2], path.lstrip("/"))

    def wait_for_end(self, connection):
        """Until the client closes the connection or we stop."""
        connection.settimeout(0.05)
        while not self.stopping.is_set():
            try:
                if not connection.recv(1):
                    return
            except (TimeoutError, ssl.SSLWantReadError):
                pass


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("rdap")
    parser.add_argument("whois")
    for option in ("--files", "--plan", "--log"):
        parser.add_argument(option)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with IanaServer(**vars(arguments)) as iana:
        print(json.dumps({key: getattr(iana, key) for key in ("https", "whois", "ca", "other_ca", "plan", "log")}),
              flush=True)
        sys.stdin.buffer.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())

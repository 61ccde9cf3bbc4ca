"""Postfix: which addresses its cleanup(8) finds in a header section, and of which class each is.

It asks tables for every address that it may rewrite: sender_canonical_maps for those of From and its like,
recipient_canonical_maps for those of To and Cc. The tables are ours, and note what they are asked. All messages go
over one SMTP connection, and are thrown away behind it.
"""
import contextlib
import os
import re
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))
import postfix  # pylint: disable=wrong-import-position
from views import NOTHING, view  # pylint: disable=wrong-import-position

SETTINGS = """sender_canonical_classes = header_sender
sender_canonical_maps = socketmap:inet:127.0.0.1:{port}:sender
recipient_canonical_classes = header_recipient
recipient_canonical_maps = socketmap:inet:127.0.0.1:{port}:recipient
default_transport = discard:
relay_transport = discard:
local_header_rewrite_clients = static:all
smtpd_forbid_bare_newline = no
"""
# Fields of the two classes that are not From, To or Cc.
OTHERS = re.compile(rb"^(sender|reply-to|errors-to|return-path|return-receipt-to|bcc|apparently-to|resent-[a-z-]*|"
                    rb"mail-followup-to|disposition-notification-to)[ \t]*:", re.IGNORECASE | re.MULTILINE)


class Tables:
    """Answers that every address is to stay as it is (socketmap_table(5))."""

    def __init__(self):
        self.asked = []  # (table, key)
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    def answer(self, client):
        with contextlib.suppress(ConnectionError), client, client.makefile("rwb") as stream:
            while length := self.length(stream):
                table, _, key = stream.read(length + 1)[:-1].decode("utf-8", "replace").partition(" ")
                whole = key.rfind("@") > 0
                if whole:
                    self.asked.append((table, key))
                reply = (f"OK {key}" if whole else "NOTFOUND ").encode("utf-8")
                stream.write(b"%d:%s," % (len(reply), reply))
                stream.flush()

    @staticmethod
    def length(stream):
        digits = b""
        while (octet := stream.read(1)) not in (b":", b""):
            digits += octet
        return int(digits or b"0")

    def taken(self):
        asked, self.asked = self.asked, []
        return asked


class Client:
    """One SMTP connection, on which nothing is mended."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.replies = self.socket.makefile("rb")
        self.reply()
        self.send(b"EHLO mx.nic.xa\r\n", 1)

    def send(self, octets, replies):
        """The codes of the replies."""
        self.socket.sendall(octets)
        return [self.reply() for _ in range(replies)]

    def reply(self):
        while (line := self.replies.readline())[3:4] == b"-":
            pass
        return int(line[:3])

    def begin(self):
        begun = self.send(b"MAIL FROM:<anne@nic.xa>\r\nRCPT TO:<tld-ops-join@lists.example>\r\nDATA\r\n", 3)
        if begun != [250, 250, 354]:
            raise RuntimeError(f"the server answers {begun}")

    def takes(self, octets):
        """Whether the server takes the message."""
        return self.send(re.sub(rb"(^|\n)\.", rb"\1..", octets) + b".\r\n", 1) == [250]


def views(port, tables, messages):
    client = Client(port)
    for message in messages:
        client.begin()
        tables.taken()  # what smtpd(8) asks about the envelope
        taken = client.takes(message.octets)
        asked = tables.taken()
        if not taken or OTHERS.search(message.octets):
            yield NOTHING
        else:
            yield view([key for table, key in asked if table == "sender"],
                       [key for table, key in asked if table == "recipient"])


def read(messages):
    tables = Tables()
    with postfix.Postfix(gate=False, postfix=SETTINGS.replace("{port}", str(tables.port))) as server:
        return {"Postfix": list(views(server.smtp_port, tables, messages))}

"""An SMTP server that takes every mail and writes each into FOLDER as NUMBER.json: envelope and octets.

Usage: sink.py FOLDER. Listens on a port of the kernel's choice, written to FOLDER/port. A recipient that has a line
in FOLDER/refused is refused.
"""
import json
import os
import socketserver
import sys
import threading

counter = 0
lock = threading.Lock()


def write_whole(path, text):
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(text)
    os.rename(path + ".new", path)


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode("ascii") + b"\r\n")

    def handle(self):
        self.say("220 sink.example ESMTP")
        sender, recipients = "", []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-sink.example")
                self.say("250-8BITMIME")
                self.say("250 SMTPUTF8")
                continue
            if verb == b"MAIL":
                sender, recipients = self.address(line), []
            elif verb == b"RCPT":
                if self.address(line) in self.refused():
                    self.say("550 5.1.1 no such user")
                    continue
                recipients.append(self.address(line))
            elif verb == b"DATA":
                self.say("354 go on")
                self.keep(sender, recipients, self.data())
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    @staticmethod
    def address(line):
        return line[line.index(b"<") + 1:line.index(b">")].decode("utf-8")

    @staticmethod
    def refused():
        path = os.path.join(sys.argv[1], "refused")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()

    def data(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    @staticmethod
    def keep(sender, recipients, octets):
        global counter
        with lock:
            counter += 1
            number = counter
        mail = {"from": sender, "to": recipients, "octets": octets.decode("latin-1")}
        write_whole(os.path.join(sys.argv[1], f"{number:04}.json"), json.dumps(mail))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Session) as server:
        write_whole(os.path.join(sys.argv[1], "port"), str(server.server_address[1]))
        server.serve_forever()

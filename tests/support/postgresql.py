"""A PostgreSQL server of our own: a new cluster in a temporary folder, reached by a unix socket in it and by no
other way. Nothing of the machine's own PostgreSQL is read, written or started.

Environment: CCGATE_SERVERS (tree with the server, as scripts/install-packages unpacks it), else the machine's own
programs; CCGATE_NO_SKIP=1: a test that lacks something fails.
"""
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVERS = os.environ.get("CCGATE_SERVERS", os.path.join(SOURCE, "build", "servers", "root"))
DEADLINE = 60  # seconds until the server is there, whatever the machine is busy with
SKIPPED = 77  # exit status that ctest takes for "skipped"


def programs():
    """(tree, folder of initdb and postgres), or None: the newest version that is there."""
    for tree in (SERVERS, "/"):
        found = glob.glob(os.path.join(tree, "usr/lib/postgresql/*/bin"))
        found = [path for path in found if os.path.exists(os.path.join(path, "initdb"))]
        if found:
            return tree, max(found, key=lambda path: float(path.split(os.sep)[-2]))
    return None


def skip_unless_found():
    """Ends the program as a skipped test when there is no server."""
    if programs() is None:
        print(f"no PostgreSQL below {SERVERS}: run scripts/install-packages server", file=sys.stderr)
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED)


class PostgreSql:
    """Use it with `with`, or call close(). `settings`: of postgresql.conf."""

    def __init__(self, settings=None):
        tree, self.bin = programs()
        # Without fsync all is kept still when processes are killed: only the machine itself must not stop.
        self.settings = dict({"listen_addresses": "", "autovacuum": "off", "max_connections": "60", "fsync": "off"},
                             **(settings or {}))
        self.env = dict(os.environ, LC_ALL="C")
        if tree != "/":
            self.env["LD_LIBRARY_PATH"] = ":".join(glob.glob(os.path.join(tree, "usr/lib/*-linux-*")) +
                                                   glob.glob(os.path.join(tree, "lib/*-linux-*")))
        # The server refuses to be root. Who may enter the folder may enter the database.
        self.folder = tempfile.mkdtemp(prefix="ccgate-pg-")
        self.log = os.path.join(self.folder, "log")
        self.data = os.path.join(self.folder, "data")
        self.account = []
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.account = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        self.server = None
        self.url = f"postgresql:///postgres?host={self.folder}&user=ccgate"
        try:
            self.run("initdb", "--no-sync", "--auth=trust", "--username=ccgate", "--locale=C", "--encoding=UTF8",
                     "--pgdata", self.data)
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def run(self, name, *arguments):
        """A program of PostgreSQL. What it says is told when it fails."""
        done = subprocess.run([*self.account, os.path.join(self.bin, name), *arguments], env=self.env,
                              cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: exit status {done.returncode}\n{done.stdout}")
        return done.stdout

    def sql(self, text):
        """Runs SQL; rows without decoration."""
        return self.run("psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "ccgate", "-d",
                        "postgres", "-c", text)

    def launch(self):
        options = [part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")]
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen(
                [*self.account, os.path.join(self.bin, "postgres"), "-D", self.data, "-k", self.folder, *options],
                env=self.env, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start(self):
        end = time.monotonic() + DEADLINE
        self.launch()
        while not self.ready():
            ended = self.server.poll() is not None
            with open(self.log, encoding="utf-8", errors="replace") as file:
                log = file.read()
            if time.monotonic() > end or ended and "still in use" not in log:
                raise RuntimeError(f"PostgreSQL does not start\n{log}")
            time.sleep(0.02)
            if ended:  # processes of one that was killed are there still
                self.launch()

    def ready(self):
        """What the server writes into its pid file once it takes connections (pg_ctl(1) looks there too)."""
        try:
            with open(os.path.join(self.data, "postmaster.pid"), encoding="ascii") as file:
                lines = file.read().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.server.pid) and lines[7].strip() == "ready"

    def stop(self, how=signal.SIGINT):
        """SIGINT: transactions are rolled back; SIGQUIT: as if it crashed; SIGTERM: waits for its clients."""
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(DEADLINE)
            self.server = None

    def restart(self, how=signal.SIGINT):
        self.stop(how)
        self.start()

    def kill(self):
        """SIGKILL to the server; its processes end when they see that it is gone."""
        self.stop(signal.SIGKILL)

    def close(self):
        if self.server is not None and self.server.poll() is None:
            self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

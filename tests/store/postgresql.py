"""postgresql.py PROGRAM [ARGUMENT...]: runs a program with a PostgreSQL server of its own, named in
CCGATE_TEST_POSTGRESQL. A line `restart`, `crash` (and start), `stop` or `start` that it writes to the descriptor
CCGATE_TEST_CONTROL does that to the server; an octet on CCGATE_TEST_DONE says that it is done. With CCGATE_FSYNC=1 a commit waits for the disk,
as it should outside of tests. The exit status is the program's.
"""
import os
import signal
import subprocess
import sys
import threading

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "support"))
import postgresql  # noqa: E402  (after the path to it)



def obey(server, orders, done):
    does = {"restart": server.restart, "crash": lambda: server.restart(signal.SIGQUIT), "stop": server.stop,
            "start": server.start}
    with os.fdopen(orders, encoding="ascii") as lines:
        for line in lines:
            does[line.strip()]()
            os.write(done, b".")


def main():
    postgresql.skip_unless_found()
    with postgresql.PostgreSql({"fsync": "on" if os.environ.get("CCGATE_FSYNC") == "1" else "off"}) as server:
        orders, control = os.pipe()
        wait, done = os.pipe()
        env = dict(os.environ, CCGATE_TEST_POSTGRESQL=server.url, CCGATE_TEST_CONTROL=str(control),
                   CCGATE_TEST_DONE=str(wait))
        program = subprocess.Popen(sys.argv[1:], env=env, pass_fds=(control, wait))
        os.close(control)
        worker = threading.Thread(target=obey, args=(server, orders, done))
        worker.start()
        status = program.wait()
        worker.join()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())

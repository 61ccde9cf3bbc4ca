"""The programs that read mails, one line of input for each, and what they answer."""
import json
import os
import subprocess
import tempfile

from mails import LISTS

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
SERVERS = os.environ.get("CCGATE_SERVERS", os.path.join(SOURCE, "build", "servers", "root"))
SITE = os.path.join(SOURCE, "tests", "scenarios", "site", "ccgate.yaml")
PYTHON = "/usr/bin/python3"  # the one that the packages are built for
PERL = "/usr/bin/perl"
MAILMAN = os.path.join(SERVERS, "usr/lib/python3/dist-packages")
SYMPA = os.path.join(SERVERS, "usr/share/sympa/lib")
MLMMJ = os.path.join(SERVERS, "usr/bin/mlmmj-receive")


def why_not():
    """What the machine lacks, or None."""
    for path in (PYTHON, PERL, os.path.join(MAILMAN, "mailman"), SYMPA, MLMMJ):
        if not os.path.exists(path):
            return f"no {path}: run scripts/install-packages server"
    return None


def run(command, mails, **environment):
    """The lines that `command` answers, one for each mail."""
    environment.update(PATH="/usr/bin:/bin", LANG="C.UTF-8")
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as errors:
        told.write("".join(mail.line() for mail in mails).encode("ascii"))
        told.seek(0)
        done = subprocess.run(command, env=environment, stdin=told, stdout=subprocess.PIPE, stderr=errors,
                              check=False)
        lines = done.stdout.decode("utf-8", "replace").split("\n")[:-1]
        if done.returncode or len(lines) != len(mails):
            errors.seek(0)
            said = errors.read()[-2000:].decode("utf-8", "replace")
            raise RuntimeError(f"{command}: status {done.returncode}, {len(lines)} of {len(mails)} mails: {said}")
        return lines


def quick_folder():
    """For a manager that writes many files and needs none of them for long."""
    shared = "/dev/shm"
    place = shared if os.path.isdir(shared) and os.access(shared, os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="ccgate-managers-", dir=place)


def mailman3(mails):
    with quick_folder() as folder:
        return run([PYTHON, "-B", os.path.join(HERE, "mailman3_runner.py"), folder, LISTS["mailman3"]], mails,
                   CCGATE_MAILMAN=MAILMAN)


def mlmmj(mails):
    with quick_folder() as folder:
        return run([PYTHON, "-B", os.path.join(HERE, "mlmmj_receiver.py"), folder, LISTS["mlmmj"]], mails,
                   CCGATE_SERVERS=SERVERS)


def sympa(mails):
    usr = os.path.join(SERVERS, "usr")
    binary = os.path.join(usr, "lib", os.uname().machine + "-linux-gnu")
    versions = os.path.join(binary, "perl5")
    modules = [SYMPA, os.path.join(usr, "share/perl5")]
    modules += [os.path.join(versions, name) for name in sorted(os.listdir(versions))]
    domain = LISTS["sympa"].split("@")[1]
    with quick_folder() as folder:
        return run([PERL, os.path.join(HERE, "sympa_parser.pl"), domain, "sym", "sym2"], mails, TMPDIR=folder,
                   PERL5LIB=":".join(modules), LD_LIBRARY_PATH=binary)


MANAGERS = {"mailman3": mailman3, "mlmmj": mlmmj, "sympa": sympa}


def subscribed(manager, mails):
    """For each mail, the addresses that the manager would subscribe; `!` and a name is an error of its own."""
    return [line.split() for line in MANAGERS[manager](mails)]


def judged(program, mails):
    """For each mail, what ccgate takes it for: see tests/support/main_request_reader.cc."""
    return [json.loads(line) for line in run([program, SITE], mails)]

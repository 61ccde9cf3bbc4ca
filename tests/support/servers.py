"""For tests that start servers: ports for them, and waiting for what they do."""
import socket
import time


def wait_for(what, condition, seconds):
    """Polls until `condition()` is true and returns what it gave."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"gave up waiting for {what}")
        time.sleep(0.02)
    return value


def free_port():
    """A port that was free for TCP and UDP a moment ago."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def read_or(path, otherwise):
    try:
        return read(path)
    except OSError:
        return otherwise


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)

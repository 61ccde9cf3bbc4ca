"""A Chromium of our own, without a window, that knows nobody but us.

Environment: CCGATE_BROWSER (tree with Chromium, its driver and selenium, as scripts/install-packages unpacks it; `/`
takes the machine's own); CCGATE_NO_SKIP=1: a test that lacks something fails.
"""
import glob
import os
import sys
import tempfile

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TREE = os.environ.get("CCGATE_BROWSER", os.path.join(SOURCE, "build", "browser", "root"))
SKIPPED = 77  # exit status that ctest takes for "skipped"


def skip_without():
    """Ends the process where there is no browser."""
    for path in ("usr/lib/chromium/chromium", "usr/bin/chromedriver", "usr/lib/python3/dist-packages/selenium",
                 "usr/lib/python3/dist-packages/html5lib"):
        if not os.path.exists(os.path.join(TREE, path)):
            print(f"no {path} below {TREE}: run scripts/install-packages browser")
            sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") else SKIPPED)
    sys.path.insert(1, os.path.join(TREE, "usr/lib/python3/dist-packages"))


def environment():
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": tempfile.gettempdir()}
    if TREE != "/":
        folders = glob.glob(os.path.join(TREE, "usr/lib/*-linux-gnu*"))
        env["LD_LIBRARY_PATH"] = ":".join(folders + [os.path.join(folder, "pulseaudio") for folder in folders])
        if not os.path.exists("/etc/fonts/fonts.conf"):
            env["FONTCONFIG_SYSROOT"] = TREE
    return env


def start(folder):
    """A driver; everything that it writes goes into `folder`."""
    from selenium import webdriver  # pylint: disable=import-outside-toplevel,import-error
    from selenium.webdriver.chrome.service import Service  # pylint: disable=import-outside-toplevel,import-error
    options = webdriver.ChromeOptions()
    options.binary_location = os.path.join(TREE, "usr/lib/chromium/chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--disable-default-apps", "--no-proxy-server", f"--user-data-dir={folder}/profile"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = Service(os.path.join(TREE, "usr/bin/chromedriver"), env=dict(environment(), HOME=folder, TMPDIR=folder))
    return webdriver.Chrome(service=service, options=options)

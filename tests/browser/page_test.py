"""The page of `ccgate report --html`, as people and their browsers meet it. With CCGATE_SCREENSHOTS=FOLDER it leaves
pictures there, to be looked at."""
import base64
import collections
import http.server
import json
import os
import re
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(os.path.dirname(HERE), "report"))

import chromium  # pylint: disable=wrong-import-position

chromium.skip_without()

import html5lib  # pylint: disable=wrong-import-position,import-error
import report_site  # pylint: disable=wrong-import-position
from report_site import FIFTEEN, Site, refusal  # pylint: disable=wrong-import-position

# For each element with words of its own that can be seen: how far they stand out from what is behind them.
CONTRASTS = """
const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const color = (text) => text.match(/[\\d.]+/g).map(Number);
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const found = color(getComputedStyle(at).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found;
  }
  return [255, 255, 255];
};
const lowest = {};
for (const element of document.body.querySelectorAll("*")) {
  const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
  if (!own || element.closest("script, .spoken") || element.getClientRects().length === 0) continue;
  const style = getComputedStyle(element);
  const ink = color(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
  const [a, b] = [luminance(ink), luminance(behind(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const kind = (element.closest(".t") || element).className.baseVal || (element.closest(".t") || element).className ||
               element.tagName;
  lowest[kind] = Math.min(lowest[kind] || 99, ratio);
}
return lowest;
"""
STATES = {"sM": "member", "sD": "declined", "sP": "in progress", "sR": "refused", "sL": "lapsed", "sI": "invited",
          "sU": "uninvited"}


class Server:
    """One page, and who asked for what."""
    def __init__(self, page):
        self.asked = asked = []
        content = page.encode("utf-8")

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200 if self.path == "/report.html" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                if self.path == "/report.html":
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/report.html"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def fill(site):
    """Something of every state, and what others may write."""
    site.add_seed(FIFTEEN)
    site.add_hostile_members("nl", report_site.HOSTILE_NAMES)
    site.add_members([(cctld, "Anne", f"anne@{cctld}.example", "2014-11-05") for cctld in ("se", "no", "xn--p1ai")])
    decisions = [refusal(), refusal(id="h", cctlds=["de"], author="a@de.registry.example", verdict="hold",
                                    author_domain="de.registry.example", ground="guard", rule="young-contact"),
                 refusal(id="x", cctlds=["at"], ground=report_site.HOSTILE_GROUND, rule="</p><script>x</script>"),
                 refusal(id="y", cctlds=["mx"], author="zoe@mx.registry.example", ground=report_site.HOSTILE_GROUND,
                         author_domain="mx.registry.example", rule="</p><script>document.title='bad'</script>")]
    decisions += [refusal(id=f"i{number}", request="invite", cctlds=[cctld], verdict="", ground="", author="",
                          author_domain="", decided=f"2015-02-{number + 1:02}T09:00:00Z")
                  for number, cctld in enumerate("ie ie ie is it lt lu lv ma mc".split())]
    decisions.append(refusal(id="d", request="note", rule="decline", cctlds=["mt"], verdict="", ground="", author=""))
    decisions += [refusal(id=f"s{number}", cctlds=["fr"], author="mallory@evil.example", ground="outsider",
                          author_domain="evil.example", decided=f"2015-0{1 + number % 2}-1{number % 10}T09:00:00Z",
                          request_key=f"s{number}") for number in range(40)]
    site.fill(decisions)
    report_site.run_members(site, "remove", "--cctld", "se", "--why", "<script>document.title='bad'</script>",
                            "--now", "2015-02-20T00:00:00Z")


class PageTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        site = Site(cls.folder.name)
        fill(site)
        cls.cctlds = [json.loads(line) for line in site.run("--json")[1].splitlines()]
        cls.html = site.run("--html", "--people")[1]
        cls.server = Server(cls.html)
        cls.driver = chromium.start(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.server.close()
        cls.folder.cleanup()

    def setUp(self):
        self.command("Emulation.setScriptExecutionDisabled", value=False)
        self.command("Emulation.setEmulatedMedia", media="screen",
                     features=[{"name": "prefers-color-scheme", "value": "light"}])
        self.look(1100)
        self.driver.get_log("browser")
        self.server.asked.clear()
        self.driver.get(self.server.url)

    def command(self, name, **values):
        return self.driver.execute_cdp_cmd(name, values)

    def look(self, width, height=900):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                     mobile=False)

    def run_script(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def picture(self, name):
        folder = os.environ.get("CCGATE_SCREENSHOTS")
        if not folder:
            return
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        for number in range(min(int(size["height"]) // 1400 + 1, 4)):  # the rest is the same table going on
            shot = self.command("Page.captureScreenshot", captureBeyondViewport=True,
                                clip={"x": 0, "y": 1400 * number, "width": size["width"],
                                      "height": min(1400, size["height"] - 1400 * number), "scale": 1})
            with open(os.path.join(folder, f"{name}-{number}.png"), "wb") as file:
                file.write(base64.b64decode(shot["data"]))

    def tiles(self):
        return self.run_script("return Array.from(document.querySelectorAll('.tiles a'), a => [a.className, "
                               "a.textContent, a.getBoundingClientRect().width, a.getBoundingClientRect().height, "
                               "a.getAttribute('href')])")

    def check_tiles(self):
        counts = collections.Counter(line["state"] for line in self.cctlds if line["kind"] == "cctld")
        tiles = self.tiles()
        self.assertEqual(len(tiles), 310)  # 309, and the one of the tests
        self.assertEqual(collections.Counter(STATES[tile[0].split()[1]] for tile in tiles), counts)
        self.assertEqual(set(counts), set(STATES.values()))

    def test_one_request_and_nothing_to_complain_of(self):
        self.assertEqual(self.driver.get_log("browser"), [])
        self.assertEqual(self.server.asked, ["/report.html"])
        self.assertEqual(self.driver.title, "tld-ops on 2015-02-24")
        self.picture("light")

    def test_html(self):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(self.html)
        self.assertEqual(parser.errors, [])

    def test_tiles_and_counts(self):
        self.check_tiles()
        self.assertEqual(len({(round(tile[2]), round(tile[3])) for tile in self.tiles()}), 1)
        for _, text, _, _, href in self.tiles():
            with self.subTest(text):
                row = self.run_script("return document.getElementById(arguments[0]).textContent", href[1:])
                self.assertIn(re.match(r"\.\S+?(?=[A-Z])", text).group(0), row)
        summary = self.cctlds[0]
        numbers = self.run_script("return Array.from(document.querySelectorAll('.numbers b'), b => b.textContent)")
        self.assertEqual(numbers, [f"{summary[kind]['on']} of {summary[kind]['of']}" for kind in ("cctlds", "registries")]
                         + [str(summary["people"])])
        regions = self.run_script("return Array.from(document.querySelectorAll('table')[0].tBodies[0].rows, "
                                  "row => Array.from(row.cells, cell => cell.textContent))")
        self.assertEqual([row[1:] for row in regions],
                         [[f"{line[kind]['on']} of {line[kind]['of']}" for kind in ("cctlds", "registries")]
                          for line in self.cctlds if line["kind"] == "region"])

    def test_what_others_wrote_does_nothing(self):
        self.assertEqual(self.run_script("return document.querySelectorAll('script, style').length"), 2)
        self.assertEqual(self.run_script("return document.querySelectorAll('img, iframe, object, [onmouseover]').length"),
                         0)
        text = self.run_script("return document.body.textContent")
        self.assertIn("<script>document.title='bad'</script>", text)
        for mark in "\u202e\u2066\u2067\u2069":
            self.assertNotIn(mark, text)
        # Even where a fault let markup in, it would not run.
        self.run_script("""
            const script = document.createElement("script");
            script.textContent = "document.title = 'bad'";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"document.title='bad'\\">" +
              "<p style='position:fixed' id=styled onclick=\\"document.title='bad'\\">x</p><style>p{color:red}</style>");
            document.getElementById("styled").click();""")
        self.assertEqual(self.driver.title, "tld-ops on 2015-02-24")
        self.assertEqual(self.run_script("return getComputedStyle(document.getElementById('styled')).position"), "static")
        self.assertEqual(self.server.asked, ["/report.html"])
        self.assertTrue(self.driver.get_log("browser"))

    def test_contrast(self):
        lowest = {}
        for scheme in ("light", "dark"):
            self.command("Emulation.setEmulatedMedia", media="screen",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            found = self.run_script(CONTRASTS)
            lowest[scheme] = round(min(ratio for kind, ratio in found.items() if kind.startswith("t s")), 1)
            for kind, ratio in found.items():
                with self.subTest(f"{scheme}: {kind}"):
                    self.assertGreaterEqual(ratio, 4.5)
            self.assertEqual({kind.split()[1] for kind in found if kind.startswith("t s")}, set(STATES))
            self.picture(scheme)
        print("lowest contrast of a state:", lowest)

    def test_narrow(self):
        self.look(320, 640)
        self.assertLessEqual(self.run_script("return document.documentElement.scrollWidth"), 320)
        self.check_tiles()
        self.picture("narrow")

    def test_without_script(self):
        self.command("Emulation.setScriptExecutionDisabled", value=True)
        self.driver.get(self.server.url)
        self.assertEqual(self.run_script("return document.querySelectorAll('.find, button').length"), 0)
        self.check_tiles()
        self.assertEqual(self.run_script("return document.querySelectorAll('#all tbody tr').length"), 310)

    def test_find_and_sort(self):
        shown = ("return Array.from(document.querySelectorAll('#all tbody tr'))"
                 ".filter(row => row.getClientRects().length).map(row => row.cells[0].textContent)")
        box = self.driver.find_element("css selector", ".find input")
        box.send_keys("рф")
        self.assertEqual(self.run_script(shown), [".рф xn--p1ai"])
        self.assertEqual(self.run_script("return document.querySelector('.find [role=status]').textContent"), "1 of 310")
        box.clear()
        box.send_keys("REFUSED")
        self.assertEqual(self.run_script(shown), [".mx", ".xa"])
        box.send_keys("\ue003" * 7)
        self.assertEqual(len(self.run_script(shown)), 310)
        people = self.driver.find_elements("css selector", "#all thead button")[4]
        people.click()
        people.click()
        self.assertEqual(self.run_script(shown)[0], ".nl")
        self.assertEqual(self.run_script("return document.querySelector('[aria-sort]').getAttribute('aria-sort')"),
                         "descending")
        self.assertEqual(self.driver.get_log("browser"), [])

    def test_keys_and_names(self):
        for _ in range(3):
            self.driver.switch_to.active_element.send_keys("\ue004")
            outline = self.run_script("const style = getComputedStyle(document.activeElement);"
                                      "return [document.activeElement.tagName, style.outlineStyle, style.outlineWidth]")
            self.assertEqual(outline, ["A", "solid", "3px"])
        self.assertEqual(self.run_script("return document.querySelectorAll('table:not(:has(caption))').length"), 0)
        self.assertEqual(self.run_script("return document.querySelectorAll('th:not([scope])').length"), 0)
        self.assertEqual(self.run_script("return document.documentElement.lang"), "en")
        headings = self.run_script("return Array.from(document.querySelectorAll('h1, h2, h3'), h => h.tagName)")
        self.assertEqual(headings[0], "H1")
        self.assertEqual(headings.count("H1"), 1)
        # Words that run from right to left turn nothing around.
        self.assertEqual(self.run_script("return Array.from(document.querySelectorAll('.tiles a'))"
                                         ".filter(a => !a.querySelector('bdi')).length"), 0)

    def test_print(self):
        for scheme in ("light", "dark"):
            self.command("Emulation.setEmulatedMedia", media="",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            pdf = base64.b64decode(self.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
            pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
            self.assertGreater(pages, 2)
            self.assertLessEqual(pages, 12)
            print(f"pages in print, {scheme}:", pages)
            self.command("Emulation.setEmulatedMedia", media="print",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
            colors = self.run_script("return Array.from(document.querySelectorAll('body, .t, td, a'), element => "
                                     "getComputedStyle(element).backgroundColor + getComputedStyle(element).color)")
            self.assertLessEqual(set(colors), {"rgb(255, 255, 255)rgb(0, 0, 0)", "rgba(0, 0, 0, 0)rgb(0, 0, 0)"})
            folder = os.environ.get("CCGATE_SCREENSHOTS")
            if folder:
                with open(os.path.join(folder, f"print-{scheme}.pdf"), "wb") as file:
                    file.write(pdf)
            self.look(794)
            self.picture(f"print-{scheme}")


if __name__ == "__main__":
    unittest.main()

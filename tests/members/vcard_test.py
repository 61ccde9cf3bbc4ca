"""The vCards of `ccgate members` as another program reads them: vobject, of Debian."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77  # exit status that ctest takes for "skipped"
CSV = """\
cctld,name,email,phone,other_email
xa,"Anne; Example, \\n",anne@nic.xa,+999 555 0100,anne@other.example
xb,"Anne; Example, \\n",anne@nic.xa,+999 555 0100,anne@other.example
xa,<script>alert(1)</script>,ben@nic.xa,,
xn--p1ai,ÄÖÜ 電話,cleo@nic.xc,,
xb,"BEGIN:VCARD",dora@nic.xb,,
xb,{LONG},eve@nic.xb,,
"""

try:
    import vobject
except ImportError:
    vobject = None


class Cards(unittest.TestCase):
    def test_read_by_vobject(self):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:{folder}/ccgate.db"
            subprocess.run([os.environ["CCGATE_LEDGER_FILL"], url, os.path.join(os.path.dirname(HERE), "ledger")],
                           check=True)

            def members(*arguments, **options):
                return subprocess.run([os.environ["CCGATE"], "members", *arguments, "--store", url], check=True,
                                      capture_output=True, **options).stdout
            members("import", "--list", "tld-ops", "-", input=CSV.replace("{LONG}", "x" * 150).encode("utf-8"))
            octets = members("show", "--as", "vcf")
        self.assertLessEqual(max(len(line) for line in octets.split(b"\r\n")), 75)
        cards = {card.email.value: card for card in vobject.readComponents(octets.decode("utf-8"))}
        self.assertEqual(sorted(cards), [name + "@nic." + tld for name, tld in
                                         (("anne", "xa"), ("ben", "xa"), ("cleo", "xc"), ("dora", "xb"), ("eve", "xb"))])
        anne = cards["anne@nic.xa"]
        self.assertEqual(anne.version.value, "4.0")
        self.assertEqual(anne.fn.value, "Anne; Example, \\n")
        self.assertEqual([each.value for each in anne.email_list], ["anne@nic.xa", "anne@other.example"])
        self.assertIn("0100", anne.tel.value)
        self.assertEqual(cards["ben@nic.xa"].fn.value, "<script>alert(1)</script>")
        self.assertEqual(cards["cleo@nic.xc"].fn.value, "ÄÖÜ 電話")
        self.assertEqual(cards["dora@nic.xb"].fn.value, "BEGIN:VCARD")
        self.assertEqual(cards["eve@nic.xb"].fn.value, "x" * 150)


if __name__ == "__main__":
    if vobject is None:
        print("no vobject: run scripts/install-packages test")
        sys.exit(SKIPPED)
    unittest.main()

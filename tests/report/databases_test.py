"""`ccgate report` tells the same, octet for octet, whichever database the store is in."""
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(os.path.dirname(HERE), "support"))

import postgresql  # pylint: disable=wrong-import-position
from report_site import FIFTEEN, Site, refusal  # pylint: disable=wrong-import-position

postgresql.skip_unless_found()


def fill(site):
    site.add_seed(FIFTEEN)
    site.fill([refusal(), refusal(id="ask", cctlds=["de"], author="a@de.registry.example", verdict="ask",
                                  author_domain="de.registry.example", ground="contact_asked", request_key="k2",
                                  question="refused", contact="hostmaster@de.registry.example"),
               refusal(id="not", cctlds=["es", "se"], author="a@es.registry.example", author_domain="",
                       ground="not_authenticated", request_key="k3"),
               refusal(id="i1", request="invite", cctlds=["ie", "is"], verdict="", ground="", bounced="2015-02-21")])


class Databases(unittest.TestCase):
    maxDiff = None

    def test_both_tell_the_same(self):
        with postgresql.PostgreSql() as server, tempfile.TemporaryDirectory() as one, \
                tempfile.TemporaryDirectory() as other:
            sites = [Site(one), Site(other, url=server.url)]
            for site in sites:
                fill(site)
            for arguments in ([], ["--json", "--people"], ["follow-up"], ["follow-up", "--json"], ["decisions"],
                              ["--html", "--people"], ["--at", "2015-02-20T10:00:00Z", "--json"]):
                with self.subTest(arguments):
                    told = [site.run(*arguments) for site in sites]
                    self.assertEqual(told[0][::2], (0, ""))
                    self.assertEqual(told[0], told[1])
            self.assertIn("21 of 310 ccTLDs", told[1][1] + sites[1].run()[1])


if __name__ == "__main__":
    unittest.main()

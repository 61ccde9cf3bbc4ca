"""A site for reports: all ccTLDs with the families of IANA's data, and a store with whom and what a test says."""
import csv
import json
import os
import subprocess

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CCGATE = os.environ["CCGATE"]
FILL = os.environ["CCGATE_REPORT_FILL"]
SEED_DAY = "2015-02-24"
SEED_NOW = "2015-02-24T12:00:00Z"
# The example of the list's beginnings: 21 ccTLDs, of 15 registries where two pairs share a contact, else of 16.
SIXTEEN = "fr re pm yt tf wf br ca co dk jp nl tz za ar at be bg ci ch cr".split()
FIFTEEN = SIXTEEN[:-1] + ["li"]
CONFIG = """\
ccgate: 1
listen: unix:/run/ccgate/ccgate.sock
contacts: {file: contacts.json, overrides: registries.yaml}
store: STORE
MORE
lists:
  tld-ops: {address: tld-ops@lists.example, manager: mailman3, policy: any.policy.yaml}
"""


def rows(name):
    """Of a CSV file with comments in front."""
    with open(os.path.join(SOURCE, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def delegated():
    return [row["a_label"] for row in rows("milter/iana/cctlds.csv") if row["delegated"] == "1"]


def families():
    return {row["a_label"]: row["family"] for row in rows("tests/iana/families.csv")}


def domain_of(cctld, known={}):  # pylint: disable=dangerous-default-value
    known = known or families()
    return f"{known.get(cctld, cctld)}.registry.example"


class Site:
    def __init__(self, folder, more="", url=None):
        self.folder = folder
        self.url = url or f"sqlite:{folder}/ccgate.db"
        family = families()
        contacts = {cctld: {"admin": {"email": f"hostmaster@{domain_of(cctld, family)}"}} for cctld in delegated()}
        contacts["xa"] = {"admin": {"email": "hostmaster@nic.xa"}}
        self.write("contacts.json", json.dumps({"ccgate_contacts": 1, "cctlds": contacts}))
        self.write("registries.yaml", "xa: {region: AF}\n")
        self.write("ccgate.yaml", CONFIG.replace("STORE", self.url).replace("MORE\n", more))
        self.fill([])

    def without_xa(self):
        """Just what IANA has."""
        with open(self.path("contacts.json"), encoding="utf-8") as file:
            contacts = json.load(file)
        del contacts["cctlds"]["xa"]
        self.write("contacts.json", json.dumps(contacts))
        self.write("registries.yaml", "{}\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def fill(self, decisions):
        subprocess.run([FILL, self.url], input="".join(json.dumps(each) + "\n" for each in decisions),
                       encoding="utf-8", check=True)

    def add_members(self, members):
        """(ccTLD, name, e-mail, since) of each."""
        with open(self.path("members.csv"), "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["cctld", "name", "email", "phone", "other_email", "since"])
            for cctld, name, email, since in members:
                out.writerow([cctld, name, email, "+999 555 0100", "", since])
        subprocess.run([CCGATE, "members", "import", "-c", self.path("ccgate.yaml"), self.path("members.csv")],
                       check=True, stdout=subprocess.DEVNULL)

    def add_hostile_members(self, cctld, names):
        """As they stand in a store whose import had other rules."""
        self.fill([{"member": cctld, "name": name, "email": f"h{number}@{domain_of(cctld)}", "phone": name,
                    "since": "2015-01-20"} for number, name in enumerate(names)])

    def add_seed(self, cctlds, people=34):
        """The members of the example: one for each registry, and more of some until there are so many people."""
        family = families()
        members, addresses = [], set()
        for number in range(3):
            for cctld in cctlds:
                email = f"p{number}@{domain_of(cctld, family)}"
                if email in addresses or len(addresses) < people:
                    addresses.add(email)
                    members.append((cctld, f"Person {number}", email, SEED_DAY))
        self.add_members(members)

    def run(self, *arguments, now=SEED_NOW):
        """(exit status, standard output, standard error) of `ccgate report`."""
        done = subprocess.run([CCGATE, "report", "-c", self.path("ccgate.yaml"), "--now", now, *arguments],
                              capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout, done.stderr


def run_members(site, *arguments):
    subprocess.run([CCGATE, "members", arguments[0], "-c", site.path("ccgate.yaml"), *arguments[1:]], check=True,
                   stdout=subprocess.DEVNULL)


def refusal(**more):
    """A request of .xa that was refused, as the ledger has it."""
    return {"id": "7k2m9qx40c1d", "decided": "2015-02-20T09:00:00Z", "cctlds": ["xa"], "author": "anne@nic.xa",
            "author_domain": "nic.xa", "verdict": "reject", "ground": "contact_not_in_copy", "rule": "default",
            "request_key": "k1", **more}


# What others may write. Some of it the parser of addresses keeps away; a store of another origin may have it.
HOSTILE_NAMES = ["<script>document.title='bad'</script>", "\"><img src=x onerror=\"document.title='bad'\">",
                 "\u202egnp.exe", "=HYPERLINK(\"http://evil.example\")", "</style><script>document.title='bad'</script>",
                 "a" * 4096, "&lt;b&gt; &amp; {author}", "</title></table>", "javascript:alert(1)", "-->", "]]>",
                 "\u2066\u2067x\u2069", "Zoë \u0645\u0631\u062d\u0628\u0627"]
HOSTILE_GROUND = "<b onmouseover=\"document.title='bad'\">x</b>"

#include "policy/yaml/schema.h"

#include <array>

namespace ccgate {
namespace {

constexpr auto kConfig = SchemaFile::config;
constexpr auto kPolicy = SchemaFile::policy;
constexpr auto kRegistries = SchemaFile::registries;
constexpr auto kScenario = SchemaFile::scenario;
constexpr auto kContacts = SchemaFile::contacts;

constexpr SchemaKey kKeys[] = {
    {kConfig, "ccgate", "1", "required", "format of the file"},
    {kConfig, "listen", "socket or list of sockets", "required",
     "where the MTA connects: unix:PATH, inet:PORT@HOST, inet6:PORT@HOST or fd:N"},
    {kConfig, "socket", "mapping", "", "who may connect"},
    {kConfig, "socket.mode", "octal mode in quotes", "", "permissions of the socket, as in \"0660\""},
    {kConfig, "socket.group", "group", "", "group of the socket: the one the MTA runs in"},
    {kConfig, "socket.public", "true | false", "false", "an inet socket that other machines can reach"},
    {kConfig, "authserv_id", "domain", "the MTA's own name", "name written into Authentication-Results"},
    {kConfig, "dns", "mapping", "", "how DNS is asked"},
    {kConfig, "dns.servers", "list of ADDRESS@PORT", "those of resolv.conf", "resolvers to ask"},
    {kConfig, "dns.timeout", "duration", "5s", "longest wait for one answer"},
    {kConfig, "dns.trust_anchor", "file", "", "DNSSEC root key; without it answers are not validated"},
    {kConfig, "contacts", "mapping", "required", "the contacts of the ccTLDs"},
    {kConfig, "contacts.file", "file", "required", "contacts.json: the contacts of each ccTLD"},
    {kConfig, "contacts.overrides", "file", "", "registries.yaml: what the operator knows better"},
    {kConfig, "contacts.max_age", "duration", "7d", "contact data older than this is stale"},
    {kConfig, "contacts.cool_down", "duration", "14d",
     "how long the one before a new contact is remembered to the rules"},
    {kConfig, "aliases", "list of files", "",
     "aliases(5) texts: an address and its target reach the same people"},
    {kConfig, "on", "mapping", "", "what gated mail gets when something is not as it should be"},
    {kConfig, "on.internal_error", "tempfail | hold", "tempfail", "a failure of ccgate itself"},
    {kConfig, "on.dns_error", "tempfail | hold", "tempfail", "an answer of DNS that decides is missing"},
    {kConfig, "on.stale_contacts", "tempfail | hold", "tempfail",
     "the contact data is too old, or bad for the ccTLD"},
    {kConfig, "on.over_limit", "tempfail | reject | hold", "reject", "a message is over one of `limits`"},
    {kConfig, "mixed_recipients", "split | reject | drop", "reject",
     "a command address and other recipients in one transaction"},
    {kConfig, "limits", "mapping", "", "what one message may cost"},
    {kConfig, "limits.header_bytes", "size", "256KiB", "longest header section"},
    {kConfig, "limits.message_bytes", "size", "10MiB", "largest message"},
    {kConfig, "limits.addresses", "number", "1000", "most addresses in one header field"},
    {kConfig, "limits.signatures", "number", "20", "most DKIM signatures looked at"},
    {kConfig, "limits.mime_depth", "number", "20", "deepest nesting of parts in the body"},
    {kConfig, "log", "mapping", "", "the log on standard error"},
    {kConfig, "log.format", "logfmt | json", "logfmt", "shape of a line"},
    {kConfig, "log.level", "error | warning | info | debug", "info", "least important line that is written"},
    {kConfig, "store", "URL", "", "what is remembered: sqlite:/absolute/path or postgresql://HOST/DATABASE"},
    {kConfig, "submit", "URL", "smtp://127.0.0.1:25 with a store",
     "how mail of ccgate's own leaves: smtp://HOST, smtp://HOST:PORT or sendmail:/absolute/path"},
    {kConfig, "notices", "mapping", "", "the texts of mail to contacts"},
    {kConfig, "notices.folder", "folder", "", "texts that replace those built in"},
    {kConfig, "notices.languages", "mapping of languages by ccTLD", "", "texts in other languages"},
    {kConfig, "notices.languages.*", "language", "", "the suffix of the texts for one ccTLD, as in fr"},
    {kConfig, "ask", "mapping", "", "how contacts are asked"},
    {kConfig, "ask.style", "tempfail | hold | reject", "tempfail",
     "what becomes of a request until the contact answers"},
    {kConfig, "ask.expires", "duration", "7d", "a later answer does not count"},
    {kConfig, "ask.fresh", "duration", "14d", "how long a confirmation lets the same request in"},
    {kConfig, "object", "mapping", "", "objections of contacts"},
    {kConfig, "object.window", "duration", "72h", "how long after an acceptance a contact can object"},
    {kConfig, "replay", "mapping", "", "messages that come again"},
    {kConfig, "replay.window", "duration", "24h", "how long the same message gets the answer that it got"},
    {kConfig, "flood", "mapping", "", "most in 24 hours"},
    {kConfig, "flood.author_domain", "number", "100", "requests to a list from one author domain"},
    {kConfig, "flood.cctld", "number", "100", "requests to a list for one ccTLD"},
    {kConfig, "flood.contact", "number", "20", "questions to one contact, and notices"},
    {kConfig, "flood.foreign", "number", "3", "of them, those because of one author domain of others"},
    {kConfig, "hooks", "mapping", "", "programs that are run after the answer"},
    {kConfig, "hooks.accepted", "program and arguments", "", "run for each acceptance"},
    {kConfig, "hooks.objected", "program and arguments", "", "run for each objection"},
    {kConfig, "lists", "mapping of lists by name", "required", "the mailing lists behind the gate"},
    {kConfig, "lists.*", "mapping", "", "one mailing list"},
    {kConfig, "lists.*.address", "address", "required", "where members post"},
    {kConfig, "lists.*.manager", "mailman3 | mailman2 | sympa | mlmmj | plain", "required",
     "the list manager: which addresses take commands, and where it reads them"},
    {kConfig, "lists.*.form", "list of addresses", "", "where people read the joining form"},
    {kConfig, "lists.*.also", "list of addresses", "", "local aliases of command addresses"},
    {kConfig, "lists.*.delimiter", "one character", "+", "between local part and detail of an address"},
    {kConfig, "lists.*.policy", "file", "required", "the *.policy.yaml that decides"},
    {kConfig, "lists.*.owner", "address", "that of the list manager", "who is told of objections"},
    {kConfig, "lists.*.retention", "duration", "400d", "how long a decision is remembered"},
    {kConfig, "lists.*.retention_refused", "duration", "30d",
     "how long a refusal of mail without authentication is remembered"},
    {kConfig, "lists.*.roster", "file", "", "the members for each ccTLD"},

    {kPolicy, "ccgate", "1", "required", "format of the file"},
    {kPolicy, "policy", "name", "required", "name of the policy"},
    {kPolicy, "mode", "enforce | observe", "enforce",
     "observe: decide, log, tell in a header, deliver all the same"},
    {kPolicy, "authority", "list of roles", "[admin]",
     "whose copy or authorship counts: admin, tech, security, authorizing"},
    {kPolicy, "tlds", "mapping", "", "for which ccTLDs a request is"},
    {kPolicy, "tlds.missing", "from_admin | hold | reject", "from_admin",
     "when none is named; from_admin: all whose contact is the author or copied"},
    {kPolicy, "define", "mapping of conditions by name", "", "conditions with a name, for use further down"},
    {kPolicy, "define.*", "condition", "", "one condition with a name"},
    {kPolicy, "guards", "list of guards", "", "conditions on every request, beside the built-in guards"},
    {kPolicy, "guards[].id", "name", "required", "name of the guard in logs"},
    {kPolicy, "guards[].require", "list of conditions", "required", "all must hold"},
    {kPolicy, "guards[].else", "outcome", "required", "what becomes of the request otherwise"},
    {kPolicy, "rules", "list of rules", "required",
     "tried in order for each ccTLD; the first that matches decides"},
    {kPolicy, "rules[].id", "name", "required", "name of the rule in logs"},
    {kPolicy, "rules[].for", "list of kinds", "[subscribe]",
     "kinds of request: subscribe, unsubscribe, confirm, other"},
    {kPolicy, "rules[].when", "list of conditions", "always", "all must hold"},
    {kPolicy, "rules[].then", "outcome", "required", "the decision"},
    {kPolicy, "rules[].do", "list of actions", "", "what is done beside the decision"},
    {kPolicy, "rules[].do[].inform", "contact or list of contacts", "",
     "admin_contact, tech_contact, security_contact, authorizing_contact: is told; or nobody"},
    {kPolicy, "rules[].do[].add_header", "mapping", "", "a header field to add"},
    {kPolicy, "rules[].do[].add_header.name", "field name", "required", "name of the field"},
    {kPolicy, "rules[].do[].add_header.value", "text", "required", "its text: one line of ASCII"},
    {kPolicy, "rules[].do[].add_recipient", "address", "", "gets the message too"},
    {kPolicy, "rules[].do[].redirect", "address", "", "gets the message instead of the command address"},
    {kPolicy, "default", "outcome", "reject", "when no rule of the kind matches"},
    {kPolicy, "default.reject", "mapping", "", "refuse for good, with a reply of the policy's own"},
    {kPolicy, "default.tempfail", "mapping", "", "refuse for now, with a reply of the policy's own"},
    {kPolicy, "default.accept", "mapping", "", "let through; also written as a word"},
    {kPolicy, "default.ask", "mapping", "", "ask the admin contact; also written as a word"},
    {kPolicy, "default.ask.style", "tempfail | hold | reject", "that of ccgate.yaml",
     "what becomes of the request until the contact answers"},
    {kPolicy, "default.hold", "mapping", "", "keep in the mail server's hold queue; also written as a word"},
    {kPolicy, "default.discard", "mapping", "", "take and throw away; also written as a word"},
    {kPolicy, "default.*.code", "number", "", "SMTP reply code: 550 to 559, or 450 to 459 with tempfail"},
    {kPolicy, "default.*.status", "x.y.z", "", "enhanced status code (RFC 3463) of the same class"},
    {kPolicy, "default.*.text", "text", "",
     "one line of ASCII, at most 300 bytes; {tld} and {admin_contact} are filled in"},
    {kPolicy, "tests", "list of file patterns", "", "scenario files, relative to the policy file"},

    {kRegistries, "shared_domains", "list of domains", "", "free mail and the like: never the same registry"},
    {kRegistries, "*", "mapping", "", "one ccTLD, and those it covers"},
    {kRegistries, "*.covers", "list of ccTLDs", "the ccTLD itself", "ccTLDs of the same registry"},
    {kRegistries, "*.domains", "list of domains", "", "mail domains of the registry; only these count then"},
    {kRegistries, "*.operators", "list of domains", "", "mail domains of those who act for the registry"},
    {kRegistries, "*.aliases", "mapping of lists of addresses by contact", "",
     "addresses that reach the same people as the contact"},
    {kRegistries, "*.aliases.*", "list of addresses", "", "these count as the contact"},
    {kRegistries, "*.same_registry", "never", "", "no author domain is the registry's"},
    {kRegistries, "*.region", "AF | AP | EU | LAC | NA", "ICANN's", "where its ccTLDs count"},

    {kScenario, "story", "text", "required", "what happens, in one sentence"},
    {kScenario, "spec", "list of texts", "", "where it is specified"},
    {kScenario, "now", "timestamp", "required", "the clock, as in 2030-01-15T12:00:00Z"},
    {kScenario, "config", "file", "", "the ccgate.yaml to play under"},
    {kScenario, "policy", "mapping or file", "", "the policy to play under"},
    {kScenario, "registries", "mapping", "", "as in registries.yaml"},
    {kScenario, "contacts", "list of registries", "", "the contact data"},
    {kScenario, "contacts[].registry", "text", "", "name of the registry"},
    {kScenario, "contacts[].cctlds", "list of ccTLDs", "required", "its ccTLDs"},
    {kScenario, "contacts[].admin_contact", "address", "", "admin contact of each"},
    {kScenario, "contacts[].tech_contact", "address", "", "technical contact of each"},
    {kScenario, "contacts[].mail_domains", "list of domains", "", "as `domains` in registries.yaml"},
    {kScenario, "contacts[].changed", "timestamp | unknown", "ten years before now",
     "when IANA changed the contacts last"},
    {kScenario, "contacts[].first_seen", "timestamp | unknown", "ten years before now",
     "since when their addresses are seen"},
    {kScenario, "contacts[].previous_contact", "address", "", "who was the admin contact before"},
    {kScenario, "contacts[].dnssec", "true | false", "", "the ccTLDs are signed"},
    {kScenario, "contacts[].fetched", "timestamp", "that of all contact data",
     "when the entries were fetched"},
    {kScenario, "contacts_age", "duration", "0s", "how old the contact data is at `now`"},
    {kScenario, "dns", "mapping of names", "", "the zone that answers"},
    {kScenario, "dns.*", "mapping", "", "the records of one name"},
    {kScenario, "dns.*.A", "address or list", "", "IPv4 addresses"},
    {kScenario, "dns.*.AAAA", "address or list", "", "IPv6 addresses"},
    {kScenario, "dns.*.MX", "text or list", "", "`10 mx.example` or the name alone"},
    {kScenario, "dns.*.TXT", "text or list", "", "one text for each record"},
    {kScenario, "dns.*.PTR", "name or list", "", "names"},
    {kScenario, "dns.*.CNAME", "name", "", "the name that this one is an alias of"},
    {kScenario, "dns.*.fail", "servfail | timeout", "", "how questions about the name go wrong"},
    {kScenario, "history", "mapping", "", "what was before"},
    {kScenario, "history.seen_before", "true | false", "unknown", "the same message was decided before"},
    {kScenario, "history.rate", "number", "unknown", "requests of the author domain in 24 hours"},
    {kScenario, "history.smtputf8", "true | false", "", "the mail server takes addresses that are not ASCII"},
    {kScenario, "history.members", "mapping of numbers by ccTLD", "those of the list's roster",
     "how many members there are"},
    {kScenario, "history.members.*", "number", "", "members for one ccTLD"},
    {kScenario, "session", "mapping", "required", "what the SMTP client says"},
    {kScenario, "session.client", "address", "", "the client's address"},
    {kScenario, "session.helo", "name", "", "its HELO"},
    {kScenario, "session.mail_from", "address or <>", "", "MAIL FROM"},
    {kScenario, "session.rcpt_to", "address or list", "required", "RCPT TO"},
    {kScenario, "sign", "list of signatures", "",
     "DKIM signatures to make, one after another, the last on top"},
    {kScenario, "sign[].domain", "domain", "required", "d="},
    {kScenario, "sign[].selector", "name", "s1", "s="},
    {kScenario, "sign[].key", "rsa2048 | rsa1024 | rsa768 | ed25519", "rsa2048", "the key, made for the run"},
    {kScenario, "sign[].algorithm", "rsa-sha256 | rsa-sha1 | ed25519-sha256", "that of the key", "a="},
    {kScenario, "sign[].canonicalization", "relaxed | simple | relaxed/simple | simple/relaxed", "relaxed",
     "c=, of header and body"},
    {kScenario, "sign[].headers", "list of field names", "those that matter", "h="},
    {kScenario, "sign[].body_length", "number", "", "l="},
    {kScenario, "sign[].signed_at", "timestamp", "", "t="},
    {kScenario, "sign[].expires", "timestamp", "", "x="},
    {kScenario, "sign[].publish", "text", "{record}",
     "the key record to publish: {record} whole, {p} or {pkcs1} the key alone; `nothing` for none"},
    {kScenario, "sign[].extra_tags", "text", "", "tags put in as they are"},
    {kScenario, "sign[].field", "text", "", "the whole field as it stands; {h}, {bh} and {b} are filled in"},
    {kScenario, "message", "text", "required", "the message, before it is signed"},
    {kScenario, "after_signing", "mapping", "", "what happens to the message on its way"},
    {kScenario, "after_signing.prepend", "text", "", "header fields put on top"},
    {kScenario, "after_signing.append", "text", "", "lines put at the end of the body"},
    {kScenario, "after_signing.replace", "list of replacements", "", "texts that become others"},
    {kScenario, "after_signing.replace[].text", "text", "required", "what is changed, wherever it stands"},
    {kScenario, "after_signing.replace[].by", "text", "", "what then stands there"},
    {kScenario, "expect", "mapping", "required", "what must come of it"},
    {kScenario, "expect.decision", "accept | ask | hold | tempfail | discard | reject | untouched", "",
     "the decision"},
    {kScenario, "expect.ground", "word", "", "the ground"},
    {kScenario, "expect.rule", "name", "", "the rule or guard that decided"},
    {kScenario, "expect.tlds", "list of ccTLDs", "", "the ccTLDs that were decided"},
    {kScenario, "expect.request", "subscribe | unsubscribe | confirm | other | post | owner", "",
     "what was asked"},
    {kScenario, "expect.informed", "list of addresses", "", "recipients that were added, all of them"},
    {kScenario, "expect.reply", "mapping", "", "the SMTP reply"},
    {kScenario, "expect.reply.code", "number", "", "reply code"},
    {kScenario, "expect.reply.status", "x.y.z", "", "enhanced status code"},
    {kScenario, "expect.reply.text", "text", "", "stands somewhere in the reply"},

    {kContacts, "ccgate_contacts", "1", "required", "format of the file"},
    {kContacts, "source", "text", "", "where the data comes from"},
    {kContacts, "fetched", "timestamp", "", "when it was fetched as a whole"},
    {kContacts, "cctlds", "mapping by ccTLD", "required", "lower-case A-labels"},
    {kContacts, "cctlds.*", "mapping", "", "one ccTLD"},
    {kContacts, "cctlds.*.admin", "mapping", "required", "the administrative contact"},
    {kContacts, "cctlds.*.tech", "mapping", "", "the technical contact"},
    {kContacts, "cctlds.*.security", "mapping", "", "the security contact"},
    {kContacts, "cctlds.*.authorizing", "mapping", "", "the authorizing contact"},
    {kContacts, "cctlds.*.*.email", "address", "required", "its address"},
    {kContacts, "cctlds.*.*.name", "text", "", "its name"},
    {kContacts, "cctlds.*.*.changed", "timestamp", "", "when IANA changed it last"},
    {kContacts, "cctlds.*.*.first_seen", "timestamp", "", "since when this address is seen without a break"},
    {kContacts, "cctlds.*.*.previous", "mapping", "", "who was the contact before"},
    {kContacts, "cctlds.*.*.previous.email", "address", "required", "its address"},
    {kContacts, "cctlds.*.*.previous.first_seen", "timestamp", "", "when it was first seen"},
    {kContacts, "cctlds.*.*.previous.last_seen", "timestamp", "", "when it was seen last"},
    {kContacts, "cctlds.*.organisation", "text", "", "the ccTLD manager"},
    {kContacts, "cctlds.*.fetched", "timestamp", "", "when the entry was fetched"},
    {kContacts, "cctlds.*.dnssec", "true | false", "", "the ccTLD is signed"},
    {kContacts, "cctlds.*.anomaly", "text", "", "why the entry is doubtful"},
};

}  // namespace

std::span<const SchemaKey> schema_keys() noexcept {
  return kKeys;
}

std::vector<const SchemaKey*> schema_children(SchemaFile file, std::string_view path) {
  std::vector<const SchemaKey*> children;
  for (const SchemaKey& key : kKeys) {
    if (key.file != file) continue;
    std::string_view rest = key.path;
    if (!path.empty()) {
      if (!rest.starts_with(path) || rest.size() <= path.size() || rest[path.size()] != '.') continue;
      rest.remove_prefix(path.size() + 1);
    }
    if (rest.find_first_of(".[") == std::string_view::npos) children.push_back(&key);
  }
  return children;
}

std::string_view last_part(std::string_view path) noexcept {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::vector<std::string> listed_words(std::string_view words) {
  std::vector<std::string> list;
  while (!words.empty()) {
    const std::size_t end = words.find_first_of(" |");
    if (end != 0) list.emplace_back(words.substr(0, end));
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
  }
  return list;
}

}  // namespace ccgate

#include "policy/message/message.h"

#include <algorithm>
#include <array>

#include "policy/message/date_time.h"
#include "policy/message/line_limit.h"
#include "policy/names/public_suffix.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

/// The fields that a decision reads, and the others that may stand once only (RFC 5322 3.6, RFC 2045 3).
enum class Known {
  from,
  sender,
  reply_to,
  to,
  cc,
  subject,
  date,
  message_id,
  content_type,
  content_encoding,
  once,
  other
};

Known known(const std::string& lower_name) {
  struct Entry {
    std::string_view name;
    Known field;
  };
  static constexpr std::array<Entry, 14> kFields = {{{"from", Known::from},
                                                     {"sender", Known::sender},
                                                     {"reply-to", Known::reply_to},
                                                     {"to", Known::to},
                                                     {"cc", Known::cc},
                                                     {"subject", Known::subject},
                                                     {"date", Known::date},
                                                     {"message-id", Known::message_id},
                                                     {"content-type", Known::content_type},
                                                     {"content-transfer-encoding", Known::content_encoding},
                                                     {"bcc", Known::once},
                                                     {"in-reply-to", Known::once},
                                                     {"references", Known::once},
                                                     {"mime-version", Known::once}}};
  for (const Entry& each : kFields)
    if (each.name == lower_name) return each.field;
  return Known::other;
}

Fault malformed(std::string why) {
  return {Fault::Kind::malformed, std::move(why)};
}

bool is_field_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_visible_ascii(c) && c != ':'; });
}

/// No NUL, no control but TAB, line ends only as folds. A CR is none: the MTA has taken those of line ends
/// away, and for many readers of the message the field, or the header section, ends at one that is left.
bool is_field_value(std::string_view value) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    const auto octet = static_cast<unsigned char>(value[at]);
    if (octet == '\n') {
      if (at + 1 == value.size() || (value[at + 1] != ' ' && value[at + 1] != '\t')) return false;
      continue;
    }
    if ((octet < 0x20 && octet != '\t') || octet == 0x7f) return false;
  }
  return true;
}

/// The first word of a structured field, in lower case, without comment or parameter.
std::string first_word(std::string_view value) {
  const std::string text = unfold(value);
  return ascii_lower(trim(text.substr(0, text.find_first_of("(;"))));
}

std::optional<Fault> automatic_fault(const std::string& name, std::string_view value) {
  const auto robot = [](std::string why) { return Fault{Fault::Kind::automatic, std::move(why)}; };
  if (name == "auto-submitted" && first_word(value) != "no")
    return robot("automatic mail is no request; write the mail by hand");
  if (name == "precedence") {
    const std::string word = first_word(value);
    if (word == "bulk" || word == "list" || word == "junk")
      return robot("bulk mail is no request; send it without a Precedence field");
  }
  if (name.starts_with("list-"))
    return robot("mail that came over a list is no request; write to us directly");
  if (name.starts_with("resent-")) return robot("a resent message is no request; write a new one");
  return std::nullopt;
}

/// True for the author domain, the names around it, and nothing outside its organizational domain.
bool in_author_domain(const Domain& domain, const Domain& author_domain) {
  if (domain == author_domain) return true;
  const auto organizational = organizational_domain(author_domain);
  return organizational && domain.is_within(*organizational);
}

/// Reads the fields one after another.
class Reader {
 public:
  explicit Reader(const Limits& limits) : addresses_left_(limits.addresses) {}

  std::optional<Fault> field(const HeaderField& field, std::size_t index) {
    if (!is_field_name(field.name))
      return malformed(
          "a header field name of this message has a blank or an odd character; send it from a usual mail "
          "program");
    const std::string name = ascii_lower(field.name);
    const Known kind = known(name);
    if (!is_field_value(field.value))
      return malformed(
          "a header field of this message has a control character; send it from a usual mail program");
    if (has_long_line(field.name, field.value)) return long_line_fault();
    if (kind == Known::other) return automatic_fault(name, field.value);
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end())
      return malformed("the " + shown(name) + " field stands twice; send it once");
    seen_.push_back(name);
    if (kind != Known::once && !is_utf8(field.value))
      return malformed("the " + shown(name) + " field is not valid UTF-8; write it in plain ASCII");
    switch (kind) {
      case Known::from:
        return addresses(name, field.value, from_);
      case Known::sender:
        return addresses(name, field.value, sender_);
      case Known::reply_to:
        return addresses(name, field.value, reply_to_);
      case Known::to:
        return addresses(name, field.value, to_);
      case Known::cc:
        return addresses(name, field.value, cc_);
      case Known::subject:
        subject_ = unfold(field.value);
        break;
      case Known::date:
        date_ = parse_date_time(unfold(field.value));
        break;
      case Known::message_id:
        message_id_ = unfold(field.value);
        break;
      case Known::content_type:
      case Known::content_encoding:
        content_fields_.push_back(index);
        break;
      case Known::once:
      case Known::other:
        break;
    }
    return std::nullopt;
  }

  std::variant<Message, Fault> finish() {
    if (from_.empty()) return malformed("there is no From field; send the message with your address in From");
    if (from_.size() != 1) return malformed("From names several authors; put one address in From");
    if (sender_.size() > 1) return malformed("Sender names several addresses; leave it out");
    const Domain& author_domain = from_.front().domain();
    for (const Address& each : reply_to_)
      if (!in_author_domain(each.domain(), author_domain))
        return malformed("Reply-To is in another domain than From; leave it out");
    for (const Address& each : sender_)
      if (!in_author_domain(each.domain(), author_domain))
        return malformed("Sender is in another domain than From; write the mail yourself");
    std::optional<Address> sender;
    if (!sender_.empty()) sender = sender_.front();
    return Message{from_.front(),  std::move(sender),      std::move(reply_to_),
                   std::move(to_), std::move(cc_),         std::move(subject_),
                   date_,          std::move(message_id_), std::move(content_fields_)};
  }

 private:
  static std::string shown(const std::string& name) {
    std::string text = name;
    bool start = true;
    for (char& c : text) {
      if (start && is_small_letter(c)) c = static_cast<char>(c - 'a' + 'A');
      start = c == '-';
    }
    return text;
  }

  std::optional<Fault> addresses(const std::string& name, std::string_view value,
                                 std::vector<Address>& into) {
    MailboxList read = parse_mailbox_list(value, addresses_left_);
    if (auto* fault = std::get_if<AddressFault>(&read)) {
      if (fault->too_many)
        return Fault{Fault::Kind::over_limit, "this message names too many addresses; write to fewer"};
      return malformed("the " + shown(name) + " field cannot be read (" + fault->why +
                       "); write plain addresses, with commas between them");
    }
    into = std::move(std::get<std::vector<Address>>(read));
    addresses_left_ -= into.size();
    return std::nullopt;
  }

  std::size_t addresses_left_;
  std::vector<std::string> seen_;
  std::vector<Address> from_, sender_, reply_to_, to_, cc_;
  std::string subject_, message_id_;
  std::optional<std::int64_t> date_;
  std::vector<std::size_t> content_fields_;
};

}  // namespace

std::string unfold(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (const char c : value)
    if (c != '\r' && c != '\n') text += c;
  return std::string(trim(text));
}

std::variant<Message, Fault> read_message(const std::vector<HeaderField>& fields, const Limits& limits) {
  std::size_t octets = 0;
  for (const HeaderField& field : fields) octets += field.name.size() + field.value.size() + 3;
  if (octets > limits.header_bytes)
    return Fault{Fault::Kind::over_limit, "the header of this message is too large; send a short message"};
  Reader reader(limits);
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (auto fault = reader.field(fields[index], index)) return *fault;
  return reader.finish();
}

}  // namespace ccgate

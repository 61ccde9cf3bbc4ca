// milter/scenario/scenario_sign.cc: RFC 6376 section 5 and RFC 8463 on OpenSSL.
#include "milter/scenario/scenario_sign.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "policy/text/text.h"

namespace ccgate {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("signing: ") + what);
}

Key generate(SigningKey kind) {
  switch (kind) {
    case SigningKey::rsa2048:
      return Key(EVP_RSA_gen(2048));
    case SigningKey::rsa1024:
      return Key(EVP_RSA_gen(1024));
    case SigningKey::rsa768:
      return Key(EVP_RSA_gen(768));
    case SigningKey::ed25519:
      return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  }
  return nullptr;
}

/// One key of each kind per process, made when first wanted.
EVP_PKEY* key_of(SigningKey kind) {
  struct Slot {
    std::once_flag once;
    Key key;
  };
  static std::array<Slot, 4> slots;
  Slot& slot = slots.at(static_cast<std::size_t>(kind));
  std::call_once(slot.once, [&] { slot.key = generate(kind); });
  if (!slot.key) fail("no key");
  return slot.key.get();
}

std::string base64(std::string_view octets) {
  std::string out((octets.size() + 2) / 3 * 4, '\0');
  // One octet of NUL is written after the text: std::string has room for it.
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()));
  return out;
}

std::string digest(const EVP_MD* algorithm, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), out.data(), &size, algorithm, nullptr) != 1) fail("no digest");
  return {reinterpret_cast<const char*>(out.data()), size};
}

/// `text` signed with `algorithm`; null for the schemes that hash by themselves.
std::string signature(EVP_PKEY* key, const EVP_MD* algorithm, std::string_view text) {
  const Digest context(EVP_MD_CTX_new());
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, algorithm, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) != 1) {
    fail("no signature");
  }
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, data, text.size()) !=
      1) {
    fail("no signature");
  }
  out.resize(size);
  return out;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Runs of blanks become one, blanks at the end go.
std::string squeezed(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (!is_blank(c)) {
      out += c;
    } else if (out.empty() || out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// RFC 6376 3.4.3 and 3.4.4.
std::string canonical_body(std::string_view body, bool relaxed) {
  std::string out;
  std::size_t last_text = 0;  // the end of the last line that is not empty
  while (!body.empty()) {
    const auto end = body.find("\r\n");
    const std::string_view line = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 2);
    const std::string text = relaxed ? squeezed(line) : std::string(line);
    out.append(text).append("\r\n");
    if (!text.empty()) last_text = out.size();
  }
  out.resize(last_text);
  if (out.empty() && !relaxed) out = "\r\n";
  return out;
}

/// RFC 6376 3.4.1 and 3.4.2, without the line end.
std::string canonical_field(const HeaderField& field, bool relaxed) {
  std::string value;
  for (std::size_t i = 0; i < field.value.size(); ++i) {
    const char c = field.value[i];
    if (c == '\r' && i + 1 < field.value.size() && field.value[i + 1] == '\n') continue;
    if (c == '\n') {
      if (!relaxed) value += "\r\n";
    } else {
      value += c;
    }
  }
  if (!relaxed) return field.name + ":" + value;
  const std::string text = squeezed(value);
  return ascii_lower(field.name) + ":" + (text.starts_with(' ') ? text.substr(1) : text);
}

/// The fields of h=: for each name the lowest that is not yet taken, or nothing.
std::string signed_header(const std::vector<HeaderField>& fields, const SigningRequest& request) {
  std::vector<bool> taken(fields.size());
  std::string out;
  for (const std::string& name : request.header_names) {
    for (std::size_t i = fields.size(); i-- > 0;) {
      if (taken[i] || !ascii_iequal(fields[i].name, name)) continue;
      taken[i] = true;
      out += canonical_field(fields[i], request.relaxed_header) + "\r\n";
      break;
    }
  }
  return out;
}

std::string joined_by_colon(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ":").append(name);
  return out;
}

/// `text` with `with` in the place of `what`.
std::string filled(std::string text, std::string_view what, std::string_view with) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

/// The field as most write it.
std::string usual_field(const std::string& algorithm, const SigningRequest& request) {
  const auto canon = [](bool relaxed) { return relaxed ? "relaxed" : "simple"; };
  std::string value = " v=1; a=" + algorithm + "; c=" + canon(request.relaxed_header) + "/" +
                      canon(request.relaxed_body) + "; d=" + request.domain + ";\n\ts=" + request.selector +
                      ";";
  if (request.signed_at) value += " t=" + std::to_string(*request.signed_at) + ";";
  if (request.expires) value += " x=" + std::to_string(*request.expires) + ";";
  if (request.body_length) value += " l=" + std::to_string(*request.body_length) + ";";
  if (!request.extra_tags.empty()) value += " " + request.extra_tags + ";";
  return value + "\n\th={h};\n\tbh={bh};\n\tb={b}";
}

/// What is hashed of a field: without its `{b}`, and the blanks around it (RFC 6376 3.5, b=).
std::string unsigned_value(std::string value) {
  auto begin = value.find("{b}");
  if (begin == std::string::npos) return value;
  auto end = begin + 3;
  const auto is_space = [&](std::size_t at) { return is_blank(value[at]) || value[at] == '\n'; };
  while (begin > 0 && is_space(begin - 1)) --begin;
  while (end < value.size() && is_space(end)) ++end;
  return value.erase(begin, end - begin);
}

}  // namespace

std::string sign(const std::vector<HeaderField>& fields, std::string_view body,
                 const SigningRequest& request) {
  const bool ed25519 = request.key == SigningKey::ed25519;
  const std::string algorithm =
      request.algorithm.empty() ? (ed25519 ? "ed25519-sha256" : "rsa-sha256") : request.algorithm;
  if (ed25519 != (algorithm == "ed25519-sha256")) fail("the key is not for this algorithm");
  const EVP_MD* hash = algorithm == "rsa-sha1" ? EVP_sha1() : EVP_sha256();

  std::string hashed = canonical_body(body, request.relaxed_body);
  if (request.body_length) hashed.resize(std::min(hashed.size(), *request.body_length));

  const std::string form = request.field.empty() ? usual_field(algorithm, request) : request.field;
  const std::string value = filled(filled(form, "{h}", joined_by_colon(request.header_names)), "{bh}",
                                   base64(digest(hash, hashed)));
  const std::string text = signed_header(fields, request) +
                           canonical_field({"DKIM-Signature", unsigned_value(value)}, request.relaxed_header);
  EVP_PKEY* key = key_of(request.key);
  // RFC 8463 3: ed25519 signs the hash.
  const std::string made = ed25519 ? signature(key, nullptr, digest(hash, text)) : signature(key, hash, text);
  return filled(value, "{b}", base64(made));
}

std::string public_key_record(SigningKey kind) {
  EVP_PKEY* key = key_of(kind);
  if (kind == SigningKey::ed25519) {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    if (EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) != 1) {
      fail("no public key");
    }
    return "v=DKIM1; k=ed25519; p=" + base64(raw);
  }
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) fail("no public key");
  const std::string octets(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return "v=DKIM1; k=rsa; p=" + base64(octets);
}

std::string pkcs1_public_key(SigningKey kind) {
  unsigned char* der = nullptr;
  const int size = i2d_PublicKey(key_of(kind), &der);
  if (kind == SigningKey::ed25519 || size <= 0) fail("no public key of RSA");
  const std::string octets(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return base64(octets);
}

}  // namespace ccgate

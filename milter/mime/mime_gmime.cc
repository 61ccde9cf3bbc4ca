// milter/mime/mime_gmime.cc: GMime takes the structure of a message apart; what its parts are, and whether
// they can be read, is decided here from their raw header fields. Where GMime and a plainer reader could
// differ, the text is unreadable: the list manager behind us has a reader of its own.
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "milter/mime/charset.h"
#include "milter/mime/content_type.h"
#include "milter/mime/mime_cost.h"
#include "milter/mime/mime_lines.h"
#include "milter/mime/mime_parts.h"
#include "milter/mime/transfer_encoding.h"
#include "policy/html_text.h"
#include "policy/text.h"

namespace ccgate {
namespace {

struct Unref {
  void operator()(gpointer object) const noexcept { g_object_unref(object); }
};
template <typename T>
using Ref = std::unique_ptr<T, Unref>;

/// The raw fields of one part; false when one of them stands there twice.
bool content_fields(GMimeObject* part, ContentFields& content) {
  GMimeHeaderList* headers = g_mime_object_get_header_list(part);
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
    const std::string_view name = g_mime_header_get_name(header);
    const bool is_type = ascii_iequal(name, "content-type");
    if (!is_type && !ascii_iequal(name, "content-transfer-encoding")) continue;
    std::string& into = is_type ? content.type : content.transfer_encoding;
    if (!into.empty()) return false;
    const char* raw = g_mime_header_get_raw_value(header);
    into = raw == nullptr || *raw == '\0' ? " " : raw;
  }
  return true;
}

/// At most `limit` octets of the part as they were sent; nullopt when there are more.
std::optional<std::string> encoded_octets(GMimeDataWrapper* content, std::size_t limit) {
  std::string octets;
  GMimeStream* stream = content == nullptr ? nullptr : g_mime_data_wrapper_get_stream(content);
  if (stream == nullptr) return octets;
  g_mime_stream_reset(stream);
  char buffer[8192];
  for (;;) {
    const ssize_t got = g_mime_stream_read(stream, buffer, sizeof buffer);
    if (got <= 0) return octets;
    octets.append(buffer, static_cast<std::size_t>(got));
    if (octets.size() > limit) return std::nullopt;
  }
}

std::string decode(std::string octets, GMimeContentEncoding encoding) {
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  std::string out(g_mime_encoding_outlen(&state, octets.size()), '\0');
  out.resize(g_mime_encoding_flush(&state, octets.data(), octets.size(), out.data()));
  return out;
}

class PartReader {
 public:
  PartReader(const MimeLimits& limits, Words& words) : limits_(limits), words_(words) {}

  void read(GMimeObject* object, std::size_t depth) {
    if (!words_.readable) return;
    if (depth > limits_.depth || ++parts_ > limits_.parts) return give_up("too many parts");
    ContentFields content;
    if (!content_fields(object, content)) return give_up("a part has a Content field twice");
    const auto type = content.type.empty() ? ContentType{"text/plain", {}} : parse_content_type(content.type);
    const std::string name = type ? type->type : loose_content_type(content.type);

    if (GMIME_IS_MULTIPART(object)) {
      if (!type || !name.starts_with("multipart/")) return give_up("an odd Content-Type");
      if (!is_identity(content)) return give_up("an encoded multipart");
      const std::string_view boundary = type->param("boundary");
      const bool in_pieces = std::ranges::any_of(
          type->params, [](const auto& param) { return param.first.starts_with("boundary*"); });
      if (in_pieces || !is_plain_boundary(boundary)) return give_up("an odd boundary");
      boundaries_.emplace_back(boundary);
      auto* multipart = GMIME_MULTIPART(object);
      const int count = g_mime_multipart_get_count(multipart);
      if (count <= 0) return give_up("a multipart without parts");
      for (int i = 0; i < count; ++i) read(g_mime_multipart_get_part(multipart, i), depth + 1);
    } else if (!GMIME_IS_PART(object) || name.starts_with("message/")) {
      // Mailman looks for its text inside attached messages too, so one before any text cannot be passed
      // over.
      if (!any_plain_) give_up("an attached message stands before the text");
    } else if (name == "text/plain" || name == "text/html") {
      if (!type) return give_up("an odd Content-Type");
      read_text(GMIME_PART(object), *type, content);
    } else if (name.starts_with("text/") || name.starts_with("multipart/") || !is_attachment_type(name)) {
      // Other kinds of text are nothing that a list manager reads; a type that is none reads as text/plain to
      // some.
      if (!type || name.starts_with("multipart/")) give_up("an odd Content-Type");
    }
  }

  void finish(std::string_view body) {
    if (!words_.readable) return;
    if (!part_headers_are_plain(body, boundaries_)) return give_up("a part has a header that is none");
    words_.text = std::move(plain_);
    if (!html_.empty()) {
      if (!words_.text.empty() && words_.text.back() != '\n') words_.text += '\n';
      words_.text += html_;
    }
  }

 private:
  void give_up(const char* why) {
    words_.readable = false;
    if (words_.why_unreadable.empty()) words_.why_unreadable = why;
  }

  static bool is_identity(const ContentFields& content) {
    return content.transfer_encoding.empty() ||
           parse_transfer_encoding(content.transfer_encoding) == TransferEncoding::identity;
  }

  static bool is_attachment_type(std::string_view name) {
    const auto slash = name.find('/');
    return slash != std::string_view::npos && slash > 0 &&
           name.find('/', slash + 1) == std::string_view::npos;
  }

  void read_text(GMimePart* part, const ContentType& type, const ContentFields& content) {
    for (const auto& [param, value] : type.params) {
      if (param.starts_with("charset*")) return give_up("a charset told in pieces");
    }
    const std::string_view charset = type.param("charset");
    if (!is_known_charset(charset)) return give_up("the text is in a charset that is not known here");
    const auto encoding = content.transfer_encoding.empty()
                              ? TransferEncoding::identity
                              : parse_transfer_encoding(content.transfer_encoding);
    if (!encoding) return give_up("the text has a transfer encoding that is not known here");

    const bool html = type.type == "text/html";
    // Encoded text is up to three times as long, and HTML says little in many octets.
    const std::size_t most = limits_.text_bytes * (html ? 16 : 4);
    auto octets = encoded_octets(g_mime_part_get_content(part), most);
    if (!octets) return give_up("there is too much text");
    if (*encoding == TransferEncoding::base64) {
      if (!is_plain_base64(*octets)) return give_up("the base64 of the text is broken");
      octets = decode(*std::move(octets), GMIME_CONTENT_ENCODING_BASE64);
    } else if (*encoding == TransferEncoding::quoted_printable) {
      if (!is_plain_quoted_printable(*octets)) return give_up("the quoted-printable of the text is broken");
      octets = decode(*std::move(octets), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    }
    auto text = to_utf8(*octets, charset);
    if (!text) return give_up("the text does not fit its charset");
    append(html ? html_ : plain_, html ? html_text(*text) : *text);
    any_plain_ |= !html;
    if (plain_.size() + html_.size() > limits_.text_bytes) give_up("there is too much text");
  }

  static void append(std::string& to, std::string_view text) {
    // GMime leaves half a line end before a last boundary that has none itself.
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (!to.empty() && to.back() != '\n') to += '\n';
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') to += text[i];
    }
  }

  const MimeLimits& limits_;
  Words& words_;
  std::string plain_;
  std::string html_;
  std::vector<std::string> boundaries_;
  std::size_t parts_ = 0;
  bool any_plain_ = false;
};

/// True when every line of a field body after the first starts with a blank: it cannot become two fields.
bool is_one_field(std::string_view value) {
  for (auto at = value.find('\n'); at != std::string_view::npos; at = value.find('\n', at + 1)) {
    if (at + 1 >= value.size() || (value[at + 1] != ' ' && value[at + 1] != '\t')) return false;
  }
  return value.find('\0') == std::string_view::npos;
}

}  // namespace

void init_mime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

void read_parts(const ContentFields& content, std::string_view body, const MimeLimits& limits, Words& words) {
  const auto give_up = [&](const char* why) {
    words.readable = false;
    words.why_unreadable = why;
  };
  if (!is_one_field(content.type) || !is_one_field(content.transfer_encoding))
    return give_up("an odd Content-Type");
  if (has_lone_cr(body)) return give_up("a CR stands alone, which ends a line for some");
  if (!is_cheap_mime(body, limits.parts)) return give_up("too many parts");

  // Only what concerns MIME: no address ever reaches the library.
  std::string entity;
  entity.reserve(body.size() + content.type.size() + 256);
  if (!content.type.empty()) entity += "Content-Type: " + content.type + "\r\n";
  if (!content.transfer_encoding.empty()) {
    entity += "Content-Transfer-Encoding: " + content.transfer_encoding + "\r\n";
  }
  entity += "\r\n";
  entity += body;

  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(entity.data(), entity.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_persist_stream(parser.get(), TRUE);
  const Ref<GMimeObject> root(g_mime_parser_construct_part(parser.get(), nullptr));
  if (root == nullptr) return give_up("the MIME structure cannot be read");
  PartReader reader(limits, words);
  reader.read(root.get(), 0);
  reader.finish(body);
}

std::string decode_encoded_words(const std::string& text) {
  const std::unique_ptr<char, decltype(&g_free)> decoded(
      g_mime_utils_header_decode_text(nullptr, text.c_str()), g_free);
  return decoded == nullptr ? text : std::string(decoded.get());
}

}  // namespace ccgate

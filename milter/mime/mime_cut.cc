// milter/mime/mime_cut.cc: line by line, with the open multiparts on a stack of our own.
#include "milter/mime/mime_cut.h"

#include <algorithm>
#include <utility>

#include "milter/mime/mime_lines.h"
#include "milter/mime/transfer_encoding.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::string_view kText = "text/plain";
constexpr std::string_view kMessage = "message/rfc822";

/// A multipart whose parts are read.
struct Open {
  std::string boundary;
  std::string_view default_type;  // of its parts
  std::size_t parts = 0;
  bool ended = false;  // its last delimiter was there
};

/// The header section of a part, while it is read.
struct Header {
  ContentFields content;
  std::string* value = nullptr;  // of the field at hand, when it counts
  bool any = false;              // a field to continue
};

class Cutter {
 public:
  Cutter(std::string_view body, const MimeLimits& limits) : body_(body), limits_(limits) {}

  MimeCut cut(const ContentFields& content) && {
    begin_part(content, kText);
    while (cut_.fault.empty() && at_ < body_.size()) line();
    if (header_ && cut_.fault.empty()) end_header();
    end_leaf(body_.size());
    close_down_to(0, false);
    if (!cut_.fault.empty()) cut_.leaves.clear();
    return std::move(cut_);
  }

 private:
  void fault(std::string_view why) {
    if (cut_.fault.empty()) cut_.fault = why;
  }

  void line() {
    line_begin_ = at_;
    const std::size_t end = std::min(body_.find('\n', at_), body_.size());
    std::string_view text = body_.substr(at_, end - at_);
    at_ = std::min(end + 1, body_.size());
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.starts_with("--") && delimiter(text.substr(2))) return;
    if (header_) header_line(text);
  }

  /// False when the line behind `--` belongs to none of the open multiparts.
  bool delimiter(std::string_view text) {
    for (std::size_t level = open_.size(); level-- > 0;) {
      if (!text.starts_with(open_[level].boundary)) continue;
      std::string_view rest = text.substr(open_[level].boundary.size());
      rest = rest.substr(0, rest.find_last_not_of(" \t") + 1);
      if (!rest.empty() && rest != "--") {
        fault("a line begins like the boundary of its part");
      } else {
        next_part(level, rest == "--");
      }
      return true;
    }
    return false;
  }

  void next_part(std::size_t level, bool last) {
    if (header_) return fault("a part ends before its header does");
    end_leaf(line_begin_);
    close_down_to(level + 1, true);
    Open& multipart = open_[level];
    if (multipart.ended) return fault("a multipart goes on behind its end");
    if (last) {
      multipart.ended = true;
    } else {
      ++multipart.parts;
      header_.emplace();
    }
  }

  /// Another delimiter than its own ends a multipart only for some readers.
  void close_down_to(std::size_t level, bool by_delimiter) {
    for (; open_.size() > level; open_.pop_back()) {
      if (open_.back().parts == 0) fault("a multipart without parts");
      if (by_delimiter && !open_.back().ended) fault("a multipart without an end stands in another");
    }
  }

  /// The line end before a delimiter belongs to the delimiter.
  void end_leaf(std::size_t end) {
    if (!in_leaf_) return;
    in_leaf_ = false;
    std::string_view octets = body_.substr(leaf_begin_, end - leaf_begin_);
    if (end < body_.size()) {
      if (octets.ends_with('\n')) octets.remove_suffix(1);
      if (octets.ends_with('\r')) octets.remove_suffix(1);
    }
    cut_.leaves.back().octets = octets;
  }

  void header_line(std::string_view line) {
    if (line.empty()) return end_header();
    const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
    const bool continues = header_->any && !blank && (line.front() == ' ' || line.front() == '\t');
    if ((!continues && !is_field_line(line)) || line.find('\0') != std::string_view::npos)
      return fault("a part has a header that is none");
    if (continues) {
      if (header_->value != nullptr) header_->value->append("\n").append(line);
      return;
    }
    header_->any = true;
    header_->value = nullptr;
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (ascii_iequal(name, "content-type")) header_->value = &header_->content.type;
    if (ascii_iequal(name, "content-transfer-encoding")) header_->value = &header_->content.transfer_encoding;
    if (ascii_iequal(name, "content-disposition")) {
      header_->value = &header_->content.disposition;
      header_->value->clear();
    }
    if (header_->value == nullptr) return;
    if (!header_->value->empty()) return fault("a part has a Content field twice");
    *header_->value = line.substr(colon + 1);
    if (header_->value->empty()) *header_->value = " ";  // present though empty
  }

  void end_header() {
    const ContentFields content = std::move(header_->content);
    header_.reset();
    begin_part(content, open_.back().default_type);
  }

  /// Its octets begin at `at_`.
  void begin_part(const ContentFields& content, std::string_view default_type) {
    if (++parts_ > limits_.parts || open_.size() > limits_.depth) return fault("too many parts");
    MimeLeaf leaf;
    if (content.type.empty()) {
      leaf.type = ContentType{std::string(default_type), {}};
    } else {
      leaf.type = parse_content_type(content.type);
    }
    leaf.name = leaf.type ? leaf.type->type : loose_content_type(content.type);
    leaf.transfer_encoding = content.transfer_encoding;
    leaf.disposition = content.disposition;
    if (leaf.name.starts_with("multipart/")) return open_multipart(leaf);
    cut_.leaves.push_back(std::move(leaf));
    leaf_begin_ = at_;
    in_leaf_ = true;
  }

  void open_multipart(const MimeLeaf& part) {
    if (!part.type) return fault("an odd Content-Type");
    if (!part.transfer_encoding.empty() &&
        parse_transfer_encoding(part.transfer_encoding) != TransferEncoding::identity) {
      return fault("an encoded multipart");
    }
    const std::string_view boundary = part.type->param("boundary");
    const bool in_pieces = std::ranges::any_of(
        part.type->params, [](const auto& param) { return param.first.starts_with("boundary*"); });
    if (in_pieces || !is_plain_boundary(boundary)) return fault("an odd boundary");
    // RFC 2046 5.1.1 lets a reader look at the beginning of a line only.
    for (const Open& outer : open_) {
      if (boundary.starts_with(outer.boundary) || outer.boundary.starts_with(boundary))
        return fault("two boundaries begin alike");
    }
    open_.push_back({std::string(boundary), part.name == "multipart/digest" ? kMessage : kText});
  }

  std::string_view body_;
  const MimeLimits& limits_;
  MimeCut cut_;
  std::size_t at_ = 0;          // behind the line at hand
  std::size_t line_begin_ = 0;  // of it
  std::vector<Open> open_;      // outermost first
  std::optional<Header> header_;
  std::size_t parts_ = 0;
  std::size_t leaf_begin_ = 0;
  bool in_leaf_ = false;
};

}  // namespace

MimeCut cut_mime(const ContentFields& content, std::string_view body, const MimeLimits& limits) {
  return Cutter(body, limits).cut(content);
}

}  // namespace ccgate

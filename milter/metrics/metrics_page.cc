#include "milter/metrics/metrics_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "milter/metrics/series.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr double kNano = 1e-9;

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class PageWriter {
 public:
  void begin(Metric metric) {
    const Series& series = series_of(metric);
    name_ = series.name;
    fmt::format_to(std::back_inserter(text_), "# HELP {} {}\n# TYPE {} {}\n", name_, series.help, name_,
                   series.type);
  }
  template <typename Number>
  void value(Labels labels, Number number, std::string_view suffix = "") {
    fmt::format_to(std::back_inserter(text_), "{}{}", name_, suffix);
    char before = '{';
    for (const auto& [label, word] : labels) {
      fmt::format_to(std::back_inserter(text_), "{}{}=\"{}\"", before, label, escaped_label(word));
      before = ',';
    }
    fmt::format_to(std::back_inserter(text_), "{}{}\n", labels.size() > 0 ? "} " : " ", number);
  }
  void value(Labels labels, const Gauge& gauge) {
    if (const auto number = gauge.get()) value(labels, *number);
  }
  template <WordedEnum Enum, typename Each>
  void each(std::string_view label, const ByWord<Enum, Each>& all) {
    for (const auto& row : EnumWords<Enum>::table) one({{label, row.word}}, all[row.value]);
  }
  void histogram(std::string_view label, std::string_view word, const Histogram& histogram) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i <= Histogram::kBounds.size(); ++i) {
      sum += histogram.bucket(i);
      const std::string bound =
          i < Histogram::kBounds.size() ? fmt::format("{}", Histogram::kBounds.at(i)) : "+Inf";
      if (label.empty())
        value({{"le", bound}}, sum, "_bucket");
      else
        value({{label, word}, {"le", bound}}, sum, "_bucket");
    }
    const double seconds = static_cast<double>(histogram.nanoseconds()) * kNano;
    if (label.empty()) {
      value({}, seconds, "_sum");
      value({}, sum, "_count");
    } else {
      value({{label, word}}, seconds, "_sum");
      value({{label, word}}, sum, "_count");
    }
  }
  [[nodiscard]] std::string text() { return fmt::to_string(text_); }

 private:
  void one(Labels labels, const Counter& counter) { value(labels, counter.get()); }
  void one(Labels labels, const Gauge& gauge) { value(labels, gauge); }
  void one(Labels labels, const Histogram& of) {
    histogram(labels.begin()->first, labels.begin()->second, of);
  }

  std::string_view name_;
  fmt::memory_buffer text_;
};

/// Lists by name, each with all places that have it.
using NamedLists = std::vector<std::pair<std::string_view, std::vector<const ListCounts*>>>;

NamedLists named_lists(const CountedLists& lists) {
  std::map<std::string_view, std::vector<const ListCounts*>> sorted;
  for (std::size_t i = 0; i < CountedLists::kMost; ++i)
    if (const std::string_view name = lists.name(i); !name.empty()) sorted[name].push_back(&lists.at(i));
  sorted["other"].push_back(&lists.others());
  return {sorted.begin(), sorted.end()};
}

template <typename Which>
std::uint64_t sum_of(const std::vector<const ListCounts*>& places, Which which) {
  std::uint64_t sum = 0;
  for (const ListCounts* each : places) sum += which(*each).get();
  return sum;
}

void write_lists(PageWriter& page, const NamedLists& lists) {
  page.begin(Metric::decisions);
  for (const auto& [name, places] : lists)
    for (const auto& mode : EnumWords<CountedMode>::table)
      for (const auto& verdict : EnumWords<Decision>::table)
        for (const auto& ground : EnumWords<Ground>::table) {
          const std::uint64_t number = sum_of(places, [&](const ListCounts& counts) -> const Counter& {
            return counts.decisions[mode.value][verdict.value][ground.value];
          });
          if (number == 0) continue;
          page.value(
              {{"list", name}, {"mode", mode.word}, {"verdict", verdict.word}, {"ground", ground.word}},
              number);
        }
  page.begin(Metric::requests);
  for (const auto& [name, places] : lists)
    for (const auto& kind : EnumWords<RequestKind>::table)
      page.value({{"list", name}, {"kind", kind.word}},
                 sum_of(places, [&](const ListCounts& counts) -> const Counter& {
                   return counts.requests[kind.value];
                 }));
}

/// What the processes hold that live.
struct Held {
  std::int64_t processes = 0, sessions = 0;
  std::optional<std::int64_t> reload_ok, reloaded, reload_nanoseconds;
};

Held held_by(const Metrics& metrics) {
  Held held;
  const auto least = [](std::optional<std::int64_t>& value, const Gauge& gauge) {
    if (const auto next = gauge.get()) value = std::min(value.value_or(*next), *next);
  };
  for (const ProcessCounts& each : metrics.processes) {
    if (each.process == 0) continue;
    ++held.processes;
    held.sessions += each.sessions.sum();
    least(held.reload_ok, each.reload_ok);
    least(held.reloaded, each.reloaded);
    if (const auto took = each.reload_nanoseconds.get())
      held.reload_nanoseconds = std::max(held.reload_nanoseconds.value_or(0), *took);
  }
  return held;
}

void write_store(PageWriter& page, const Metrics& metrics, std::int64_t now) {
  page.begin(Metric::store_up);
  page.value({}, metrics.store_up);
  page.begin(Metric::store_errors);
  page.each("use", metrics.store_errors);
  page.begin(Metric::store_time);
  page.each("use", metrics.store_time);
  page.begin(Metric::outbox_tasks);
  page.each("state", metrics.outbox_tasks);
  page.begin(Metric::outbox_oldest);
  if (const auto added = metrics.outbox_oldest_added.get())
    page.value({}, *added == 0 ? 0 : std::max<std::int64_t>(now - *added, 0));
  page.begin(Metric::outbox_tries);
  page.each("end", metrics.outbox_tries);
  page.begin(Metric::questions_open);
  page.value({}, metrics.questions_open);
}

void write_contacts(PageWriter& page, const Metrics& metrics, std::int64_t now) {
  page.begin(Metric::contacts_age);
  if (const auto fetched = metrics.contacts_fetched.get()) page.value({}, now - *fetched);
  page.begin(Metric::contacts_max_age);
  page.value({}, metrics.contacts_max_age);
  page.begin(Metric::contacts_cctlds);
  page.value({}, metrics.contacts_cctlds);
  page.begin(Metric::contacts_anomalies);
  page.value({}, metrics.contacts_anomalies);
  page.begin(Metric::contacts_unusable);
  page.value({}, metrics.contacts_unusable);
}

void write_mail(PageWriter& page, const Metrics& metrics) {
  page.begin(Metric::sessions);
  page.value({}, metrics.sessions.get());
  page.begin(Metric::messages);
  page.each("kind", metrics.messages);
  write_lists(page, named_lists(metrics.lists));
  page.begin(Metric::internal_errors);
  page.value({}, metrics.internal_errors.get());
  page.begin(Metric::dkim_signatures);
  page.each("result", metrics.dkim_signatures);
  page.begin(Metric::spf_results);
  page.each("result", metrics.spf_results);
  page.begin(Metric::alignment);
  for (const auto& method : EnumWords<CountedMethod>::table)
    for (const auto& result : EnumWords<Truth>::table)
      page.value({{"method", method.word}, {"result", result.word}},
                 metrics.alignment[method.value][result.value].get());
  page.begin(Metric::end_of_message);
  for (const CountedMail kind : {CountedMail::request, CountedMail::answer})
    page.histogram("kind", to_string(kind), metrics.end_of_message[kind]);
  page.begin(Metric::dns_questions);
  page.value({}, metrics.dns_questions.get());
  page.begin(Metric::dns_answers);
  page.each("result", metrics.dns_answers);
  page.begin(Metric::dns_time);
  page.histogram("", "", metrics.dns_time);
}

void write_reloads(PageWriter& page, const Metrics& metrics, const Held& held) {
  page.begin(Metric::config_reloads);
  page.each("result", metrics.reloads);
  page.begin(Metric::config_reload_ok);
  if (held.reload_ok) page.value({}, *held.reload_ok);
  page.begin(Metric::config_reload_time);
  if (held.reloaded) page.value({}, *held.reloaded);
  page.begin(Metric::config_reload_took);
  if (held.reload_nanoseconds) page.value({}, static_cast<double>(*held.reload_nanoseconds) * kNano);
}

}  // namespace

std::string escaped_label(std::string_view value) {
  // Prometheus takes a page that is not UTF-8 for none.
  if (!is_utf8(value)) return "unreadable";
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

std::string metrics_page(const Metrics& metrics, std::int64_t now, std::string_view version) {
  PageWriter page;
  const Held held = held_by(metrics);
  page.begin(Metric::build_info);
  page.value({{"version", version}}, 1);
  page.begin(Metric::start_time);
  page.value({}, metrics.started);
  page.begin(Metric::processes);
  page.value({}, held.processes);
  page.begin(Metric::sessions_open);
  page.value({}, held.sessions);
  write_mail(page, metrics);
  write_store(page, metrics, now);
  write_contacts(page, metrics, now);
  write_reloads(page, metrics, held);
  return page.text();
}

}  // namespace ccgate

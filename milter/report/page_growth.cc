#include "milter/report/page_growth.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "milter/contacts/contact_words.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

// Of the drawing, in its own units.
constexpr int kWidth = 640, kHeight = 240;
constexpr int kLeft = 40, kRight = 520, kTop = 10, kBottom = 210;
constexpr std::size_t kMostRows = 24;

struct Curve {
  std::string_view name;
  Literal css_class;
  std::size_t GrowthStep::*value;
};
constexpr std::array<Curve, 3> kCurves{{{"ccTLDs", "c1", &GrowthStep::cctlds},
                                        {"registries", "c2", &GrowthStep::registries},
                                        {"invited", "c3", &GrowthStep::invited}}};

/// Time to the right, numbers upwards.
class Frame {
 public:
  Frame(const std::vector<GrowthStep>& steps, std::int64_t end) : first_(steps.front().at), end_(end) {
    std::size_t most = 1;
    for (const GrowthStep& step : steps)
      for (const Curve& curve : kCurves) most = std::max(most, step.*curve.value);
    constexpr std::array<std::size_t, 8> kRound{5, 10, 20, 50, 100, 200, 320, 400};
    const auto* round = std::lower_bound(kRound.begin(), kRound.end(), most);
    most_ = round == kRound.end() ? most : *round;
  }
  [[nodiscard]] std::int64_t x(std::int64_t at) const {
    return kLeft + (at - first_) * (kRight - kLeft) / std::max<std::int64_t>(end_ - first_, 1);
  }
  [[nodiscard]] std::int64_t y(std::size_t value) const {
    return kBottom - static_cast<std::int64_t>(value) * (kBottom - kTop) / static_cast<std::int64_t>(most_);
  }
  [[nodiscard]] std::size_t most() const noexcept { return most_; }

 private:
  std::int64_t first_, end_;
  std::size_t most_ = 1;
};

/// The last step of each unit of width: what lies between two is not seen.
std::vector<GrowthStep> seen_steps(const std::vector<GrowthStep>& steps, const Frame& frame) {
  std::vector<GrowthStep> seen;
  for (const GrowthStep& step : steps) {
    if (!seen.empty() && frame.x(seen.back().at) == frame.x(step.at)) seen.pop_back();
    seen.push_back(step);
  }
  return seen;
}

std::string points_of(const std::vector<GrowthStep>& steps, const Curve& curve, const Frame& frame,
                      std::int64_t end) {
  std::string points = fmt::format("{},{}", frame.x(steps.front().at), frame.y(0));
  std::size_t before = 0;
  for (const GrowthStep& step : steps) {
    const std::size_t value = step.*curve.value;
    points +=
        fmt::format(" {},{} {},{}", frame.x(step.at), frame.y(before), frame.x(step.at), frame.y(value));
    before = value;
  }
  return points + fmt::format(" {},{}", frame.x(end), frame.y(before));
}

/// Where the name of each curve stands beside its end, so that none covers another.
std::array<std::int64_t, kCurves.size()> label_places(const GrowthStep& last, const Frame& frame) {
  constexpr std::int64_t kApart = 16;
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < kCurves.size(); ++i) order.emplace_back(frame.y(last.*kCurves[i].value), i);
  std::sort(order.begin(), order.end(), std::greater<>());
  std::array<std::int64_t, kCurves.size()> places{};
  std::int64_t free = kBottom + kApart / 2;
  for (const auto& [y, curve] : order) {
    places[curve] = std::min(y + 4, free);
    free = places[curve] - kApart;
  }
  return places;
}

void write_axis(HtmlWriter& svg, const Frame& frame, std::int64_t first, std::int64_t end) {
  for (const std::size_t value : {std::size_t{0}, frame.most() / 2, frame.most()}) {
    const std::string y = std::to_string(frame.y(value));
    svg.open("line", {{"class", "grid"},
                      {"x1", std::to_string(kLeft)},
                      {"x2", std::to_string(kRight)},
                      {"y1", y},
                      {"y2", y}})
        .close();
    svg.element("text", std::to_string(value),
                {{"x", std::to_string(kLeft - 6)},
                 {"y", std::to_string(frame.y(value) + 4)},
                 {"text-anchor", "end"}});
  }
  const std::string y = std::to_string(kBottom + 20);
  svg.element("text", day_text(first), {{"x", std::to_string(kLeft)}, {"y", y}});
  svg.element("text", day_text(end), {{"x", std::to_string(kRight)}, {"y", y}, {"text-anchor", "end"}});
}

void write_drawing(HtmlWriter& html, const std::vector<GrowthStep>& steps, std::int64_t end) {
  const Frame frame(steps, end);
  const GrowthStep& last = steps.back();
  html.open("svg", {{"viewBox", fmt::format("0 0 {} {}", kWidth, kHeight)},
                    {"role", "img"},
                    {"aria-labelledby", "growth-title"}});
  html.element(
      "title",
      fmt::format("From {} to {}: {} ccTLDs and {} registries on the list, {} ccTLDs invited",
                  day_text(steps.front().at), day_text(end), last.cctlds, last.registries, last.invited),
      {{"id", "growth-title"}});
  write_axis(html, frame, steps.front().at, end);
  const auto seen = seen_steps(steps, frame);
  const auto places = label_places(last, frame);
  for (std::size_t i = 0; i < kCurves.size(); ++i) {
    const std::string css_class(kCurves[i].css_class.view());
    html.open("polyline", {{"class", css_class}, {"points", points_of(seen, kCurves[i], frame, end)}})
        .close();
    html.element("text", fmt::format("{} {}", last.*kCurves[i].value, kCurves[i].name),
                 {{"x", std::to_string(kRight + 6)}, {"y", std::to_string(places[i])}});
  }
  html.close();
}

void write_steps(HtmlWriter& html, const std::vector<GrowthStep>& steps) {
  std::map<std::string, GrowthStep> by_month;
  for (const GrowthStep& step : steps) by_month[day_text(step.at).substr(0, 7)] = step;
  while (by_month.size() > kMostRows) by_month.erase(by_month.begin());
  html.open("details").element("summary", "The same as a table");
  html.open("table").element("caption", "At the end of each month in which anything changed");
  html.open("thead").open("tr");
  for (const std::string_view column : {"Month", "ccTLDs", "Registries", "Invited"})
    html.element("th", column, {{"scope", "col"}, {"class", column == "Month" ? "" : "n"}});
  html.close().close().open("tbody");
  for (const auto& [month, step] : by_month) {
    html.open("tr").element("th", month, {{"scope", "row"}});
    for (const Curve& curve : kCurves)
      html.element("td", std::to_string(step.*curve.value), {{"class", "n"}});
    html.close();
  }
  html.close().close().close();
}

}  // namespace

void write_growth(HtmlWriter& html, const Report& report) {
  if (report.growth.empty()) {
    html.element("p", "Nobody is on the list yet, and nobody was invited.");
    return;
  }
  write_drawing(html, report.growth, report.coverage.at);
  write_steps(html, report.growth);
}

}  // namespace ccgate

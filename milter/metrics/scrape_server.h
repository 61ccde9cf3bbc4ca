// milter/metrics/scrape_server.h: a page for Prometheus, served beside the mail and never in its way.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "milter/system/descriptor.h"

namespace ccgate {

/// One thread of its own, with all signals blocked, that begins with the object: after a fork. A client has
/// some seconds, and there are few at a time: one more takes the place of the oldest, so that clients that
/// hang keep nobody out. Pages that take less than 20 ms take no more than a tenth of a core. Where the
/// address cannot be bound, `metrics_trouble` is logged, once for each reason, and it is tried again once a
/// second.
class ScrapeServer {
 public:
  /// Called by the thread of the object alone.
  using Page = std::function<std::string()>;

  /// Throws nothing: without a thread there is no page, and `metrics_trouble` says so.
  explicit ScrapeServer(Page page) noexcept;
  ~ScrapeServer();
  ScrapeServer(const ScrapeServer&) = delete;
  ScrapeServer& operator=(const ScrapeServer&) = delete;

  /// Where it is served from now on, as inet_endpoint reads it; empty: nowhere. Any thread; waits for
  /// nothing.
  void listen_at(const std::string& address);

 private:
  void run() noexcept;

  Page page_;
  Descriptor wake_;
  std::mutex mutex_;  // of the next two
  std::string wanted_;
  bool stopping_ = false;
  std::thread thread_;  // the last member: it uses the others
};

}  // namespace ccgate

#include "milter/metrics/series.h"

#include <array>
#include <cstddef>

namespace ccgate {
namespace {

constexpr Series kSeries[] = {
    {Metric::build_info, "ccgate_build_info", "gauge", "version", "Always 1; the label tells what runs."},
    {Metric::start_time, "ccgate_start_time_seconds", "gauge", "", "When the daemon started, since 1970."},
    {Metric::processes, "ccgate_processes", "gauge", "",
     "Processes that serve mail: one for each address of listen."},
    {Metric::sessions_open, "ccgate_sessions_open", "gauge", "", "Connections of the mail server."},
    {Metric::sessions, "ccgate_sessions_total", "counter", "", "Connections of the mail server so far."},
    {Metric::messages, "ccgate_messages_total", "counter", "kind",
     "Messages that reached DATA: requests, answers of contacts, and others, which are let go."},
    {Metric::decisions, "ccgate_decisions_total", "counter", "list mode verdict ground",
     "Decided messages. A combination is there once it has happened."},
    {Metric::requests, "ccgate_requests_total", "counter", "list kind",
     "Decided messages by what they ask for, where a policy was asked."},
    {Metric::internal_errors, "ccgate_internal_errors_total", "counter", "",
     "Messages that met a failure of ccgate itself."},
    {Metric::dkim_signatures, "ccgate_dkim_signatures_total", "counter", "result",
     "DKIM signatures of decided messages."},
    {Metric::spf_results, "ccgate_spf_results_total", "counter", "result", "SPF of decided messages."},
    {Metric::alignment, "ccgate_alignment_total", "counter", "method result",
     "Whether DKIM, or SPF, speaks for the author domain of a decided message."},
    {Metric::end_of_message, "ccgate_end_of_message_seconds", "histogram", "kind",
     "From the end of a message to its answer."},
    {Metric::dns_questions, "ccgate_dns_questions_total", "counter", "",
     "Questions to DNS servers, those not answered from the cache."},
    {Metric::dns_answers, "ccgate_dns_answers_total", "counter", "result",
     "How they ended; temperror is a failure, or no answer in time."},
    {Metric::dns_time, "ccgate_dns_seconds", "histogram", "", "From a question to its answer."},
    {Metric::store_up, "ccgate_store_up", "gauge", "",
     "1: the store worked when the outbox last used it. Absent without a store."},
    {Metric::store_errors, "ccgate_store_errors_total", "counter", "use",
     "Operations of the store that failed."},
    {Metric::store_time, "ccgate_store_seconds", "histogram", "use",
     "How long an operation of the store took, waiting included."},
    {Metric::outbox_tasks, "ccgate_outbox_tasks", "gauge", "state",
     "Mails and hooks not done yet: waiting, retrying after a failure, or at work."},
    {Metric::outbox_oldest, "ccgate_outbox_oldest_age_seconds", "gauge", "",
     "Age of the oldest of them; 0: there is none."},
    {Metric::outbox_tries, "ccgate_outbox_tries_total", "counter", "end",
     "Tasks carried out: finished, or put off."},
    {Metric::questions_open, "ccgate_questions_open", "gauge", "",
     "Questions that a contact has yet to answer."},
    {Metric::contacts_age, "ccgate_contacts_age_seconds", "gauge", "",
     "Age of the contact data in force. Absent where the file does not tell."},
    {Metric::contacts_max_age, "ccgate_contacts_max_age_seconds", "gauge", "",
     "contacts.max_age: older data decides nothing."},
    {Metric::contacts_cctlds, "ccgate_contacts_cctlds", "gauge", "", "ccTLDs in the contact data in force."},
    {Metric::contacts_anomalies, "ccgate_contacts_anomalies", "gauge", "", "Of them, those with an anomaly."},
    {Metric::contacts_unusable, "ccgate_contacts_unusable", "gauge", "",
     "Of them, those that decide nothing."},
    {Metric::config_reloads, "ccgate_config_reloads_total", "counter", "result",
     "Reloads of the configuration, in each process."},
    {Metric::config_reload_ok, "ccgate_config_last_reload_successful", "gauge", "",
     "0: the last reload was refused, and the rules of before are in force."},
    {Metric::config_reload_time, "ccgate_config_last_reload_success_timestamp_seconds", "gauge", "",
     "Since when the configuration is in force, since 1970."},
    {Metric::config_reload_took, "ccgate_config_last_reload_duration_seconds", "gauge", "",
     "How long the last reload took."},
};

consteval bool in_order() {
  for (std::size_t i = 0; i < std::size(kSeries); ++i)
    if (kSeries[i].metric != static_cast<Metric>(i)) return false;
  return std::size(kSeries) == static_cast<std::size_t>(Metric::config_reload_took) + 1;
}
static_assert(in_order(), "each metric has its series, in the order of the metrics");

}  // namespace

std::span<const Series> all_series() noexcept {
  return kSeries;
}

const Series& series_of(Metric metric) noexcept {
  return kSeries[static_cast<std::size_t>(metric)];
}

}  // namespace ccgate

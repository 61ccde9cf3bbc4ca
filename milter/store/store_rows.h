// milter/store/store_rows.h: records as rows. All functions throw SqlError.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/store/records.h"
#include "milter/store/sql.h"

namespace ccgate {

// Columns, in the order in which the functions below read them.
inline constexpr std::string_view kEntryColumns =
    "number, id, decided, list, request, cctlds, author, author_domain, mail_from, client, helo, recipients,"
    " message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply, queue_id, request_key,"
    " explanation, observed, keep_until";
inline constexpr std::string_view kEventColumns = "number, decision_id, at, kind, who, detail, times, latest";
inline constexpr std::string_view kQuestionColumns =
    "id, request_key, decision_id, list, contact, cctlds, asked, expires, state, answered, let_in, asked_as";
inline constexpr std::string_view kTokenColumns =
    "hash, purpose, decision_id, question, contact, list, expires, used";
inline constexpr std::string_view kTaskColumns =
    "number, key, kind, decision_id, list, recipient, question, payload, due, expires, attempts, last_error";

/// What a column holds that is a list of texts.
[[nodiscard]] std::vector<std::string> texts_of(const std::string& json);
[[nodiscard]] LedgerEntry entry_of(const SqlRow& row);
[[nodiscard]] LedgerEvent event_of(const SqlRow& row);
[[nodiscard]] Question question_of(const SqlRow& row);
[[nodiscard]] Token token_of(const SqlRow& row);
[[nodiscard]] Task task_of(const SqlRow& row);

[[nodiscard]] std::vector<Question> questions_in(const SqlRows& rows);

/// nullopt: there is no row.
[[nodiscard]] std::optional<LedgerEntry> first_entry(const SqlRows& rows);
[[nodiscard]] std::optional<LedgerEntry> entry_by_id(SqlConnection& connection, const std::string& id);
[[nodiscard]] std::optional<Question> question_by_id(SqlConnection& connection, const std::string& id);
[[nodiscard]] std::optional<Token> token_by_hash(SqlConnection& connection, const std::string& hash);

/// SQL of several parts.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> parts);
/// The number of the row; 0: there is one with this id, and nothing was done.
std::int64_t insert_entry(SqlConnection& connection, const LedgerEntry& entry);
/// One ccTLD of the entry in row `number`.
void insert_cctld(SqlConnection& connection, const std::string& cctld, const LedgerEntry& entry,
                  std::int64_t number);
/// Left out when its decision is not there, or not any more.
void insert_event(SqlConnection& connection, const LedgerEvent& event);
void insert_question(SqlConnection& connection, const Question& question);
/// The question of this id, when it is open.
void set_undelivered(SqlConnection& connection, const std::string& question);
/// Left out when its key is known.
void insert_task(SqlConnection& connection, const Task& task, std::int64_t added);

/// One more of `what` about `key` in the span of time that begins at `bucket`; how many that makes.
std::int64_t count_up(SqlConnection& connection, std::string_view what, std::string_view key,
                      std::int64_t bucket);

/// 0 to the largest number that a column and a sum of two of them bear.
[[nodiscard]] std::int64_t bounded(std::int64_t number) noexcept;
[[nodiscard]] std::int64_t bounded(std::size_t number) noexcept;

}  // namespace ccgate

#include "milter/store/records.h"

#include <array>
#include <cstddef>

namespace ccgate {

namespace {

using Word = std::string_view;

// In the order of the enumerators; what the store holds, so a word never changes its meaning.
constexpr std::array<Word, 10> kEvents{"informed", "digested", "asked",   "confirmed",   "refused",
                                       "objected", "bounced",  "expired", "provisioned", "repeated"};
constexpr std::array<Word, 5> kTasks{"inform", "digest", "ask", "tell_owner", "hook"};
constexpr std::array<Word, 5> kStates{"open", "confirmed", "refused", "expired", "undelivered"};
constexpr std::array<Word, 4> kPurposes{"confirm", "refuse", "object", "bounce"};

template <class Enum, std::size_t N>
std::string_view word_of(const std::array<Word, N>& words, Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? words[index] : std::string_view();
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<Word, N>& words, std::string_view word) noexcept {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(EventKind kind) noexcept {
  return word_of(kEvents, kind);
}
std::optional<EventKind> parse_event_kind(std::string_view word) noexcept {
  return value_of<EventKind>(kEvents, word);
}

std::string_view to_string(TaskKind kind) noexcept {
  return word_of(kTasks, kind);
}
std::optional<TaskKind> parse_task_kind(std::string_view word) noexcept {
  return value_of<TaskKind>(kTasks, word);
}

std::string_view to_string(QuestionState state) noexcept {
  return word_of(kStates, state);
}
std::optional<QuestionState> parse_question_state(std::string_view word) noexcept {
  return value_of<QuestionState>(kStates, word);
}

std::string_view to_string(TokenPurpose purpose) noexcept {
  return word_of(kPurposes, purpose);
}
std::optional<TokenPurpose> parse_token_purpose(std::string_view word) noexcept {
  if (word == "answer") return TokenPurpose::refuse;
  return value_of<TokenPurpose>(kPurposes, word);
}

}  // namespace ccgate

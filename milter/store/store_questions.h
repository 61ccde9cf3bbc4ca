// milter/store/store_questions.h: questions answered, and other tokens taken, in SQL.
#pragma once

#include "milter/store/answer_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlQuestions : public virtual AnswerStore {
 public:
  explicit SqlQuestions(SqlDatabase& database) : database_(database) {}

  std::optional<Token> find_token(const std::string& hash) override;
  TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                  const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse answer_review(const std::string& hash, const std::string& list, QuestionState state,
                         const std::string& detail, std::int64_t now, const std::vector<Task>& tasks,
                         const MemberChanges& members) override;
  TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse unclear(const std::string& hash, const std::string& list, const std::string& detail,
                   std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;

 private:
  TokenUse take_for_event(const std::string& hash, const std::string& list, TokenPurpose purpose,
                          const LedgerEvent& event, const std::vector<Task>& tasks);

  SqlDatabase& database_;
};

}  // namespace ccgate

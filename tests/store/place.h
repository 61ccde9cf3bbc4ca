// tests/store/place.h: an empty store for one test, in the database that this run is about.
#pragma once

#include <memory>
#include <string>

#include "milter/store/open_sql.h"
#include "milter/store/open_store.h"
#include "tests/support/order_server.h"

namespace ccgate {

/// A folder that goes with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// With CCGATE_TEST_POSTGRESQL a new schema in that database, else a file that is not there yet.
class Place {
 public:
  Place();
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  std::unique_ptr<Store> open(StoreAccess access = StoreAccess::own) const;
  std::unique_ptr<Store> open(StoreAccess access, std::span<const Migration> steps) const;
  /// What `open` opens.
  SqlSource source(StoreAccess access = StoreAccess::own,
                   std::span<const Migration> steps = migrations()) const;
  /// A connection beside the store.
  std::unique_ptr<SqlConnection> connect() const;

 private:
  TemporaryFolder folder_;
  std::string path_, schema_, url_;
};

/// A decision with something in every member, told apart by `id`.
[[nodiscard]] LedgerEntry sample_entry(const std::string& id, std::int64_t decided = 1000);
[[nodiscard]] Task sample_task(const std::string& key, const std::string& decision_id,
                               std::int64_t due = 1000);
[[nodiscard]] Question sample_question(const std::string& id, const std::string& decision_id);
[[nodiscard]] Token sample_token(const std::string& hash, TokenPurpose purpose,
                                 const std::string& decision_id);

}  // namespace ccgate

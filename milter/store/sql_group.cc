#include "milter/store/sql_group.h"

namespace ccgate {

void SqlGroup::run(const Work& work) {
  Member member{&work, false, false, std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&member);
  ended_.wait(lock, [&] { return member.over || !at_work_; });
  if (!member.over) {
    // Those that came while another group was at work go with us, those that come now wait for the next.
    std::vector<Member*> members;
    members.swap(waiting_);
    at_work_ = true;
    lock.unlock();
    run_all(members);
    lock.lock();
    for (Member* one : members) one->over = true;
    at_work_ = false;
    ended_.notify_all();
  }
  lock.unlock();
  if (member.error) throw *member.error;
  if (member.alone) transaction_(work);
}

void SqlGroup::run_all(const std::vector<Member*>& members) noexcept {
  bool begun = false;
  try {
    transaction_([&](SqlConnection& connection) {
      begun = true;
      for (const Member* member : members) (*member->work)(connection);
    });
  } catch (const StoreError& error) {
    // What fails before anything was done, or nobody knows how far, is the same for all.
    const bool for_all = !begun || error.in_doubt() || members.size() == 1;
    for (Member* member : members) {
      if (for_all)
        member->error = error;
      else
        member->alone = true;
    }
  } catch (...) {
    for (Member* member : members) member->alone = true;
  }
}

}  // namespace ccgate

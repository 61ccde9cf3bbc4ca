#include "milter/store/sql_group.h"

#include <algorithm>

namespace ccgate {

void SqlGroup::run(const Work& work, Time end) {
  Member member{&work, end, false, false, std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&member);
  if (!ended_.wait_until(lock, end, [&] { return member.over || !at_work_; })) {
    if (std::erase(waiting_, &member) != 0)
      throw SqlError(SqlFault::other, "others are at work in it for too long");
    ended_.wait(lock, [&] { return member.over; });  // it is being done
  }
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
  if (member.alone) transaction_(work, end);
}

void SqlGroup::run_all(const std::vector<Member*>& members) noexcept {
  bool begun = false;
  Time end = members.front()->end;
  for (const Member* member : members) end = std::min(end, member->end);
  try {
    transaction_(
        [&](SqlConnection& connection) {
          begun = true;
          for (const Member* member : members) (*member->work)(connection);
        },
        end);
  } catch (const StoreError& error) {
    // What fails before anything was done, or nobody knows how far, is the same for all; but some may have
    // more time.
    for (Member* member : members) {
      if (error.in_doubt() || members.size() == 1 || (!begun && member->end == end))
        member->error = error;
      else
        member->alone = true;
    }
  } catch (...) {
    for (Member* member : members) member->alone = true;
  }
}

}  // namespace ccgate

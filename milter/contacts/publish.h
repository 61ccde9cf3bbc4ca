// milter/contacts/publish.h: contacts.json and its history put in place, so that a reader at any moment, and
// whoever comes after a crash at any point, finds a whole file.
#pragma once

#include <string>
#include <string_view>

#include "milter/system/descriptor.h"

namespace ccgate {

/// Holds `contacts.json.lock` beside the file, so that one run at a time works on it. Files are those in the
/// folder of `contacts_file`.
class ContactsFolder {
 public:
  /// Throws std::runtime_error, with what to do, when the folder cannot be written or another run is at work.
  explicit ContactsFolder(std::string contacts_file);

  /// Appends `history` to contacts-history.jsonl (behind a line that a crash cut short, on a line of its
  /// own), then puts `text` in the place of the file by rename(2); both are on the disk before it returns.
  /// The file that was there becomes contacts.json.1, that one .2, and so on; .10 goes. The mode and group of
  /// the file stay as they were; a new one is readable by all, since the data is public. What root makes new
  /// belongs to the owner of the folder, whose run may be the next. Links that somebody put in place of the
  /// files beside contacts.json are not followed. Throws std::runtime_error with the system's words; the old
  /// file is then still in place.
  void publish(std::string_view text, std::string_view history) const;

 private:
  std::string file_;
  Descriptor lock_;
};

}  // namespace ccgate

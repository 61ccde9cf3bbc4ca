// milter/store/store_access.h: what a store is opened for.
#pragma once

namespace ccgate {

enum class StoreAccess {
  own,    ///< creates what is missing, brings an older schema up to date
  write,  ///< for changing what an owner has made: creates no store, leaves the schema as it is
  read,   ///< for looking: creates and changes nothing
};

}  // namespace ccgate

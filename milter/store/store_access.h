// milter/store/store_access.h: what a store is opened for.
#pragma once

namespace ccgate {

enum class StoreAccess {
  own,   ///< creates what is missing, brings an older schema up to date
  read,  ///< for looking: creates and changes nothing
};

}  // namespace ccgate

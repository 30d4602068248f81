#pragma once

#include <memory>

#include "app/accounts/key_directory.h"
#include "app/writing/write_gate.h"
#include "base/time.h"

namespace parcelwake::server {

// Sees to it that metered accounts get their month's grant and lose it at a trial's end without having to call first.
// What an account may spend does not hang on it: every charge and every look at a balance settles for itself.
class Settlement {
 public:
  Settlement(const app::KeyDirectory& keys, app::WriteGate& gate) : keys_(keys), gate_(gate) {}

  // Hands in what is to be written after a change of the accounts, and once in each hour; else does nothing. From one
  // thread.
  void run_once(Timestamp now);

 private:
  const app::KeyDirectory& keys_;
  app::WriteGate& gate_;
  std::shared_ptr<const app::MeteredAccounts> done_;
  std::chrono::sys_time<std::chrono::hours> hour_{};
};

}  // namespace parcelwake::server

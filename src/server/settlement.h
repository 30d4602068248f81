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

  // Begins a round over the metered accounts after a change of the accounts, and once in each hour; goes on with one
  // whose write was refused; else does nothing. Of a round 500 accounts wait to be written at a time, the next ones are
  // handed in when those are done: others' writes go between. From one thread.
  void run_once(Timestamp now);

 private:
  class Round;

  const app::KeyDirectory& keys_;
  app::WriteGate& gate_;
  std::shared_ptr<Round> round_;  // the latest; shared with what it has handed in
  std::shared_ptr<const app::MeteredAccounts> begun_for_;
  std::chrono::sys_time<std::chrono::hours> hour_{};
};

}  // namespace parcelwake::server

#include "store/sqlite/kept_view.h"

#include <sqlite3.h>

#include <algorithm>

#include "store/sqlite/sqlite_database.h"

namespace parcelwake::store {
namespace {

constexpr int kIndexBlock = 32'768;  // the unit in which SQLite maps the index

}  // namespace

KeptViews::Pause::Pause(KeptViews* views) : views_(views) {
  if (views_ == nullptr) return;
  views_->pauses_.fetch_add(1);
  const std::lock_guard lock(views_->mutex_);
  for (KeptView* view : views_->views_) {
    const std::unique_lock view_lock(view->mutex_, std::try_to_lock);
    if (view_lock.owns_lock()) view->let_go();  // otherwise it does so itself when its read ends
  }
}

KeptViews::Pause::~Pause() {
  if (views_ != nullptr) views_->pauses_.fetch_sub(1);
}

KeptView::KeptView(SqliteDatabase& database, KeptViews& views) : database_(database), views_(views) {
  const std::lock_guard lock(views_.mutex_);
  views_.views_.push_back(this);
}

KeptView::~KeptView() {
  {
    const std::lock_guard lock(views_.mutex_);
    std::erase(views_.views_, this);
  }
  let_go();
  sqlite3_finalize(begin_);
  sqlite3_finalize(end_);
}

Result<void, ports::StoreError> KeptView::enter() {
  mutex_.lock();
  entered_ = true;
  const bool has_view = begun_ && sqlite3_get_autocommit(database_.handle()) == 0;  // an error may have ended it
  if (has_view && is_current()) return {};
  let_go();
  // Taken before the view begins: a commit in between makes it seem old, never new.
  head_ = head_now();
  const int code = run(begin_, "BEGIN");
  begun_ = code == SQLITE_DONE;
  if (begun_) return {};
  leave();
  return fail(database_.error(code, "begin"));
}

void KeptView::leave() {
  // The first view began before its head could be read, so it is not kept.
  if (!is_current()) let_go();
  if (index_ == nullptr) find_index();
  entered_ = false;
  mutex_.unlock();
  // Looked at when whoever pauses can take the lock: one of the two sees the other.
  if (views_.pauses_.load() > 0) step_aside();
}

void KeptView::step_aside() {
  if (entered_) return;
  const std::lock_guard lock(mutex_);
  let_go();
}

void KeptView::let_go() {
  if (begun_) run(end_, "COMMIT");  // nothing was written: whatever fails here, the next read tells
  begun_ = false;
}

// Past Query, which makes a kept view step aside.
int KeptView::run(sqlite3_stmt*& kept, const char* sql) {
  if (kept == nullptr) {
    const int code = sqlite3_prepare_v3(database_.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &kept, nullptr);
    if (code != SQLITE_OK) return code;
  }
  const int code = sqlite3_step(kept);
  sqlite3_reset(kept);
  return code;
}

bool KeptView::is_current() const { return index_ != nullptr && head_now() == head_; }

KeptView::Head KeptView::head_now() const {
  Head head{};
  if (index_ == nullptr) return head;
  const auto* words = static_cast<const volatile std::uint32_t*>(index_);
  // A commit writes this copy of the head last, and the frames before both.
  for (std::size_t i = 0; i < kHeadWords; ++i) head[i] = __atomic_load_n(words + i, __ATOMIC_ACQUIRE);
  return head;
}

void KeptView::find_index() {
  sqlite3_file* const file = database_.file();
  if (file == nullptr || file->pMethods->iVersion < 2) return;
  // Mapped already by the read before, and as long as the connection.
  volatile void* block = nullptr;
  if (file->pMethods->xShmMap(file, 0, kIndexBlock, 0, &block) == SQLITE_OK) index_ = block;
}

}  // namespace parcelwake::store

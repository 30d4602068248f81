#include "app/writing/write_pass.h"

#include <iterator>

namespace parcelwake::app {
namespace {

// Joins the commands of all requests that hold a `Batch`, runs `use_case` once over them and deals the outcomes out
// again.
template <class Batch, class Outcomes, class Commands, class UseCase>
Result<void, ports::StoreError> run_kind(std::span<WriteRequest> requests, std::vector<WriteOutcome>& outcomes,
                                         Commands Batch::*commands_of, UseCase use_case) {
  Commands joined;
  bool asked = false;
  for (WriteRequest& request : requests) {
    if (auto* batch = std::get_if<Batch>(&request)) {
      asked = true;
      Commands& commands = batch->*commands_of;
      joined.insert(joined.end(), std::make_move_iterator(commands.begin()), std::make_move_iterator(commands.end()));
    }
  }
  if (!asked) return {};
  auto done = use_case(joined);
  if (!done) return fail(done.error());
  auto next = std::make_move_iterator(done->begin());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (const auto* batch = std::get_if<Batch>(&requests[i])) {
      // Its commands have been moved from; how many they were is still known.
      const auto end = next + static_cast<std::ptrdiff_t>((batch->*commands_of).size());
      outcomes[i] = Outcomes(next, end);
      next = end;
    }
  }
  return {};
}

Result<void, ports::StoreError> run_single_requests(std::span<WriteRequest> requests,
                                                    std::vector<WriteOutcome>& outcomes, ports::TrackingStore& store,
                                                    Timestamp now) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (std::holds_alternative<WakeWaiting>(requests[i])) {
      if (const auto woken = store.wake_waiting(now); !woken) return fail(woken.error());
    }
    if (const auto* batch = std::get_if<WaybillBatch>(&requests[i])) {
      if (const auto kept = keep_waybills(batch->waybills, store.waybills(), now); !kept) return fail(kept.error());
    }
    if (const auto* claim = std::get_if<ClaimCommand>(&requests[i])) {
      auto claimed = claim_due(*claim, store, now);
      if (!claimed) return fail(claimed.error());
      outcomes[i] = *std::move(claimed);
    }
    // After all that notes changes or settles deliveries: what that makes due is taken along.
    if (const auto* claim = std::get_if<ClaimDeliveriesCommand>(&requests[i])) {
      auto claimed = claim_deliveries(*claim, store.notifications(), now);
      if (!claimed) return fail(claimed.error());
      outcomes[i] = *std::move(claimed);
    }
  }
  return {};
}

Result<void, ports::StoreError> run_all(std::span<WriteRequest> requests, std::vector<WriteOutcome>& outcomes,
                                        ports::TrackingStore& store, const WriteContext& context, Timestamp now) {
  auto done = run_kind<RegisterBatch, RegisterOutcomes>(
      requests, outcomes, &RegisterBatch::commands,
      [&](const auto& commands) { return register_trackings(commands, store, context.gateway, context.random, now); });
  if (!done) return done;
  done = run_kind<UpdateBatch, UpdateOutcomes>(requests, outcomes, &UpdateBatch::commands, [&](const auto& commands) {
    return update_trackings(commands, store, now);
  });
  if (!done) return done;
  done = run_kind<DeleteBatch, UpdateOutcomes>(requests, outcomes, &DeleteBatch::commands,
                                               [&](const auto& commands) { return delete_trackings(commands, store); });
  if (!done) return done;
  done = run_kind<ChangeCarrierBatch, ChangeCarrierOutcomes>(
      requests, outcomes, &ChangeCarrierBatch::commands,
      [&](const auto& commands) { return change_carriers(commands, store, context.gateway, now); });
  if (!done) return done;
  done = run_kind<StopAskingBatch, UpdateOutcomes>(requests, outcomes, &StopAskingBatch::keys,
                                                   [&](const auto& keys) { return stop_asking(keys, store, now); });
  if (!done) return done;
  done = run_kind<RetrackBatch, RetrackOutcomes>(requests, outcomes, &RetrackBatch::ids, [&](const auto& ids) {
    return retrack_trackings(ids, store, context.gateway, now);
  });
  if (!done) return done;
  done = run_kind<AnswerBatch, AnswerOutcomes>(requests, outcomes, &AnswerBatch::commands, [&](const auto& commands) {
    return apply_answers(commands, store, context.catalogue, context.random, now);
  });
  if (!done) return done;
  // After the answers: who wants one that has just come need not ask again.
  done = run_kind<RealtimeBatch, RealtimeOutcomes>(
      requests, outcomes, &RealtimeBatch::commands,
      [&](const auto& commands) { return begin_realtime(commands, store, context.gateway, context.random, now); });
  if (!done) return done;
  done = run_kind<ChargeBatch, ChargeOutcomes>(requests, outcomes, &ChargeBatch::commands, [&](const auto& commands) {
    return charge_accounts(commands, store, now);
  });
  if (!done) return done;
  done = run_kind<SettleBatch, SettleOutcomes>(requests, outcomes, &SettleBatch::commands, [&](const auto& commands) {
    return settle_deliveries(commands, store.notifications(), context.retries, context.random, now);
  });
  if (!done) return done;
  return run_single_requests(requests, outcomes, store, now);
}

}  // namespace

std::vector<Result<WriteOutcome, ports::StoreError>> run_write_pass(std::span<WriteRequest> requests,
                                                                    ports::TrackingStore& store,
                                                                    const WriteContext& context, Timestamp now) {
  std::vector<WriteOutcome> outcomes(requests.size());
  auto done = store.begin();
  if (done) {
    done = run_all(requests, outcomes, store, context, now);
    if (done) done = store.commit();
    if (!done) store.rollback();
  }
  std::vector<Result<WriteOutcome, ports::StoreError>> results;
  results.reserve(requests.size());
  for (WriteOutcome& outcome : outcomes) {
    if (done) {
      results.emplace_back(std::move(outcome));
    } else {
      results.emplace_back(fail(done.error()));
    }
  }
  return results;
}

}  // namespace parcelwake::app

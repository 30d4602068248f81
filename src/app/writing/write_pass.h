#pragma once

#include <span>
#include <variant>
#include <vector>

#include "app/accounts/charge.h"
#include "app/notifications/claim_deliveries.h"
#include "app/notifications/settle_deliveries.h"
#include "app/polling/apply_answers.h"
#include "app/polling/claim_due.h"
#include "app/trackings/change_carriers.h"
#include "app/trackings/realtime.h"
#include "app/trackings/register_trackings.h"
#include "app/trackings/retrack_trackings.h"
#include "app/trackings/stop_asking.h"
#include "app/trackings/update_trackings.h"
#include "app/waybills/keep_waybills.h"
#include "base/result.h"
#include "ports/carrier_catalogue.h"
#include "ports/random.h"
#include "ports/tracking_store.h"

namespace parcelwake::app {

// One caller's commands, all of one kind.
struct RegisterBatch {
  std::vector<RegisterCommand> commands;
};
struct UpdateBatch {
  std::vector<UpdateCommand> commands;
};
struct DeleteBatch {
  std::vector<DeleteCommand> commands;
};
struct ChangeCarrierBatch {
  std::vector<ChangeCarrierCommand> commands;
};
struct RetrackBatch {
  std::vector<domain::TrackingId> ids;
};
struct StopAskingBatch {
  std::vector<ports::TrackingKey> keys;
};
struct RealtimeBatch {
  std::vector<RegisterCommand> commands;
};
struct AnswerBatch {
  std::vector<AnswerCommand> commands;
};
struct ChargeBatch {
  std::vector<ChargeCommand> commands;
};
struct WaybillBatch {
  std::vector<ports::StoredWaybill> waybills;
};
struct SettleBatch {
  std::vector<SettleCommand> commands;
};
struct WakeWaiting {};

using WriteRequest = std::variant<RegisterBatch, UpdateBatch, DeleteBatch, ChangeCarrierBatch, RetrackBatch,
                                  StopAskingBatch, RealtimeBatch, AnswerBatch, ChargeBatch, ClaimCommand, WaybillBatch,
                                  SettleBatch, ClaimDeliveriesCommand, WakeWaiting>;

using RegisterOutcomes = std::vector<Result<Registered, RegisterError>>;
using UpdateOutcomes = std::vector<Result<domain::Tracking, UpdateError>>;
using ChangeCarrierOutcomes = std::vector<Result<domain::Tracking, ChangeCarrierError>>;
using RetrackOutcomes = std::vector<Result<domain::Tracking, RetrackError>>;
using RealtimeOutcomes = std::vector<Result<RealtimeStart, RegisterError>>;
using AnswerOutcomes = std::vector<std::optional<domain::Tracking>>;
using ChargeOutcomes = std::vector<Result<domain::Units, ChargeError>>;
using ClaimOutcome = std::vector<DueAsk>;
using SettleOutcomes = std::vector<Settled>;

// In the place of its request: outcomes of the same kind, one a command (UpdateOutcomes for a DeleteBatch and a
// StopAskingBatch, nothing for a WaybillBatch and WakeWaiting).
using WriteOutcome =
    std::variant<std::monostate, RegisterOutcomes, UpdateOutcomes, ChangeCarrierOutcomes, RetrackOutcomes,
                 RealtimeOutcomes, AnswerOutcomes, ChargeOutcomes, ClaimOutcome, SettleOutcomes, ClaimedDeliveries>;

// What the use cases of a write pass need beside the store.
struct WriteContext {
  const ports::CarrierCatalogue& catalogue;
  const ports::CarrierGateway& gateway;
  ports::Random& random;
  domain::RetryRule retries{};
};

// Carries out the requests of many callers in one transaction: each kind of command is one call of its use case over
// all callers' commands. An outcome is given only once it is durable; when the store fails, nothing happened to any
// request. `now` is one moment for all of them. The requests' commands are used up.
std::vector<Result<WriteOutcome, ports::StoreError>> run_write_pass(std::span<WriteRequest> requests,
                                                                    ports::TrackingStore& store,
                                                                    const WriteContext& context, Timestamp now);

}  // namespace parcelwake::app

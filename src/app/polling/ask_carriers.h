#pragma once

#include <functional>
#include <vector>

#include "app/polling/apply_answers.h"
#include "app/polling/claim_due.h"
#include "ports/carrier_gateway.h"

namespace parcelwake::app {

// Asks the carriers of both legs of each tracking and calls back once for each tracking, when all its legs have
// answered, from the gateway's thread.
void ask_carriers(std::vector<DueAsk> asks, ports::CarrierGateway& gateway,
                  std::function<void(AnswerCommand)> answered);

}  // namespace parcelwake::app

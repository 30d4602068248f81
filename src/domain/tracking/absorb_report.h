#pragma once

#include <vector>

#include "domain/tracking/tracking.h"

namespace parcelwake::domain {

// Merges a carrier's answer about one leg into the tracking and judges it anew.
// Returns whether anything changed that a reader can see; `updated_at` moves only then. An expired parcel comes back to
// life by a newer checkpoint or another judgement, not by hearing the same again. A carrier that knows nothing of the
// number is told by note_unknown_number(), not by an empty report.
bool absorb_report(Tracking& tracking, LegKind leg, const CarrierReport& report, Timestamp now);

// The carrier answered and does not know the number: a tracking of which nothing was heard becomes "notfound".
bool note_unknown_number(Tracking& tracking, Timestamp now);

// Sets or (nothing) takes back the status that the customer chose. Returns whether it changed.
bool set_manual_status(Tracking& tracking, std::optional<Status> status, Timestamp now);

// Takes an expired parcel up again: it stands where its checkpoints say, and ages anew from `now`. Returns whether it
// was expired; another is left as it is.
bool retrack(Tracking& tracking, Timestamp now);

// Ends the journey as expired, unless it has ended (delivered, returned). Returns whether it changed.
bool expire(Tracking& tracking, Timestamp now);

}  // namespace parcelwake::domain

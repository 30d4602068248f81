#pragma once

#include "base/observe/metrics.h"

namespace parcelwake::server {

// What this process costs, under the names that Prometheus knows: memory, open files, processor time, start. What the
// system does not tell is left out.
void write_process_figures(metrics::Page& page);

}  // namespace parcelwake::server

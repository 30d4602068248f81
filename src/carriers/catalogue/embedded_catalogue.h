#pragma once

#include <memory>

#include "carriers/catalogue/catalogue.h"

namespace parcelwake::carriers {

// The files in the executable.
CatalogueTexts embedded_texts();

// The catalogue in the executable. Aborts with a message when its data is broken: that is a bug of ours.
std::unique_ptr<ports::CarrierCatalogue> load_embedded_catalogue();

}  // namespace parcelwake::carriers

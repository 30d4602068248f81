#include "carriers/catalogue/embedded_catalogue.h"

#include <cstdio>
#include <cstdlib>

#include "parcelwake_carriers_catalogue_embedded.h"

namespace parcelwake::carriers {

CatalogueTexts embedded_texts() {
  CatalogueTexts texts;
  for (const embedded::File& file : embedded::files()) {
    if (file.path == "data/carriers.tsv") {
      texts.carriers = file.bytes;
    } else if (file.path == "data/countries.tsv") {
      texts.countries = file.bytes;
    } else if (file.path == "data/airlines.tsv") {
      texts.airlines = file.bytes;
    } else if (file.path == "data/s10.toml") {
      texts.operators = file.bytes;
    } else {
      texts.formats.emplace_back(file.path, file.bytes);
    }
  }
  return texts;
}

std::unique_ptr<ports::CarrierCatalogue> load_embedded_catalogue() {
  auto catalogue = Catalogue::parse(embedded_texts());
  if (!catalogue) {
    std::fprintf(stderr, "the catalogue in the executable is broken: %s\n", catalogue.error().c_str());
    std::abort();
  }
  return std::move(catalogue).value();
}

}  // namespace parcelwake::carriers

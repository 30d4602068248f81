#pragma once

#include <pugixml.hpp>

#include "wire/xml/tree.h"

namespace parcelwake::wire::xml {

// What a Tree owns. For the sources of this folder only.
struct TreeData {
  pugi::xml_document document;
};

}  // namespace parcelwake::wire::xml

#pragma once

#include <string>

#include "base/result.h"

namespace parcelwake::store {

// Files that are whole or not there, whatever happens meanwhile. The errors are sentences for a person.

// Makes an empty file for its owner alone. One that is there is an error.
Result<void, std::string> make_file(const std::string& file);

// Return when the file, or the names in its folder, are on the disk.
Result<void, std::string> sync_file(const std::string& file);
Result<void, std::string> sync_folder_of(const std::string& file);

// Copies `from` to `to`, which must not be there yet and is there for its owner alone, down to the disk.
Result<void, std::string> copy_file_durably(const std::string& from, const std::string& to);

// Gives `from` the name `to`, which nothing may have yet.
Result<void, std::string> rename_anew(const std::string& from, const std::string& to);

// Lets two files change names in one step.
Result<void, std::string> exchange_names(const std::string& a, const std::string& b);

}  // namespace parcelwake::store

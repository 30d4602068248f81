#include "base/running_digest.h"

#include <gtest/gtest.h>

namespace parcelwake {
namespace {

TEST(RunningDigest, PiecesAreOneText) {
  constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // FIPS 180-4
  RunningDigest pieces;
  pieces.add("a");
  pieces.add("");
  pieces.add("bc");
  EXPECT_EQ(pieces.hex(), kOfAbc);
  EXPECT_EQ(RunningDigest().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace parcelwake

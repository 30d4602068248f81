#include "notify/webhook/standard_signature.h"

#include <gtest/gtest.h>

namespace parcelwake::notify {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The signature was computed by another program.
TEST(StandardSignature, CoversNameTimeAndBody) {
  domain::EndpointSecret secret{};
  for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(i);
  const Timestamp sent_at = from_unix_seconds(1'614'265'330);
  const std::string body = R"({"test": 2432232314})";
  EXPECT_EQ(standard_headers("msg_1", sent_at, body, secret),
            (Headers{{"webhook-id", "msg_1"},
                     {"webhook-timestamp", "1614265330"},
                     {"webhook-signature", "v1,GWvjEzx3AphU7wha3hNZPXJnymF9Fg+ZdvPQqWPOjZ0="}}));
  const auto signature = [&](std::string_view name, Timestamp at, std::string_view text) {
    return standard_headers(name, at, text, secret).back().second;
  };
  const std::string whole = signature("msg_1", sent_at, body);
  EXPECT_NE(signature("msg_2", sent_at, body), whole);
  EXPECT_NE(signature("msg_1", sent_at + std::chrono::seconds{1}, body), whole);
  EXPECT_NE(signature("msg_1", sent_at, body + " "), whole);
}

}  // namespace
}  // namespace parcelwake::notify

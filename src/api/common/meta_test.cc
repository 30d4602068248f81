#include "api/common/meta.h"

#include <gtest/gtest.h>

#include "api/common/reply_for_error.h"

namespace parcelwake::api {
namespace {

struct Row {
  int code;
  std::string_view type;
  std::string_view message;
};

// Types and messages: status code tables of TrackingMore v2 and Trackru, without the links the tables append.
constexpr Row kRows[] = {
    {200, "Success", "Success"},
    {201, "Created", "The request was successful and a resource was created."},
    {202, "Bad Request", "The request was successful but exceeding the limit."},
    {401, "Unauthorized", "Authentication failed or user does not have permissions for the requested operation."},
    {402, "Payment Required", "Payment required."},
    {403, "Forbidden", "Access denied."},
    {404, "Not Found", "Resource was not found."},
    {405, "Method Not Allowed", "Requested method is not supported for the specified resource."},
    {409, "Conflict", "The request could not be completed due to a conflict."},
    {429, "Too Many Requests", "Exceeded API limits. Pause requests, wait two minute, and try again."},
    {500, "Server error", ""},
    {503, "Service Unavailable",
     "The service is temporary unavailable (e.g. scheduled Platform Maintenance). Try again later."},
    {4001, "Unauthorized", "Invalid API key."},
    {4002, "Unauthorized", "API key has been deleted."},
    {4012, "Bad Request", "The request could not be understood or was missing required parameters."},
    {4013, "Bad Request", "Tracking_number is required."},
    {4014, "Bad Request", "The value of `tracking_number` is invalid."},
    {4015, "Bad Request", "The value of `carrier_code` is invalid."},
    {4016, "Bad Request", "Tracking already exists."},
    {4017, "Bad Request", "Tracking does not exist."},
    {4020, "Bad Request", "Up to 200 at a time"},
    {4031, "No Content", "The request was successful but the response is empty."},
    {4032, "No Content", "Cannot detect courier."},
    {4033, "No Content", "The value of `status` is invalid."},
};

TEST(Meta, SaysWhatTheVendorsTablesSay) {
  for (const Row& row : kRows) {
    EXPECT_EQ(type_of(static_cast<Meta>(row.code)), row.type) << row.code;
    EXPECT_EQ(message_of(static_cast<Meta>(row.code)), row.message) << row.code;
  }
}

TEST(Meta, EverythingThatTheApiItselfSaysTravelsWith200) {
  for (const Row& row : kRows) {
    const bool about_http = row.code == 404 || row.code == 405 || row.code == 500 || row.code == 503;
    EXPECT_EQ(http_status_of(static_cast<Meta>(row.code)), about_http ? row.code : 200) << row.code;
  }
}

TEST(Meta, AnEmptyAnswerIsCompactMetaFirstWithAnArrayForData) {
  EXPECT_EQ(empty_answer(Meta::AlreadyExists).body,
            R"({"meta":{"code":4016,"type":"Bad Request","message":"Tracking already exists."},"data":[]})");
  EXPECT_EQ(empty_answer(Meta::AlreadyExists).status, 200);
  EXPECT_EQ(empty_answer(Meta::AlreadyExists).content_type, "application/json");
}

TEST(HttpErrorPage, KeepsTheStatusAndTheEnvelope) {
  for (const int status : {400, 404, 405, 408, 413, 414, 417, 431, 500, 501, 503, 505}) {
    const auto page = http_error_page(status);
    EXPECT_EQ(page.status, status);
    EXPECT_TRUE(page.body.starts_with(R"({"meta":{"code":)")) << page.body;
    EXPECT_TRUE(page.body.ends_with(R"(},"data":[]})")) << page.body;
  }
}

TEST(MetaFor, KeepsAStoresTroubleApartFromAWrongKey) {
  EXPECT_EQ(meta_for(app::KeyError::Unknown), Meta::KeyInvalid);
  EXPECT_EQ(meta_for(app::KeyError::Revoked), Meta::KeyDeleted);
  EXPECT_EQ(meta_for(app::KeyError::StoreFailed), Meta::Unavailable);
  EXPECT_EQ(meta_for(ports::StoreError::Busy), Meta::Unavailable);
}

}  // namespace
}  // namespace parcelwake::api

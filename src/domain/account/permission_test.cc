#include "domain/account/permission.h"

#include <gtest/gtest.h>

namespace parcelwake::domain {
namespace {

TEST(Permissions, AreNamedAndReadBack) {
  EXPECT_EQ(to_string(kAllPermissions), "all");
  EXPECT_EQ(to_string(PermissionSet{}), "none");
  EXPECT_EQ(to_string({Permission::Delete, Permission::Read}), "read,delete");
  for (const char* text : {"all", "none", "read", "read,write,delete,realtime,lookup"}) {
    const auto permissions = parse_permissions(text);
    ASSERT_TRUE(permissions) << text;
    EXPECT_EQ(to_string(*permissions), text);
  }
  EXPECT_EQ(parse_permissions("write, read"), (PermissionSet{Permission::Read, Permission::Write}));
}

TEST(Permissions, UnknownNamesAreRefused) {
  for (const char* text : {"", ",", "read,", "Read", "everything", "read write"}) {
    EXPECT_FALSE(parse_permissions(text)) << text;
  }
}

TEST(Permissions, AllAreMoreThanThoseNamedToday) {
  EXPECT_NE(parse_permissions("read,write,delete,realtime,lookup"), kAllPermissions);
  EXPECT_TRUE(kAllPermissions.contains(*parse_permissions("read,write,delete,realtime,lookup")));
}

}  // namespace
}  // namespace parcelwake::domain

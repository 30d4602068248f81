#include "wire/http/server/quiesce.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "wire/http/server/listener.h"
#include "wire/http/server/testing/echo_server.h"
#include "wire/http/server/testing/raw_client.h"

namespace parcelwake::wire::http {
namespace {

// As the dynamic linker finds it for a library.
int control(int set, int operation, int descriptor) {
  using Control = int (*)(int, int, int, epoll_event*);
  epoll_event event{.events = EPOLLIN, .data = {}};
  return reinterpret_cast<Control>(dlsym(RTLD_DEFAULT, "epoll_ctl"))(set, operation, descriptor, &event);
}

// Open descriptors whose link begins like that.
std::vector<int> descriptors(std::string_view kind) {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // the iterator's own
    const auto target = std::filesystem::read_symlink(entry.path(), gone);
    if (!gone && target.string().starts_with(kind)) found.push_back(std::stoi(entry.path().filename()));
  }
  return found;
}

bool listens(int socket) {
  int accepts = 0;
  socklen_t size = sizeof accepts;
  return getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0 && accepts != 0;
}

TEST(HttpQuiesce, WhatHasLeftAnEpollSetMayLeaveOnceMore) {
  const int set = epoll_create1(EPOLL_CLOEXEC);
  const int descriptor = eventfd(0, EFD_CLOEXEC);
  EXPECT_EQ(control(set, EPOLL_CTL_ADD, descriptor), 0);
  EXPECT_EQ(control(set, EPOLL_CTL_DEL, descriptor), 0);
  EXPECT_EQ(control(set, EPOLL_CTL_DEL, descriptor), 0);
  EXPECT_EQ(control(set, EPOLL_CTL_MOD, descriptor), -1);
  EXPECT_EQ(errno, ENOENT);
  EXPECT_EQ(control(set, EPOLL_CTL_DEL, -1), -1);
  EXPECT_EQ(errno, EBADF);
  close(descriptor);
  close(set);
}

// As when each of the library's threads has just seen that it is to accept nobody any more. Without our epoll_ctl the
// library aborts here.
TEST(HttpQuiesce, OfThreadsThatHaveLetGoOfTheListenerThemselves) {
  const auto server = testing::serve_echo({.threads = 2});
  testing::RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  ASSERT_EQ(client.receive().status, 200);  // so at least this thread listens
  for (const int set : descriptors("anon_inode:[eventpoll]")) {
    for (const int socket : descriptors("socket:")) {
      if (listens(socket) && port_of(socket) == server->port()) control(set, EPOLL_CTL_DEL, socket);
    }
  }
  server->drain(std::chrono::milliseconds(0));
}

}  // namespace
}  // namespace parcelwake::wire::http

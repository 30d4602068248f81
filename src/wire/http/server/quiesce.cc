#include "wire/http/server/quiesce.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <sys/epoll.h>

#include <cerrno>

namespace parcelwake::wire::http {

void quiesce(MHD_Daemon* daemon) { MHD_quiesce_daemon(daemon); }

}  // namespace parcelwake::wire::http

// Called by name from libmicrohttpd and so found here first. For all else it is the system's.
extern "C" int epoll_ctl(int set, int operation, int descriptor, epoll_event* event) noexcept {
  using Control = int (*)(int, int, int, epoll_event*);
  static const Control system = reinterpret_cast<Control>(dlsym(RTLD_NEXT, "epoll_ctl"));
  const int result = system(set, operation, descriptor, event);
  return result != 0 && operation == EPOLL_CTL_DEL && errno == ENOENT ? 0 : result;
}

#pragma once

struct MHD_Daemon;

namespace parcelwake::wire::http {

// Makes the daemon's threads accept nobody any more. The listener stays open and is the caller's.
//
// MHD_quiesce_daemon takes the listener out of each thread's epoll set, and so does a thread that happens to look at
// that moment. Of the two the one that comes second is told that it is not there, and the library then ends the whole
// process. The program's own epoll_ctl (in the .cc) stands before the library's and says of what is gone already that
// it has been taken out.
void quiesce(MHD_Daemon* daemon);

}  // namespace parcelwake::wire::http

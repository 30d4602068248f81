#pragma once

struct MHD_Connection;
struct MHD_Response;

namespace parcelwake::wire::http {

// MHD_queue_response as the library has it. The program's own MHD_queue_response (in the .cc) stands before it for the
// calls the library makes itself, which are its errors in HTML: the client gets the server's error page instead.
int queue_response(MHD_Connection* connection, unsigned status, MHD_Response* response);

}  // namespace parcelwake::wire::http

#pragma once

#include <string_view>

struct sockaddr;

namespace parcelwake::wire::http {

// Whether an address belongs to the public internet: not to this machine, its network, or a range that IANA keeps for
// special purposes (RFC 6890 and its successors). IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4) are judged as
// such. Other families are not public.
bool is_public_address(const sockaddr& address);

// The same for an address in text ("10.0.0.1", "fe80::1%eth0"); what is none is not public.
bool is_public_address(std::string_view text);

}  // namespace parcelwake::wire::http

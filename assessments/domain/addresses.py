"""Which addresses this server may visit by itself: https, port 443, hosts with a public name.

Strict on purpose: what is refused here and works in a browser costs an editor a look; what is
let through and leads inside costs more.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

LONGEST = 2_000
PORT = 443
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label starts with a letter, so that no way of writing a number passes for a name.
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")
# Names that by their own rules never lead out of a house.
_INSIDE = frozenset(
    {"arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost"}
    | {"onion", "test"}
)
_KEPT = "/%:@!$&'()*+,;=~-._"

# Everything that is not public unicast. Written out: what `is_global` says has changed between
# patch releases of Python, and it lets some of these through.
_NEVER_4 = tuple(
    IPv4Network(one)
    for one in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # this computer
        "169.254.0.0/16",  # this link; cloud providers keep secrets here
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # black hole of name servers
        "192.52.193.0/24",  # automatic multicast tunnels
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # black hole of name servers
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and the broadcast address
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")  # all that has been given out so far
_NEVER_6 = tuple(
    IPv6Network(one)
    for one in (
        "2001::/23",  # protocols; Teredo, which wraps an IPv4 address, is in it
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: wraps an IPv4 address
        "2620:4f:8000::/48",  # black hole of name servers
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


class Why(StrEnum):
    """Why an address is refused."""

    MALFORMED = "malformed"
    SCHEME = "scheme"
    PORT = "port"
    USER = "user"
    HOST = "host"
    INSIDE = "inside"


class Refused(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Target:
    """A host in ASCII and what to ask it for."""

    host: str
    path: str

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


def target(url: str) -> Target:
    """What to visit, or Refused. It says nothing yet about where the host's name leads."""
    if len(url) > LONGEST or any(char <= " " or char in "\\\x7f" for char in url):
        raise Refused(Why.MALFORMED)
    try:
        parts = urlsplit(url)
        port = parts.port
        path = quote(parts.path or "/", safe=_KEPT)
        query = quote(parts.query, safe=_KEPT + "?")
    except ValueError:
        raise Refused(Why.MALFORMED) from None
    if parts.scheme != "https":
        raise Refused(Why.SCHEME)
    if "@" in parts.netloc:
        raise Refused(Why.USER)
    if "[" in parts.netloc:
        raise Refused(Why.HOST)
    host = _host(parts.hostname or "")
    if port not in (None, PORT):
        raise Refused(Why.PORT)
    return Target(host, f"{path}?{query}" if query else path)


def redirected(start: Target, location: str) -> Target:
    """Where a redirect leads, by the same rules."""
    text = location.strip(" \t")
    if any(char <= " " or char in "\\\x7f" for char in text):
        raise Refused(Why.MALFORMED)
    try:
        # A relative address is completed; one with a scheme must be complete already.
        return target(text if urlsplit(text).scheme else urljoin(start.url, text))
    except ValueError:
        raise Refused(Why.MALFORMED) from None


def _host(written: str) -> str:
    try:
        # First to ASCII and then looked at: ⑫⑦ and １２７ are digits only afterwards.
        host = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise Refused(Why.HOST) from None
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise Refused(Why.HOST)
    if host.rsplit(".", 1)[1] in _INSIDE:
        raise Refused(Why.INSIDE)
    return host


def allowed(address: str) -> bool:
    """Whether an address, as a name server gives it, is public and of one computer."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(ip) if isinstance(ip, IPv4Address) else _is_public_6(ip)


def _is_public_4(ip: IPv4Address) -> bool:
    return not any(ip in network for network in _NEVER_4)


def _is_public_6(ip: IPv6Address) -> bool:
    if ip.scope_id is not None:
        return False
    if ip in _NAT64:
        # In networks that speak only IPv6 every IPv4 computer has such an address.
        return _is_public_4(IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _PUBLIC_6 and not any(ip in network for network in _NEVER_6)

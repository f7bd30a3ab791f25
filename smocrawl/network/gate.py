"""The gate for every request of every kind: where the crawl may go, and where never."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

WEB_PORTS = frozenset({80, 443})
"""Ports that any site may name; others only at the audited origin (OWASP: server-side request forgery)."""

LOCAL_NAMES = re.compile(
    r"(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)\.?$", re.IGNORECASE
)
"""Names that only a private network answers (RFC 6761, RFC 6762, RFC 8375, ICANN's private-use list)."""

HOST = re.compile(r"[\w.:-]+(%\w+)?")
"""What may stand between scheme and port: a name, or an address of version 6 with its zone; nothing escaped."""

DECIMAL = "0123456789."
NUMBERISH = re.compile(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
"""IPv4 in the spellings of inet_aton: decimal, octal, hex, short."""


class Refused(Exception):  # noqa: N818 - the word that the record carries
    """A URL that must not be asked; the text is the reason in the record."""


class Gate:
    """Decides by scheme, port, name and address.  One object a crawl."""

    def __init__(self, allowed: frozenset[tuple[str, int]] = frozenset(), *, proxied: bool = False) -> None:
        self.allowed = allowed
        """Hosts and ports named by SMO_ALLOW_PRIVATE."""
        self.proxied = proxied
        """A proxy resolves: names cannot be checked here, only their spelling."""
        self._origins: set[tuple[str, int]] = set()
        self._origin_addresses: frozenset[Address] = frozenset()
        self.proxy_hosts: frozenset[tuple[str, int]] = frozenset()

    def audited(self, host: str, port: int, addresses: frozenset[Address]) -> None:
        """The origin that the user typed.  Where it was private at the start, that host, port and those addresses pass."""
        self._origins.add((host.lower(), port))
        if addresses and not any(is_public(address) for address in addresses):
            self._origin_addresses = addresses

    def check(self, url: str) -> None:
        """Refuse *url* by what can be seen without asking anybody."""
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
            host = (parts.hostname or "").lower()
        except ValueError:
            raise Refused("no valid URL") from None
        if parts.scheme not in ("http", "https"):
            raise Refused(f"scheme {parts.scheme[:20]}")
        if parts.username or parts.password:
            raise Refused("credentials in the address")
        if not host:
            raise Refused("no host")
        if not HOST.fullmatch(host):
            raise Refused("no valid host")
        if (host, port) in self.allowed or (host, port) in self._origins:
            return
        if port not in WEB_PORTS and all(port != own for _, own in self._origins):
            raise Refused(f"port {port}")
        literal = as_address(host)
        if literal is not None:
            if not is_public(literal):
                raise Refused("private address")
        elif LOCAL_NAMES.search(host) or "." not in host:
            raise Refused("private name")

    def passes(self, host: str, port: int, address: Address) -> bool:
        """Whether a connection to *address*, which *host* resolved to, may be made."""
        host = host.lower().rstrip(".")
        if (host, port) in self.proxy_hosts or (host, port) in self.allowed:
            return True
        if (host, port) in self._origins and address in self._origin_addresses:
            return True
        return is_public(address)


def as_address(host: str) -> Address | None:
    """*host* as an IP address, in any spelling that a resolver would take for one."""
    text = host.strip("[]").split("%")[0]
    # Asked for each name that a page gives: one with letters and no colon is none of the two standard spellings.
    if ":" in text or not text.strip(DECIMAL):
        try:
            return ipaddress.ip_address(text)
        except ValueError:
            pass
    if not NUMBERISH.fullmatch(text):
        return None
    return _inet_aton(text.rstrip("."))


def _inet_aton(text: str) -> ipaddress.IPv4Address | None:
    """The reading of the C function, which Python's own does not offer on every platform."""
    numbers = []
    for piece in text.split("."):
        try:
            numbers.append(int(piece, 16 if piece.lower().startswith("0x") else 8 if piece.startswith("0") else 10))
        except ValueError:
            return None
    *heads, last = numbers
    if any(head > 255 for head in heads) or last >= 256 ** (4 - len(heads)):
        return None
    value = last
    for place, head in enumerate(heads):
        value += head << (8 * (3 - place))
    return ipaddress.IPv4Address(value)


def is_public(address: Address) -> bool:
    """Globally reachable, also after unwrapping IPv4 in IPv6 (mapped, 6to4, NAT64, Teredo)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved

"""Addresses as browsers parse and write them, for platforms that keep them in that form."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

BLANKS = "".join(map(chr, range(33)))
UNSEEN = str.maketrans("", "", "\t\n\r")
IN_PATH = "!$%&'()*+,-./:;=@[\\]^_|~"
IN_QUERY = "!$%&()*+,-./:;=?@[\\]^_`{|}~"
"""What the URL standard's percent-encode sets leave alone, besides letters and digits."""
DEFAULT_PORTS = {"http": 80, "https": 443}
NOT_IN_HOSTS = frozenset(" #%/:<>?@[\\]^|")


PLAIN = re.compile(
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"
    r"(?:/|(?:/(?!\.|%2[eE])[\w.~!$%&'()*+,:=@|-]+)+/?)(?:\?[\w.~!$%&()*+,/:=@|-]+)?",
    re.ASCII,
)
"""Whole addresses, as most are, of which a browser would change nothing."""
ROOTED = re.compile(r"(?:/(?!\.|%2[eE])[\w.~!$%&'()*+,:=@|-]+)+/?(?:\?[\w.~!$%&()*+,/:=@|-]+)?", re.ASCII)
"""Paths from the root, as most are, of which neither a browser nor urljoin would change anything."""
WHOLE = re.compile(r"(https?):[/\\]{2,}", re.IGNORECASE)
"""How an address begins that names its host."""
USUAL_LENGTH = 2_048
"""Characters of an address that is remembered: a picture written into its address may have a million."""


def parsed(base: str, written: str) -> str | None:
    """*written* as a browser's ``new URL(written, base).href``; None where that fails."""
    if PLAIN.fullmatch(written):
        return written
    if ROOTED.fullmatch(written) and (root := plain_root(base)):
        return root + written
    return _parsed(base, written) if len(written) <= USUAL_LENGTH else _parsed.__wrapped__(base, written)


def joined(base: str, written: str) -> str | None:
    """*written* as ``urljoin`` resolves it; None where that fails."""
    if PLAIN.fullmatch(written):
        return written
    if ROOTED.fullmatch(written) and (root := plain_root(base)):
        return root + written
    return _joined(base, written) if len(written) <= USUAL_LENGTH else _joined.__wrapped__(base, written)


@lru_cache(256)
def _joined(base: str, written: str) -> str | None:
    try:
        return urljoin(base, written)
    except ValueError:
        return None


@lru_cache(256)
def plain_root(address: str) -> str:
    """Scheme and host of a plain address, without a slash at the end; empty where it is none."""
    return "/".join(address.split("/", 3)[:3]) if PLAIN.fullmatch(address) else ""


@lru_cache(256)
def _parsed(base: str, written: str) -> str | None:
    text = written.strip(BLANKS).translate(UNSEEN)
    whole = WHOLE.match(text)
    if whole is not None:
        # However many slashes, what follows them is the host: urljoin would take the base's where there is none.
        rest = text[whole.end() :]
        if not rest or rest[0] in "?#":
            return None
        text = f"{whole[1]}://{rest}"
    try:
        parts = urlsplit(urljoin(base, text))
        if parts.scheme not in DEFAULT_PORTS:
            return text if parts.scheme else None
        host = _host(parts)
    except ValueError:
        return None
    if host is None:
        return None
    path = quote(_without_dots(parts.path.replace("\\", "/")), safe=IN_PATH) or "/"
    query = f"?{quote(parts.query, safe=IN_QUERY)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe=IN_QUERY + '#')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{path}{query}{fragment}"


def _without_dots(path: str) -> str:
    """The path without ``.`` and ``..``, which may be written with ``%2e``."""
    if "/." not in path and "/%2" not in path:
        return path
    kept: list[str] = []
    is_dots = False
    for segment in path.split("/")[1:]:
        plain = segment.lower().replace("%2e", ".")
        is_dots = plain in {".", ".."}
        if plain == "..":
            kept = kept[:-1]
        elif not is_dots:
            kept.append(segment)
    return "/" + "/".join([*kept, ""] if is_dots else kept)


def ends_in(address: str, endings: tuple[str, ...]) -> bool:
    """Whether the path of *address* ends in one of these (in lower case)."""
    lower = address.lower()
    # Only line breaks and tabs, which nobody counts, can hide an ending from the first look.
    is_likely = not address.isprintable() or any(ending in lower for ending in endings)
    return is_likely and path_of(address).endswith(endings)


def has_host(address: str) -> bool:
    """Whether *address* names a host."""
    if PLAIN.fullmatch(address):
        return True
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:
        return False


def path_of(address: str) -> str:
    """The path of *address* in lower case; empty where it is none that can be taken apart."""
    try:
        return urlsplit(address).path.lower()
    except ValueError:
        return ""


def _host(parts: SplitResult) -> str | None:
    """User, host and port; None where no such host can be."""
    name, port = parts.hostname or "", parts.port
    if name.startswith("[") or ":" in name:
        host = f"[{name.strip('[]')}]"
    elif not name or not NOT_IN_HOSTS.isdisjoint(name):
        return None
    else:
        host = name if name.isascii() else name.encode("idna").decode("ascii")
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"{user}{host}" if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{user}{host}:{port}"

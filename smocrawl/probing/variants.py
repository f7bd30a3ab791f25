"""Other spellings of a page's address under which a server may answer as well."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from smocrawl.checks.addresses import INDEX_FILE


def variants_of(url: str, *, hosts: bool) -> Iterator[str]:
    """Slash, upper case, index file and, with *hosts*, the host with or without ``www.``; never *url* itself."""
    parts = urlsplit(url)
    for path in _paths(parts.path):
        yield parts._replace(path=path, query="", fragment="").geturl()
    if hosts and (netloc := _other_host(parts)):
        yield parts._replace(netloc=netloc).geturl()


def _paths(path: str) -> Iterator[str]:
    last = path.rstrip("/").rpartition("/")[2]
    if INDEX_FILE.search(path):
        yield INDEX_FILE.sub("/", path)
        return
    if last and "." not in last:
        yield path.rstrip("/") if path.endswith("/") else f"{path}/"
    if path.endswith("/"):
        yield f"{path}index.html"
    if "%" not in last and last.upper() != last:
        yield f"{path[: path.rindex(last)]}{last.upper()}{'/' if path.endswith('/') else ''}"


def _other_host(parts: SplitResult) -> str | None:
    """None for addresses in numbers and names without a dot."""
    host = parts.hostname or ""
    if "." not in host or ":" in host or host.replace(".", "").isdecimal():
        return None
    return parts.netloc.removeprefix("www.") if host.startswith("www.") else f"www.{parts.netloc}"

"""A folder of built HTML answers like the static host that it is made for, and no path leads out of it."""

from __future__ import annotations

import codecs
import mimetypes
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

from attrs import field, frozen

from smocrawl.network.host_rules import headers_for, read_headers, read_redirects

INDEX = ("index.html", "index.htm")
NOT_FOUND = "404.html"
"""Served with status 404 in place of whatever is missing (GitHub Pages, Netlify, Cloudflare Pages)."""

RULES_FILES = frozenset({"_redirects", "_headers"})
"""Read by the host, and not served."""

MOST_OF_RULES = 1024 * 1024
"""Bytes of such a file."""

HIDDEN_BUT_SERVED = ".well-known"
"""Other names with a dot in front (.git, .env) are for nobody to read."""

OUTSIDE = "refused: outside the folder"
"""Record of what a crawl of a folder does not ask."""

TYPES = mimetypes.MimeTypes(filenames=())
"""Python's own table alone: what else this machine knows must not change what is found."""
for _suffix, _type in {
    ".atom": "application/atom+xml", ".avif": "image/avif", ".ico": "image/x-icon", ".rss": "application/rss+xml",
    ".webmanifest": "application/manifest+json", ".webp": "image/webp", ".xml": "application/xml",
}.items():  # fmt: skip
    TYPES.add_type(_type, _suffix)


class UnservedError(Exception):
    """There is something at this path that must not or cannot be served; the text is the reason in the record."""


@frozen(kw_only=True)
class Served:
    """One answer."""

    status: int
    headers: Mapping[str, str] = field(factory=dict)
    body: bytes = field(default=b"", repr=False)
    size: int = 0
    """Bytes of the whole file, of which *body* may be the beginning."""


class Folder:
    """*base*: the address at which the folder will stand, such as ``https://www.example.com/`` or ``…/project/``."""

    def __init__(self, root: Path, base: str) -> None:
        self.root = root.resolve()
        self.base = urlsplit(base).path
        self._redirects = read_redirects(self._rules("_redirects"))
        self._headers = read_headers(self._rules("_headers"))

    def _rules(self, name: str) -> str:
        found = self._file((name,), MOST_OF_RULES)
        return found[0].decode("utf-8", "replace") if found else ""

    def serve(self, url: str, most: int) -> Served:
        """The answer to GET *url*, with up to *most* bytes of a file; :class:`UnservedError` where it gives none."""
        path = urlsplit(url).path or "/"
        inner = "/" + path.removeprefix(self.base) if path.startswith(self.base) else None
        if inner is None:
            return Served(status=404)
        return self._ruled(inner, most, forced=True) or self._found(inner, most) or self._missing(inner, most)

    def unmet(self, met: Callable[[str], bool]) -> Iterator[str]:
        """Files of HTML of which no address is *met* by the crawl: nothing leads to them."""
        for place, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
            inner = Path(place).relative_to(self.root).as_posix()
            for name in sorted(names):
                path = name if inner == "." else f"{inner}/{name}"
                if name.endswith((".html", ".htm")) and path != NOT_FOUND and not any(map(met, self._addresses(path))):
                    yield path

    def _addresses(self, path: str) -> Iterator[str]:
        """Paths of URLs under which the file *path* answers."""
        url = f"{self.base}{quote(path)}"
        yield url
        yield url.removesuffix(".html")
        if url.rpartition("/")[2] in INDEX:
            yield url[: url.rindex("/") + 1]

    def _found(self, path: str, most: int) -> Served | None:
        """A file of that name, the page of a folder, or a page whose address leaves out its suffix."""
        names = _names(path)
        if names is None:
            return None
        for file in _files(names, folder=path.endswith("/")):
            if found := self._file(file, most):
                return self._answer(200, path, file[-1], found)
        if names and not path.endswith("/") and any(self._file((*names, index), 0) for index in INDEX):
            return Served(status=301, headers={"location": f"{self.base.rstrip('/')}{path}/"})
        return None

    def _missing(self, path: str, most: int) -> Served:
        if ruled := self._ruled(path, most, forced=False):
            return ruled
        page = self._file((NOT_FOUND,), most)
        return self._answer(404, path, NOT_FOUND, page) if page else Served(status=404)

    def _ruled(self, path: str, most: int, *, forced: bool) -> Served | None:
        for rule in self._redirects:
            target = rule.leads_to(path) if rule.forced is forced else None
            if target is None:
                continue
            if rule.status in range(300, 400):
                return Served(status=rule.status, headers={"location": target})
            found = self._found(target, most) if target.startswith("/") else None
            if found and found.status == 200:
                return Served(status=rule.status, headers=found.headers, body=found.body, size=found.size)
        return None

    def _answer(self, status: int, path: str, name: str, found: tuple[bytes, int]) -> Served:
        body, size = found
        headers = {"content-length": str(size), **headers_for(self._headers, path)}
        if kind := TYPES.guess_type(f"x{Path(name).suffix.lower()}")[0]:
            headers.setdefault("content-type", _with_charset(kind, body))
        return Served(status=status, headers=headers, body=body, size=size)

    def _file(self, names: tuple[str, ...], most: int) -> tuple[bytes, int] | None:
        """Beginning and size of a regular file inside the folder; None = there is none."""
        try:
            real = self.root.joinpath(*names).resolve(strict=True)
        except PermissionError as error:
            raise UnservedError(f"file: {error.strerror}") from error
        except (OSError, ValueError, RuntimeError):
            return None
        if not real.is_relative_to(self.root):
            raise UnservedError("refused: a link out of the folder")
        try:
            return _read(real, most) if real.is_file() else None
        except OSError as error:
            raise UnservedError(f"file: {error.strerror}") from error


def _read(path: Path, most: int) -> tuple[bytes, int] | None:
    """Not waiting for a pipe that nobody writes to, and not following what became a link meanwhile."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        return (file.read(most), about.st_size) if stat.S_ISREG(about.st_mode) else None


def _names(path: str) -> tuple[str, ...] | None:
    """*path* as names of folders and a file; None where a static host would not look for it."""
    text = os.fsdecode(unquote_to_bytes(path))
    names = tuple(name for name in text.split("/") if name)
    if "\x00" in text or "\\" in text or (names and names[-1] in RULES_FILES and len(names) == 1):
        return None
    return None if any(name.startswith(".") and name != HIDDEN_BUT_SERVED for name in names) else names


def _files(names: tuple[str, ...], *, folder: bool) -> Iterator[tuple[str, ...]]:
    if folder or not names:
        yield from ((*names, index) for index in INDEX)
        return
    yield names
    yield (*names[:-1], f"{names[-1]}.html")


def _with_charset(kind: str, body: bytes) -> str:
    """Static hosts call every text UTF-8; one that is not keeps what it says of itself."""
    if not kind.startswith("text/"):
        return kind
    try:
        # Not to the end: a beginning may stop within a letter.
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return kind
    return f"{kind}; charset=utf-8"

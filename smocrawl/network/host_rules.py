"""``_redirects`` and ``_headers``: the two files in which a built site tells Netlify or Cloudflare Pages how to serve it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

MOST_RULES = 2_100
"""Rules of one file that are read (Cloudflare Pages: 2,000 plain redirects and 100 with wildcards)."""

LONGEST_LINE = 2_000
"""Characters of one rule (Cloudflare Pages: 1,000 of a redirect, 2,000 of a header)."""

STATUSES = frozenset({200, 301, 302, 303, 307, 308, 404, 410})
USUAL_STATUS = 301
"""Where a rule names none (Netlify; Cloudflare Pages answers 302)."""

NOT_FROM_A_FILE = frozenset({"content-length", "content-encoding", "transfer-encoding", "connection", "set-cookie"})
"""Headers that follow from how a body is sent, and those that a first visit does not need."""


@frozen
class Pattern:
    """``/news/:year/*``: whole segments, placeholders for one segment, a wildcard at the end for the rest."""

    segments: tuple[str, ...]

    def match(self, path: str) -> dict[str, str] | None:
        """What its placeholders stand for in *path*; None = it is about another path."""
        given = _segments(path)
        found: dict[str, str] = {}
        for place, wanted in enumerate(self.segments):
            if wanted.startswith("*") and place == len(self.segments) - 1:
                rest = "/".join(given[place:])
                return {**found, "splat": rest} if rest.endswith(wanted[1:]) else None
            if place >= len(given):
                return None
            if len(wanted) > 1 and wanted.startswith(":"):
                found[wanted[1:]] = given[place]
            elif wanted != given[place]:
                return None
        return found if len(given) == len(self.segments) else None


def _segments(path: str) -> tuple[str, ...]:
    """A slash at the end makes no difference, as on those hosts."""
    return tuple(path.strip("/").split("/")) if path.strip("/") else ()


@frozen
class Redirect:
    """One line of ``_redirects``.  Status 200: another file is served in its place."""

    source: Pattern
    target: str
    status: int
    forced: bool
    """Written with ``!``: holds although there is a file."""

    def leads_to(self, path: str) -> str | None:
        """Where *path* leads by this rule; None = it is about another path."""
        found = self.source.match(path)
        if found is None:
            return None
        target = self.target
        for name in sorted(found, key=len, reverse=True):
            target = target.replace(f":{name}", found[name])
        return target


def read_redirects(text: str) -> tuple[Redirect, ...]:
    """Rules in their order, the first that fits holds.  Those with conditions (country, role, query) are passed over."""
    return tuple(rule for line in _lines(text) if (rule := _redirect(line.split())))


def _redirect(words: Sequence[str]) -> Redirect | None:
    if len(words) not in (2, 3) or not words[0].startswith("/"):
        return None
    written = words[2] if len(words) == 3 else str(USUAL_STATUS)
    status = written.rstrip("!")
    if status not in map(str, STATUSES) or not words[1].startswith(("/", "http://", "https://")):
        return None
    return Redirect(Pattern(_segments(words[0])), words[1], int(status), written.endswith("!"))


@frozen
class HeaderRule:
    """The lines below one path of ``_headers``."""

    path: Pattern
    headers: tuple[tuple[str, str], ...]


def read_headers(text: str) -> tuple[HeaderRule, ...]:
    """Every rule that fits a path holds for it."""
    rules: list[HeaderRule] = []
    path: Pattern | None = None
    headers: list[tuple[str, str]] = []
    for line in [*_lines(text), "/"]:
        if not line[0].isspace():
            if path is not None and headers:
                rules.append(HeaderRule(path, tuple(headers)))
            path = Pattern(_segments(line.strip())) if line.startswith("/") else None
            headers = []
        elif named := _header(line):
            headers.append(named)
    return tuple(rules)


def _header(line: str) -> tuple[str, str] | None:
    name, colon, value = line.strip().partition(":")
    name = name.strip().lower()
    return (name, value.strip()) if colon and _is_token(name) and name not in NOT_FROM_A_FILE else None


def _is_token(name: str) -> bool:
    return bool(name) and name.isascii() and all(letter.isalnum() or letter in "-_" for letter in name)


def _lines(text: str) -> Iterator[str]:
    """Without comments and empty lines."""
    for line in text.splitlines()[:MOST_RULES]:
        if line.strip() and not line.lstrip().startswith("#"):
            yield line[:LONGEST_LINE]


def headers_for(rules: Sequence[HeaderRule], path: str) -> dict[str, str]:
    """By lower-case name; the same one twice is joined, as on the wire."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.path.match(path) is not None:
            for name, value in rule.headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found

"""robots.txt as RFC 9309 reads it, for any bot, with the line that decides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote_to_bytes, urlsplit

from attrs import define, frozen

from smocrawl.extract import limits
from smocrawl.page import Trouble

MOST_BYTES = 500 * 1024
"""RFC 9309, 2.5: a limit must be at least 500 kibibytes; Google stops there."""
MOST_SITEMAPS = 500
MOST_TROUBLES = 20

FIELDS = {
    "user-agent": "agent", "useragent": "agent", "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow",
    "diasllow": "disallow", "disallaw": "disallow",
    "sitemap": "sitemap", "sitemaps": "sitemap", "site-map": "sitemap",
    "crawl-delay": "delay", "crawl delay": "delay", "crawldelay": "delay",
}  # fmt: skip
"""The fields that decide something, with the misspellings that Google's open-source parser forgives."""
KNOWN_OTHERS = frozenset(
    ("host", "clean-param", "request-rate", "visit-time", "noindex", "content-signal", "cache-delay", "nofollow")
)
PATH_SAFE = "/~!$&'()*+,;=:@-._%?[]"
ESCAPED_PLAIN = re.compile(r"%([0-9A-Fa-f]{2})")
PLAIN = re.compile(rb"[A-Za-z0-9._~-]")


@frozen(kw_only=True)
class Rule:
    """One line that allows or forbids (RFC 9309, 2.2.2)."""

    line: int
    """Line of the file, from 1."""
    allow: bool
    """False = forbids."""
    path: str
    """Pattern, percent-encoded in one way; ``*`` and ``$`` keep their meaning."""


@frozen(kw_only=True)
class Group:
    """The rules for some bots."""

    agents: tuple[str, ...]
    """Product tokens, lower case; ``*`` = everybody else."""
    rules: tuple[Rule, ...] = ()
    """In the order of the file."""
    delay: float | None = None
    """Seconds of ``Crawl-delay``; None = not said."""


@frozen(kw_only=True)
class RobotsFacts:
    """What one robots.txt says."""

    url: str = ""
    """Where it was asked."""
    status: int | None = None
    """HTTP status; None = no answer."""
    error: str | None = None
    """Why there was no answer."""
    groups: tuple[Group, ...] = ()
    """In the order of the file."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of sitemaps, absolute."""
    size: int = 0
    """Bytes."""
    trouble: tuple[Trouble, ...] = ()
    """Lines that mean nothing, and what lies beyond the limit."""


@frozen
class Verdict:
    """What robots.txt says of one address to one bot."""

    allowed: bool
    """True also where no rule speaks of it."""
    line: int | None = None
    """Line of the rule that decides, from 1; None where no rule matches."""


@define(eq=False, slots=False)
class Robots:
    """The facts of one robots.txt and the verdicts that follow from them."""

    facts: RobotsFacts

    @classmethod
    def read(cls, body: bytes, *, url: str = "", status: int | None = 200, error: str | None = None) -> Robots:
        """From the file as answered; *status* None = no answer."""
        groups, sitemaps, trouble = Reading(body).result() if status == 200 else ((), (), ())
        facts = RobotsFacts(
            url=url, status=status, error=error, groups=groups, sitemaps=sitemaps, size=len(body), trouble=trouble
        )
        return cls(facts)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return self.facts.sitemaps

    @property
    def unavailable(self) -> str | None:
        """Why nothing may be crawled: RFC 9309, 2.3.1.4, server errors and no answer; Google adds 429."""
        status = self.facts.status
        if status is None:
            return self.facts.error or "no answer"
        return f"status {status}" if status >= 500 or status == 429 else None

    def allowed(self, bot: str, url: str) -> Verdict:
        """Whether the bot of this product token may ask for *url*, and which line says so."""
        if self.unavailable is not None:
            return Verdict(allowed=False)
        try:
            parts = urlsplit(url)
        except ValueError:
            return Verdict(allowed=True)
        path = parts.path or "/"
        if path == "/robots.txt":
            return Verdict(allowed=True)
        asked = normalised(f"{path}?{parts.query}" if parts.query else path)
        for pattern, rule in self._rules(bot):
            if matches(pattern, asked):
                return Verdict(rule.allow, rule.line)
        return Verdict(allowed=True)

    def delay(self, bot: str) -> float | None:
        """Seconds that the file asks this bot to wait between requests (not part of the RFC)."""
        groups = (self.facts.groups[at] for at in self.groups_of(bot))
        return max((group.delay for group in groups if group.delay is not None), default=None)

    def groups_of(self, bot: str) -> tuple[int, ...]:
        """Which groups speak to the bot: all of its own token, else those for everybody (RFC 9309, 2.2.1).

        Bots with the same groups get the same verdicts.
        """
        token = bot.lower()
        if token not in self._groups:
            named = list(enumerate(group.agents for group in self.facts.groups))
            own = tuple(at for at, agents in named if token in agents)
            self._groups[token] = own or tuple(at for at, agents in named if "*" in agents)
        return self._groups[token]

    def _rules(self, bot: str) -> list[tuple[str, Rule]]:
        """The rules for *bot*, the longest first and Allow first among equals: the first match decides."""
        groups = self.groups_of(bot)
        if groups not in self._sorted:
            found = [(normalised(rule.path), rule) for at in groups for rule in self.facts.groups[at].rules]
            found.sort(key=lambda one: (-len(one[0]), not one[1].allow))
            self._sorted[groups] = found
        return self._sorted[groups]

    @cached_property
    def _groups(self) -> dict[str, tuple[int, ...]]:
        return {}

    @cached_property
    def _sorted(self) -> dict[tuple[int, ...], list[tuple[str, Rule]]]:
        return {}


class Reading:
    """Goes through the lines once and gathers groups."""

    def __init__(self, body: bytes) -> None:
        self.groups: list[Group] = []
        self.agents: list[str] = []
        self.rules: list[Rule] = []
        self.delay: float | None = None
        self.closed = True
        self.sitemaps: list[str] = []
        self.trouble: list[Trouble] = []
        self.text = self._text(body)

    def result(self) -> tuple[tuple[Group, ...], tuple[str, ...], tuple[Trouble, ...]]:
        if self.text.lstrip()[:20].lower().startswith(("<!doctype", "<html", "<head", "<body")):
            self._complain("html", "file", "A web page in place of rules; it forbids nothing.")
        else:
            for number, line in enumerate(self.text.splitlines(), start=1):
                self._line(number, line.partition("#")[0].strip())
        self._close()
        return tuple(self.groups), tuple(dict.fromkeys(self.sitemaps)), tuple(self.trouble)

    def _text(self, body: bytes) -> str:
        if len(body) > MOST_BYTES:
            self._complain("limit", "file", f"Longer than {MOST_BYTES} bytes; crawlers read no further.")
            body = body[:MOST_BYTES].rpartition(b"\n")[0]
        return body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\x00", "\ufffd")

    def _complain(self, kind: str, where: str, detail: str) -> None:
        if len(self.trouble) < MOST_TROUBLES:
            self.trouble.append(Trouble(kind=kind, where=where, detail=detail))

    def _line(self, number: int, line: str) -> None:
        if not line:
            return
        name, colon, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()[: limits.URL]
        sort = FIELDS.get(name) if colon else None
        if sort is None:
            if name not in KNOWN_OTHERS:
                self._complain("syntax", f"line {number}", line[: limits.LABEL])
        elif sort == "sitemap":
            if value and len(self.sitemaps) < MOST_SITEMAPS:
                self.sitemaps.append(value)
        elif sort == "agent":
            self._agent(value)
        else:
            self._rule(number, sort, value)

    def _agent(self, value: str) -> None:
        if self.closed:
            self._close()
            self.closed = False
        name = re.split(r"[/\s]", value.lower(), maxsplit=1)[0]
        # A star inside a name means nothing; many files write "Somebot*".
        self.agents.append(name if name == "*" else name.replace("*", ""))

    def _rule(self, number: int, sort: str, value: str) -> None:
        self.closed = True
        if not self.agents:
            self._complain("syntax", f"line {number}", "A rule before any User-agent line applies to nobody.")
        elif sort == "delay":
            self.delay = seconds(value)
        elif value:
            # An empty Disallow forbids nothing.
            self.rules.append(Rule(line=number, allow=sort == "allow", path=value))

    def _close(self) -> None:
        if self.agents:
            agents = tuple(agent for agent in dict.fromkeys(self.agents) if agent)
            self.groups.append(Group(agents=agents, rules=tuple(self.rules), delay=self.delay))
        self.agents, self.rules, self.delay = [], [], None


def seconds(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 <= found < math.inf else None


def normalised(path: str) -> str:
    """One spelling for a path or pattern: needless escapes undone, everything else escaped in capitals."""
    escaped = quote(path.encode("utf-8", "replace"), safe=PATH_SAFE)
    return ESCAPED_PLAIN.sub(_one_escape, escaped)


def _one_escape(match: re.Match[str]) -> str:
    octet = unquote_to_bytes(match[0])
    return octet.decode("ascii") if PLAIN.fullmatch(octet) else match[0].upper()


def matches(pattern: str, path: str) -> bool:
    """RFC 9309, 2.2.3: ``*`` stands for anything, ``$`` at the end for the end; without back-tracking."""
    anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for part in _needed(rest, anchored=anchored):
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    if not anchored:
        return True
    return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= position if rest else position == len(path)


def _needed(parts: list[str], *, anchored: bool) -> Iterator[str]:
    """The parts between the stars that are looked for from left to right; an anchored last one is not."""
    yield from parts[:-1] if anchored else parts

"""A difference in words: lines for the terminal, and Markdown for a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from smocrawl.history.difference import SAME, Difference, ScoreChange
from smocrawl.history.gate import WHOLE_SITE, Verdict
from smocrawl.history.steps import Parts
from smocrawl.history.turns import Change, Step, Turn
from smocrawl.history.wording import one_line, title
from smocrawl.platforms.base import Platform
from smocrawl.registry import all_platforms

SHOWN = 10
"""Checks, pages and cards named one by one."""

FEW = 6
"""Platforms named one by one."""

NAMES: Mapping[Step, str] = {
    Step.RULES: "other rules or weights",
    Step.REMOVED: "pages that are gone",
    Step.COVERAGE: "more or less could be read, measured or judged",
    Step.AGEING: "time passed, pages untouched",
    Step.FIXED: "mended",
    Step.REGRESSED: "got worse",
    Step.MOVED: "pages stand elsewhere in the site",
    Step.NEW: "new pages",
}

HEADINGS: Mapping[Turn, str] = {
    Turn.REGRESSED: "Got worse",
    Turn.NEW: "New faults",
    Turn.FIXED: "Mended",
    Turn.AGED: "Came with time",
    Turn.UNCONFIRMED: "Seen once over a network that failed, not counted yet",
    Turn.UNSEEN: "Could not be judged this time",
}
"""In the order in which they are told."""

NO_SCORE = "–"

PLACE = re.compile(r"https://|@\w")
"""An address or an account, where the way to a fresh card is one."""


def number(value: float | None) -> str:
    return NO_SCORE if value is None else f"{value:.1f}"


def moved(value: float) -> str:
    """With its sign; a true minus sign, and none before a nought."""
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


# -- plain lines --------------------------------------------------------------------------------------


def as_lines(difference: Difference) -> Iterator[str]:
    yield f"{difference.before.name} → {difference.now.name}"
    yield headline(difference)
    yield from (f"  not comparable: {why}" for why in difference.why_not)
    if difference.parts:
        yield from (f"  {moved(points):>6}  {name}" for name, points in terms(difference.parts))
    yield from _score_lines(difference)
    for turn, heading in HEADINGS.items():
        yield from _block(heading, [f"{title(check)} ({check}): {place}" for check, place in places(difference, turn)])
    yield ""
    yield f"Still there: {sum(len(urls) for urls in difference.still.values()):,} findings"
    for heading, urls in page_lists(difference):
        yield from _block(heading, urls)
    yield from _card_lines(difference)


def headline(difference: Difference) -> str:
    """What happened to the score, in one sentence."""
    parts = difference.parts
    if parts is None:
        return "One of the two crawls has no score."
    before, now = number(parts.before_today), number(parts.now)
    if not difference.comparable:
        return f"Score {before} and {now}; the two cannot be compared."
    if difference.is_same:
        return f"Score {before} → {now}: no change ({moved(parts.moved)})."
    return f"Score {before} → {now} ({moved(parts.moved)})."


def terms(parts: Parts) -> list[tuple[str, float]]:
    """The parts of the difference that moved anything, the rules' first."""
    return [(NAMES[step], parts.terms[step]) for step in Step if moved(parts.terms[step]) != "0.0"]


def _score_lines(difference: Difference) -> Iterator[str]:
    found = [one for one in difference.scores if changed(one)]
    if found:
        yield ""
        yield "Scores that moved"
        yield from (f"  {label(one)}: {number(one.before)} → {number(one.now)}" for one in found)


def changed(one: ScoreChange) -> bool:
    """By more than crawls differ by themselves, or from or to no score at all; the site's own is told above."""
    if one.before is None or one.now is None:
        return one.before is not one.now
    return one.scope != "site" and abs(one.now - one.before) >= SAME


def label(one: ScoreChange) -> str:
    if one.scope == "platform" and one.key in all_platforms():
        return all_platforms()[one.key].name
    return f"cross-links, {one.key}" if one.scope == "crosslink" else one.key


def places(difference: Difference, turn: Turn) -> Iterator[tuple[str, str]]:
    """Checks with the number of pages where they turned so; where it is one, with its address."""
    found: dict[str, list[Change]] = {}
    for one in difference.of(turn):
        found.setdefault(one.check, []).append(one)
    for check, _ in difference.counted(turn):
        changes = found[check]
        yield check, f"{len(changes):,} pages" if len(changes) > 1 else changes[0].url or WHOLE_SITE


def _block(heading: str, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"{heading}: {len(entries):,}"
    yield from (f"  {entry}" for entry in entries[:SHOWN])
    if len(entries) > SHOWN:
        yield f"  … and {len(entries) - SHOWN:,} more"


def page_lists(difference: Difference) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "New pages", difference.new_pages
    yield "Pages that are gone", difference.gone_pages
    yield "Pages that could not be read this time", difference.unreached_pages
    yield "Pages whose title or description broke in a wrong encoding", difference.garbled_pages
    yield "Pages that search engines may list again (noindex is gone)", difference.opened_pages
    yield "Pages that search engines may not list any more", difference.closed_pages
    yield "Feeds that are gone, or that nothing leads to any more", difference.lost_feeds


def _card_lines(difference: Difference) -> Iterator[str]:
    entries = [f"{url}: {_some(names)}" for url, names in changed_cards(difference).items()]
    yield from _block("Cards that changed; networks go on showing the old one until they read the page anew", entries)
    if entries:
        yield from (f"  {name}: {how}" for name, how in refreshing(difference))
    yield from _block(
        "Share images that are another picture under the same address; a new address is seen at once",
        [f"{one.url}: {one.before} → {one.now} ({one.page_count:,} pages)" for one in difference.images],
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= FEW else f"{len(names)} platforms"


def changed_cards(difference: Difference) -> dict[str, list[str]]:
    """Pages whose cards changed, with the names of the platforms."""
    found: dict[str, list[str]] = {}
    for one in difference.cards:
        names = found.setdefault(one.url, [])
        name = _platform_name(one.platform)
        if name not in names:
            names.append(name)
    return found


def _platform_name(platform: str) -> str:
    known = all_platforms().get(platform)
    return known.name if known else platform


def refreshing(difference: Difference) -> Iterator[tuple[str, str]]:
    """Where each platform whose cards changed can be asked to read a page anew; most of them have no such place."""
    for platform in sorted({one.platform for one in difference.cards}):
        known: Platform | None = all_platforms().get(platform)
        if known and PLACE.search(known.refresh):
            yield known.name, known.refresh


# -- the gate -------------------------------------------------------------------------------------------


def gate_lines(verdict: Verdict) -> Iterator[str]:
    """One line for each rule, and the first findings of each that is missed."""
    against = f", compared with {verdict.baseline}" if verdict.baseline else ""
    yield f"{verdict.home}, crawl {verdict.name}, score {number(verdict.score)}{against}"
    for result in verdict.results:
        yield f"holds   {result.rule}: {result.asks}." if result.holds else f"MISSED  {result.rule}: {result.missed}"
        yield from (f"        {one.check}: {one.url or WHOLE_SITE}: {one.sentence}" for one in result.faults[:SHOWN])
        if len(result.faults) > SHOWN:
            yield f"        … and {len(result.faults) - SHOWN:,} more"
    yield from verdict.notes


# -- Markdown -------------------------------------------------------------------------------------------

SPECIAL = re.compile(r"([\\`*_{}\[\]#!|<>&~@])")


def plain(text: str) -> str:
    """*text* without any meaning to Markdown or HTML, in one line: no link, no mention, no picture comes out of it."""
    return SPECIAL.sub(r"\\\1", one_line(text)).replace("\\<", "&lt;").replace("\\>", "&gt;")


def code(text: str) -> str:
    """*text* as it is, in a span that nothing in it can close."""
    inner = one_line(text).replace("`", "'")
    return f"`{inner}`"


def as_markdown(difference: Difference) -> Iterator[str]:
    yield f"## {headline(difference)}"
    yield ""
    yield f"Crawls {code(difference.before.name)} and {code(difference.now.name)}"
    yield from (f"- {plain(str(why))}" for why in difference.why_not)
    if difference.parts and (found := terms(difference.parts)):
        yield from _table(("Points", "Because"), [(moved(points), name) for name, points in found])
    scores = [(plain(label(one)), number(one.before), number(one.now)) for one in difference.scores if changed(one)]
    if scores:
        yield from _table(("Score", "Before", "Now"), scores)
    for turn, heading in HEADINGS.items():
        found_so = places(difference, turn)
        yield from _list(
            heading, [f"{plain(title(check))} ({code(check)}): {code(place)}" for check, place in found_so]
        )
    for heading, urls in page_lists(difference):
        yield from _list(heading, [code(url) for url in urls])
    cards = [f"{code(url)}: {plain(_some(names))}" for url, names in changed_cards(difference).items()]
    yield from _list("Cards that changed", cards)
    yield from _list("Pictures that changed under the same address", [code(one.url) for one in difference.images])


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _list(heading: str, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"### {heading}: {len(entries):,}"
    yield ""
    yield from (f"- {entry}" for entry in entries[:SHOWN])
    if len(entries) > SHOWN:
        yield f"- … and {len(entries) - SHOWN:,} more"

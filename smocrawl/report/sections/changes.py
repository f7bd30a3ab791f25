"""What became better or worse since the crawl before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from smocrawl.history import Difference
from smocrawl.history.comparable import Why
from smocrawl.history.difference import SAME, ScoreChange
from smocrawl.history.turns import Turn
from smocrawl.report import safe
from smocrawl.report.card_view import Drawer, platform_name
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.card_changes import CardsChanged, cards_changed
from smocrawl.report.sections.section import PageLink, Section, example
from smocrawl.report.sections.waterfall import TENTHS, has_other_rules, rules_points, tenths

SHOWN = 8
MOVES = 12


@frozen(kw_only=True)
class Change:
    """A check that turned, and where."""

    title: str
    text: str


@frozen(kw_only=True)
class Turned:
    """Checks that turned one way, those of most pages first."""

    id: str
    name: str
    note: str
    changes: tuple[Change, ...]
    more: int


@frozen(kw_only=True)
class Pages:
    """Pages that came or went."""

    name: str
    pages: tuple[PageLink, ...]
    more: int


@frozen(kw_only=True)
class Moved:
    """A part of the score that moved."""

    label: str
    before: str
    now: str
    by: str


@frozen(kw_only=True)
class Changes(Section):
    """Plain values of the comparison; ``has_before`` is false on the first crawl."""

    has_before: bool = False
    before: str = ""
    now: str = ""
    why_not: tuple[str, ...] = ()
    """Sentences that take the arrow away; empty where the two crawls can be compared."""
    rules: str = ""
    has_other_rules: bool = False
    """Whether the rules changed in between: part of what moved may then be ours."""
    turned: tuple[Turned, ...] = ()
    still: str = ""
    scores: tuple[Moved, ...] = ()
    pages: tuple[Pages, ...] = ()
    cards: CardsChanged | None = None

    @property
    def is_short(self) -> bool:
        """Nothing to list: on paper it stands below the pages, on their sheet."""
        return not (self.why_not or self.scores or self.pages or self.cards or any(one.changes for one in self.turned))


def changes(crawl: Crawl, drawer: Drawer) -> Changes:
    _, language, found = crawl.language.gettext, crawl.language, crawl.difference
    if found is None:
        return Changes(
            id="changes", name=_("What changed"), title=_("Nothing to compare with yet"),
            lede=_("This is the first crawl of the site. From the second one on, this section shows what got better or worse."),
        )  # fmt: skip
    still = sum(len(urls) or 1 for urls in found.still.values())
    return Changes(
        id="changes",
        name=_("What changed"),
        title=_title(crawl, found),
        lede=_("Compared with the crawl of {date}.").format(date=language.date(found.before.started)),
        has_before=True,
        before=language.number(found.parts.before_today, 1) if found.parts else "",
        now=language.number(found.parts.now, 1) if found.parts else "",
        why_not=tuple(why_not(crawl, one) for one in found.why_not),
        rules=_rules(crawl, found),
        has_other_rules=has_other_rules(found),
        turned=tuple(_turned(crawl, found)),
        still=language.ngettext("{n} fault is still there.", "{n} faults are still there.", still),
        scores=tuple(_scores(crawl, found.scores))[:MOVES],
        pages=tuple(_pages(crawl, found)),
        cards=cards_changed(crawl, drawer, found),
    )


def _title(crawl: Crawl, found: Difference) -> str:
    _ = crawl.language.gettext
    if found.parts is None:
        return _("One of the two crawls has no score")
    if not found.comparable:
        return _("The two crawls cannot be compared by their score")
    if found.is_same:
        return _("The score has not moved")
    moved = tenths(found.parts.now) - tenths(found.parts.before_today)
    text = _("The score rose by {n} points") if moved > 0 else _("The score fell by {n} points")
    return text.format(n=crawl.language.number(abs(moved) / TENTHS, 1))


def why_not(crawl: Crawl, why: Why) -> str:
    """One cause for which two scores cannot be compared."""
    _ = crawl.language.gettext
    said = {
        "no-score": _("One of the two crawls has no score."),
        "audience": _("The audience changed from {before} to {now}, and with it the weights."),
        "options": _("The crawls were started with other arguments: {names}."),
        "pages": _("The crawls read different pages: {new} only now, {gone} only before, of {pages}."),
        "errors": _("In the crawl of {when}, {failed} of {asked} pages did not answer."),
        "robots": _("robots.txt forbids our crawler other pages than before: {pages} of them."),
        "rendering": _("Only one of the two crawls read pages after their scripts as well."),
        "rules": _("The rules changed between the two crawls, so the difference is not the site's alone."),
    }.get(why.code, why.template)
    return said.format_map({name: safe.cut(value, 200) for name, value in why.detail.items()})


def _rules(crawl: Crawl, found: Difference) -> str:
    _ = crawl.language.gettext
    if found.parts is None or abs(rules_points(found.parts)) < SAME:
        return ""
    rest = tenths(found.parts.now) - tenths(found.parts.before_today)
    told = _("Other rules or weights alone moved the score by {n} points; the site did the rest.")
    if not rest:
        told = _("Other rules or weights moved the score by {n} points, nothing on the site did.")
    return told.format(n=crawl.language.signed(rules_points(found.parts), 1))


# -- faults -----------------------------------------------------------------------------------------


def _turned(crawl: Crawl, found: Difference) -> Iterator[Turned]:
    """Better and worse always; the others where there are any."""
    _ = crawl.language.gettext
    told = {
        Turn.FIXED: (_("Better"), ""),
        Turn.REGRESSED: (_("Worse"), ""),
        Turn.NEW: (_("New faults"), _("On pages, or of checks, of which the crawl before could say nothing.")),
        Turn.AGED: (_("Came with time"), _("Nobody made a mistake: time passed, and the pages are as they were.")),
        Turn.UNCONFIRMED: (_("Seen once"), _("Over a network that failed; it counts when the next crawl sees it too.")),
        Turn.UNSEEN: (_("Could not be judged this time"), _("Neither mended nor confirmed.")),
    }
    for turn, (name, note) in told.items():
        counted = found.counted(turn)
        if counted or turn in (Turn.FIXED, Turn.REGRESSED):
            yield Turned(
                id=turn.value, name=name, note=note, more=max(0, len(counted) - SHOWN),
                changes=tuple(_change(crawl, found, turn, check, n) for check, n in counted[:SHOWN]),
            )  # fmt: skip


def _change(crawl: Crawl, found: Difference, turn: Turn, check: str, number: int) -> Change:
    language = crawl.language
    if number == 1:
        url = next(one.url for one in found.of(turn) if one.check == check)
        where = safe.path(url) if url else language.gettext("the whole site")
    else:
        where = language.ngettext("{n} page", "{n} pages", number)
    left = len(found.still.get(check, ()))
    rest = language.ngettext("still on {n} page", "still on {n} pages", left) if left and turn is Turn.FIXED else ""
    return Change(title=crawl.title(check), text=f"{where}, {rest}" if rest else where)


# -- scores and pages ---------------------------------------------------------------------------------


def _scores(crawl: Crawl, scores: Iterable[ScoreChange]) -> Iterator[Moved]:
    """Tactics and the cross-link score first, then the platforms that moved most."""
    language, names = crawl.language, _score_names(crawl)
    moved = [
        (one.scope == "platform", -abs(one.now - one.before), one.scope, one.key, one.before, one.now)
        for one in scores
        if one.before is not None and one.now is not None and abs(one.now - one.before) >= SAME
    ]
    for is_platform, _by, scope, key, before, now in sorted(moved):
        if label := platform_name(crawl, key) if is_platform else names.get((scope, key)):
            yield Moved(
                label=label, before=language.number(before), now=language.number(now),
                by=language.signed(round(now) - round(before)),
            )  # fmt: skip


def _score_names(crawl: Crawl) -> Mapping[tuple[str, str], str]:
    """By scope and key; the site's own score stands above."""
    tactics = {(scope, key): crawl.words.tactic(key) for scope, key in crawl.scores if scope == "tactic"}
    return {("crosslink", "total"): crawl.language.gettext("Cross-link score"), **tactics}


def _pages(crawl: Crawl, found: Difference) -> Iterator[Pages]:
    language = crawl.language
    for urls, name in (
        (found.new_pages, language.ngettext("{n} new page", "{n} new pages", len(found.new_pages))),
        (found.gone_pages, language.ngettext("{n} page is gone", "{n} pages are gone", len(found.gone_pages))),
        (
            found.unreached_pages,
            language.ngettext("{n} page could not be read this time", "{n} pages could not be read this time", len(found.unreached_pages)),
        ),
        (
            found.garbled_pages,
            language.ngettext("{n} page with words broken in a wrong encoding", "{n} pages with words broken in a wrong encoding", len(found.garbled_pages)),
        ),
        (
            found.opened_pages,
            language.ngettext("{n} page that search engines may list again", "{n} pages that search engines may list again", len(found.opened_pages)),
        ),
        (
            found.closed_pages,
            language.ngettext("{n} page that search engines may not list any more", "{n} pages that search engines may not list any more", len(found.closed_pages)),
        ),
        (found.lost_feeds, language.ngettext("{n} feed is gone", "{n} feeds are gone", len(found.lost_feeds))),
    ):  # fmt: skip
        if urls:
            yield Pages(name=name, pages=tuple(map(example, urls[:SHOWN])), more=max(0, len(urls) - SHOWN))

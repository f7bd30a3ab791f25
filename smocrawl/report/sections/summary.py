"""The five minutes: what works, what costs most, what was not seen."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.checks.base import Reason
from smocrawl.report import safe
from smocrawl.report.card_view import MAIN, platform_name
from smocrawl.report.crawl import Crawl, Tally
from smocrawl.report.language import LEFT_MARK
from smocrawl.report.notes import in_words, reason_in_words
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.tactics import strongest
from smocrawl.report.sections.top_fixes import FixView, TopFixes
from smocrawl.report.sentences import first_sentence
from smocrawl.scoring import readiness_word, tables
from smocrawl.store.renderings import count as rendered

STRENGTHS = PROBLEMS = 3
NAMED = 4
"""Platforms that a sentence names; those that matter to the audience first."""

STRONG = 0.9
"""Share of pages from which something is called a strength."""


@frozen(kw_only=True)
class Point:
    """One thing that works, or that costs."""

    head: str
    text: str
    severity: str = ""
    anchor: str = ""


@frozen(kw_only=True)
class Summary(Section):
    """Plain values of the summary."""

    strengths: tuple[Point, ...]
    problems: tuple[Point, ...]
    unseen: tuple[str, ...]
    has_pages: bool


def summary(crawl: Crawl, fixes: TopFixes) -> Summary:
    _ = crawl.language.gettext
    strengths = tuple(_strengths(crawl))[:STRENGTHS]
    return Summary(
        id="summary",
        name=_("Summary"),
        title=_title(crawl, fixes),
        lede=_("Five minutes: what works, what costs you most, what we did not look at.") if crawl.pages else "",
        strengths=strengths,
        problems=tuple(_problems(crawl, fixes)),
        unseen=tuple(_unseen(crawl)),
        has_pages=bool(crawl.pages),
    )


def _title(crawl: Crawl, fixes: TopFixes) -> str:
    _ = crawl.language.gettext
    if crawl.score is None:
        return _("There was nothing that could be rated")
    gravest = fixes.fixes[0] if fixes.fixes else None
    if gravest is None:
        return _("Your links arrive as they should")
    if crawl.score >= tables.GRADES["good"]:
        return _("Your links mostly arrive well; a few changes are left")
    if crawl.score >= tables.GRADES["fair"]:
        return _("A sound base, and a few causes that hold it back")
    return _("Most links to you arrive weaker than they could, from a few causes")


def _problems(crawl: Crawl, fixes: TopFixes) -> Iterator[Point]:
    """The gravest causes, each check once."""
    seen: dict[str, FixView] = {}
    for fix in fixes.fixes:
        seen.setdefault(fix.check, fix)
    for fix in list(seen.values())[:PROBLEMS]:
        gain = crawl.language.gettext("Worth about {gain} points.").format(gain=fix.gain.strip(f"+{LEFT_MARK}"))
        text = f"{first_sentence(fix.why)} {gain}"
        yield Point(head=fix.title, text=text.strip(), severity=fix.severity, anchor=fix.anchor)


def _strengths(crawl: Crawl) -> Iterator[Point]:
    for candidate in (_ready_platforms, _pictures, _best_tactic, _no_caps, _near, _titles):
        point = candidate(crawl)
        if point:
            yield point


def _ready_platforms(crawl: Crawl) -> Point | None:
    _, language = crawl.language.gettext, crawl.language
    ready = [
        key
        for (scope, key), one in crawl.scores.items()
        if scope == "platform" and readiness_word(one.value) == "ready"
    ]
    if not {*crawl.audience.key, *MAIN} & {*ready}:
        return None
    ready.sort(key=lambda key: (key not in crawl.audience.key, key not in MAIN))
    head = language.ngettext("{n} platform draws most pages well", "{n} platforms draw most pages well", len(ready))
    shown = language.listed([platform_name(crawl, key) for key in ready[:NAMED]])
    text = (
        _("{names} among them; section 5 tells where not.")
        if len(ready) > NAMED
        else _("{names}; section 5 tells where not.")
    )
    return Point(head=head, text=text.format(names=shown), anchor="platforms")


def _pictures(crawl: Crawl) -> Point | None:
    _, language = crawl.language.gettext, crawl.language
    pages = crawl.shareable
    with_picture = [page.og_image for page in pages if page.og_image]
    loading = crawl.tallies.get("og-image-fetchable", Tally())
    if len(pages) < 2 or len(with_picture) < STRONG * len(pages) or loading.passed < STRONG * len(with_picture):
        return None
    return Point(
        head=_("Every page names a picture")
        if len(with_picture) == len(pages)
        else _("Almost every page names a picture"),
        text=language.ngettext(
            "{named} of {all} pages that people share name one, always the same.",
            "{named} of {all} pages that people share name one, {n} different ones in all.",
            len(set(with_picture)),
            named=language.number(len(with_picture)),
            all=language.number(len(pages)),
        ),
    )


def _best_tactic(crawl: Crawl) -> Point | None:
    _ = crawl.language.gettext
    best = strongest(crawl)
    score = crawl.scored("tactic", best).value if best else None
    if best is None or score is None or score < tables.GRADES["good"]:
        return None
    said = _("Your best side: {tactic}").format(tactic=crawl.words.tactic(best))
    return Point(
        head=said,
        text=_("{score} of 100, the most of the nine tactics in section 6.").format(score=round(score)),
        anchor="tactics",
    )


def _no_caps(crawl: Crawl) -> Point | None:
    _ = crawl.language.gettext
    if not crawl.pages or any(page.cap or _is_bare(page) for page in crawl.pages):
        return None
    return Point(head=_("Nothing blocks a whole page"), text=_("Every page can be read and drawn by the networks."))


def _is_bare(page: PageRow) -> bool:
    """Most platforms draw no card of it."""
    scores = [score for name, score in page.platforms.items() if name in MAIN]
    return page.shareable and 2 * sum(score <= tables.NO_CARD for score in scores) > len(scores)


def _near(crawl: Crawl) -> Point | None:
    _, language = crawl.language.gettext, crawl.language
    near = sum(page.depth is not None and page.depth <= tables.NEAR_CLICKS for page in crawl.shareable)
    if len(crawl.shareable) < 2 or near < STRONG * len(crawl.shareable):
        return None
    return Point(
        head=_("Your pages are close at hand"),
        text=_("{n} of {all} are at most {clicks} clicks from the home page.").format(
            n=language.number(near), all=language.number(len(crawl.shareable)), clicks=tables.NEAR_CLICKS
        ),
        anchor="links",
    )


def _titles(crawl: Crawl) -> Point | None:
    _ = crawl.language.gettext
    titles = [page.title for page in crawl.shareable if page.title]
    if len(titles) < 2 or len(set(titles)) < len(crawl.shareable):
        return None
    return Point(head=_("Every page has a title of its own"), text=_("In a feed no two of your links look the same."))


def _home_unread(crawl: Crawl) -> Iterator[str]:
    """Why the home page could not be read, where that is so."""
    _ = crawl.language.gettext
    rows = crawl.database.rows(
        "SELECT f.status, f.error FROM fetch f JOIN url u ON u.id = f.url WHERE f.run = ? AND u.url = ?",
        crawl.id, crawl.run.home,
    )  # fmt: skip
    for row in rows:
        if row["status"] is None:
            said = _("The home page {url} did not answer: {why}.")
            why = reason_in_words(row["error"] or "no answer", crawl.language)
            yield said.format(url=crawl.language.isolated(safe.cut(crawl.run.home, 120)), why=safe.cut(why, 120))
        elif row["status"] >= 400:
            said = _("The home page {url} answers with status {status}.")
            yield said.format(url=crawl.language.isolated(safe.cut(crawl.run.home, 120)), status=row["status"])


def _unseen(crawl: Crawl) -> Iterator[str]:
    """What the crawl did not see, and why: in the words of the crawl, then by count."""
    _, language = crawl.language.gettext, crawl.language
    yield from (safe.cut(in_words(note, language)) for note in crawl.run.notes)
    if not any(crawl.run.home in note for note in crawl.run.notes):
        yield from _home_unread(crawl)
    for reason, number in crawl.reasons.most_common():
        if reason in set(Reason):
            why = crawl.words.reason(reason)
            yield language.ngettext(
                "{n} check of a page was not possible: {why}.",
                "{n} checks of single pages were not possible: {why}.",
                number,
                why=why,
            )
    accepted = crawl.database.scalar("SELECT count(*) FROM finding WHERE run = ? AND outcome = 'suppressed'", crawl.id)
    if accepted:
        yield language.ngettext(
            "{n} finding is not counted, because you accepted it.",
            "{n} findings are not counted, because you accepted them.",
            accepted,
        )
    for network in crawl.audience.opt_out:
        yield _("We did not rate {network}: you told us that you leave it out on purpose.").format(
            network=platform_name(crawl, network)
        )
    if rendered(crawl.database, crawl.id).read:
        yield _("Scripts were run on a few pages of each template only; the networks run none at all.")
    else:
        yield _("Scripts were not run. What only scripts draw we did not see; the networks do not see it either.")

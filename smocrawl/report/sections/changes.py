"""What became better or worse since the crawl before."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.section import PageLink, Section, example
from smocrawl.store.runs import Run

SAME = 1.0
"""Points within which a score counts as unchanged: crawls differ by that much by themselves."""

PAGES_DIFFER = 0.2
"""Share of pages by which two crawls may differ and still be compared."""

SHOWN = 8


@frozen(kw_only=True)
class Change:
    """A check that fails on fewer or more pages than before."""

    title: str
    text: str


@frozen(kw_only=True)
class Changes(Section):
    """Plain values of the comparison; ``has_before`` is false on the first crawl."""

    has_before: bool
    before: int | None
    now: int | None
    why_not: str
    fixed: tuple[Change, ...]
    worse: tuple[Change, ...]
    new_pages: tuple[PageLink, ...]
    gone_pages: tuple[PageLink, ...]
    new_count: int
    gone_count: int


def changes(crawl: Crawl) -> Changes:
    _ = crawl.language.gettext
    if not crawl.earlier:
        return _first_crawl(crawl)
    run = crawl.earlier[-1]
    before = _score(crawl, run)
    new, gone = _only_in(crawl, crawl.id, run.id), _only_in(crawl, run.id, crawl.id)
    why_not = _not_comparable(crawl, run, len(new) + len(gone))
    fixed, worse = _moves(crawl, run)
    return Changes(
        id="changes",
        name=_("What changed"),
        title=_title(crawl, before, why_not),
        lede=_("Compared with the crawl of {date}.").format(date=crawl.language.date(run.started)),
        has_before=True,
        before=None if before is None else round(before),
        now=None if crawl.score is None else round(crawl.score),
        why_not=why_not,
        fixed=fixed,
        worse=worse,
        new_pages=tuple(example(url) for url in new[:SHOWN]),
        gone_pages=tuple(example(url) for url in gone[:SHOWN]),
        new_count=len(new),
        gone_count=len(gone),
    )


def _first_crawl(crawl: Crawl) -> Changes:
    _ = crawl.language.gettext
    return Changes(
        id="changes", name=_("What changed"), title=_("Nothing to compare with yet"),
        lede=_("This is the first crawl of the site. From the second one on, this section shows what got better or worse."),
        has_before=False, before=None, now=None, why_not="", fixed=(), worse=(), new_pages=(), gone_pages=(),
        new_count=0, gone_count=0,
    )  # fmt: skip


def _score(crawl: Crawl, run: Run) -> float | None:
    rows = crawl.database.rows("SELECT value FROM site_score WHERE run = ? AND scope = 'site'", run.id)
    return rows[0][0] if rows else None


def _title(crawl: Crawl, before: float | None, why_not: str) -> str:
    _ = crawl.language.gettext
    if before is None or crawl.score is None:
        return _("One of the two crawls has no score")
    if why_not:
        return _("The two crawls cannot be compared by their score")
    moved = crawl.score - before
    if abs(moved) < SAME:
        return _("The score has not moved")
    text = crawl.language.number(abs(moved), 1)
    return (_("The score rose by {n} points") if moved > 0 else _("The score fell by {n} points")).format(n=text)


def _not_comparable(crawl: Crawl, run: Run, differing: int) -> str:
    """The sentence that takes the arrow away; empty where the two crawls can be compared."""
    _ = crawl.language.gettext
    rows = crawl.database.rows("SELECT ruleset, algorithm FROM run WHERE id = ?", run.id)
    if tuple(rows[0]) != (crawl.versions["ruleset"], crawl.versions["algorithm"]):
        return _("The rules changed between the two crawls, so the difference is not the site's alone.")
    if run.audience != crawl.run.audience:
        return _("The audience changed between the two crawls, so the weights are others.")
    if crawl.pages and differing > PAGES_DIFFER * len(crawl.pages):
        return _("The two crawls read different pages, so their scores do not speak of the same thing.")
    return ""


def _only_in(crawl: Crawl, one: int, other: int) -> list[str]:
    rows = crawl.database.rows(
        "SELECT u.url FROM page p JOIN url u ON u.id = p.url WHERE p.run = ? AND p.status = 200 AND p.url NOT IN"
        " (SELECT url FROM page WHERE run = ? AND status = 200) ORDER BY u.url",
        one, other,
    )  # fmt: skip
    return [row[0] for row in rows]


def _moves(crawl: Crawl, run: Run) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Checks that fail on fewer and on more of the pages that both crawls read, the largest moves first."""
    before, now = _faults(crawl, run.id, crawl.id), _faults(crawl, crawl.id, run.id)
    moved = {check: now.get(check, 0) - before.get(check, 0) for check in before.keys() | now.keys()}
    order = sorted(moved, key=lambda check: (-abs(moved[check]), check))
    fixed = tuple(_change(crawl, check, -moved[check], now.get(check, 0)) for check in order if moved[check] < 0)
    worse = tuple(_change(crawl, check, moved[check], now.get(check, 0)) for check in order if moved[check] > 0)
    return fixed[:SHOWN], worse[:SHOWN]


def _faults(crawl: Crawl, run: int, both: int) -> Mapping[str, int]:
    """Pages (of those in both crawls) on which each check found a fault; a fault of the site counts once."""
    rows = crawl.database.rows(
        "SELECT check_id, count(DISTINCT coalesce(url, -1)) FROM finding WHERE run = ? AND outcome IN ('warned', 'failed')"
        " AND (url IS NULL OR url IN (SELECT url FROM page WHERE run = ? AND status = 200)) GROUP BY check_id",
        run, both,
    )  # fmt: skip
    return dict(tuple(row) for row in rows)


def _change(crawl: Crawl, check: str, by: int, left: int) -> Change:
    language = crawl.language
    pages = language.ngettext("{n} page", "{n} pages", by)
    rest = language.gettext("now on {n}") if left else language.gettext("now on none")
    return Change(title=crawl.title(check), text=safe.cut(f"{pages}, {rest.format(n=language.number(left))}"))

"""The matrix: how ready each kind of page is for each platform, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from smocrawl.checks.base import EVERYWHERE
from smocrawl.report.card_view import Drawer, platform_name
from smocrawl.report.crawl import Crawl, Found
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.blanks import Bare, Blank, bares, blanks
from smocrawl.report.sections.bots import Bots, bots
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.top_fixes import anchor
from smocrawl.scoring import readiness_word, tables

KINDS = 7
"""Columns: more do not fit on paper."""

MOST = 0.75
"""Share of the platforms that are most of them."""


@frozen(kw_only=True)
class Cell:
    """Readiness of one platform for one kind of page."""

    band: str
    word: str
    score: int | None
    note: str
    """Letter of the footnote that names the cause."""


@frozen(kw_only=True)
class Row:
    """One platform."""

    platform: str
    name: str
    badge: str
    is_key: bool
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class Footnote:
    """A cause, and the fix that mends it."""

    letter: str
    text: str
    anchor: str
    number: int | None


@frozen(kw_only=True)
class Matrix(Section):
    """Plain values of the matrix."""

    kinds: tuple[tuple[str, str], ...]
    """(name, number of pages) of each column."""
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    """Platforms that fold out: those that are not drawn in the gallery."""
    notes: tuple[Footnote, ...]
    legend: tuple[tuple[str, str], ...]
    """(band, what it means)."""
    more_notes: tuple[Footnote, ...]
    """Causes that only the folded platforms have."""
    bots: Bots | None
    """How far their bots get; None = not measured."""


@define
class Notes:
    """Footnotes, lettered in the order in which they are needed."""

    crawl: Crawl
    letters: dict[str, str] = field(factory=dict)
    reasons: set[str] = field(factory=set)
    """Those that are no check's id but a sentence."""

    def letter_of_reason(self, reason: str) -> str:
        self.reasons.add(reason)
        return self.letter(reason)

    def letter_of_blank(self, reason: str) -> str:
        return self.letter_of_reason(self.crawl.language.gettext("No card. {reason}").format(reason=reason))

    def letter(self, check: str) -> str:
        number = len(self.letters)
        letters = "abcdefghijklmnopqrstuvwxyz"
        name = letters[number] if number < len(letters) else f"{letters[number % 26]}{number // 26}"
        return self.letters.setdefault(check, name)

    def all(self) -> tuple[Footnote, ...]:
        shown = []
        for check, letter in self.letters.items():
            if check in self.reasons:
                shown.append(Footnote(letter=letter, text=check, anchor="", number=None))
                continue
            fix = self.crawl.fix_for(check)
            place = anchor(self.crawl, fix)
            number = fix.rank if fix and place else None
            shown.append(Footnote(letter=letter, text=self.crawl.title(check), anchor=place, number=number))
        return tuple(shown)


@define
class Grid:
    """Fills the cells of the matrix."""

    crawl: Crawl
    kinds: tuple[str, ...]
    pages: Mapping[str, list[PageRow]]
    causes: Mapping[tuple[str, str], Counter[str]]
    blanks: Mapping[tuple[str, str], Blank]
    bares: Mapping[tuple[str, str], Bare]
    notes: Notes

    def row(self, platform: str) -> Row:
        name = platform_name(self.crawl, platform)
        return Row(
            platform=platform,
            name=name,
            badge=name[:2],
            is_key=platform in self.crawl.audience.key,
            cells=tuple(self.cell(platform, kind) for kind in self.kinds),
        )

    def cell(self, platform: str, kind: str) -> Cell:
        pages = self.pages.get(kind, [])
        scores = [page.platforms[platform] for page in pages if platform in page.platforms]
        if not scores:
            return Cell(band="", word=self.crawl.language.gettext("not rated"), score=None, note="")
        mean = sum(scores) / len(scores)
        band = readiness_word(mean, blocked=not any(scores))
        note = "" if band == "ready" else self._cause(platform, kind, scores)
        return Cell(band=band, word=self.crawl.words.band(band), score=in_band(mean, band), note=note)

    def _cause(self, platform: str, kind: str, scores: list[float]) -> str:
        """Letter of what costs most there: pages without a card, cards without a picture, or a check on the others."""
        heaviest = self.causes.get((kind, platform), Counter()) + self.causes.get((kind, EVERYWHERE), Counter())
        blank, bare = self.blanks.get((kind, platform)), self.bares.get((kind, platform))
        lost, without = blank.lost(scores) if blank else 0.0, bare.lost(scores) if bare else 0.0
        share = heaviest.most_common(1)[0][1] / heaviest.total() if heaviest else 0.0
        of_check = share * (sum(100 - score for score in scores) - lost - without)
        if blank and lost >= max(of_check, without):
            return self.notes.letter_of_blank(blank.reason)
        if bare and without >= of_check:
            is_found = bare.check in heaviest
            return self.notes.letter(bare.check) if is_found else self.notes.letter_of_reason(bare.reason)
        return self.notes.letter(heaviest.most_common(1)[0][0]) if heaviest else ""


def in_band(mean: float, band: str) -> int:
    """*mean* as a whole number that the legend puts into the same band: 84.6 is not ready, so it does not read 85."""
    return round(mean) if band == "blocked" or readiness_word(round(mean)) == band else int(mean)


def platforms(crawl: Crawl, drawer: Drawer) -> Matrix:
    _ = crawl.language.gettext
    kinds = crawl.kinds[:KINDS]
    shown = tuple(kind for kind, _ in kinds)
    grid = Grid(
        crawl, shown, _by_kind(crawl), _causes(crawl), blanks(crawl, drawer), bares(crawl, drawer), Notes(crawl)
    )
    known = sorted({name for page in crawl.shareable for name in page.platforms})
    main = [name for name in drawer.platform_ids() if name in known]
    main.sort(key=lambda name: name not in crawl.audience.key)
    rows = tuple(grid.row(name) for name in main)
    notes = grid.notes.all()
    others = tuple(grid.row(name) for name in known if name not in main)
    return Matrix(
        id="platforms",
        name=_("Platform readiness"),
        title=_title(crawl, rows, others),
        lede=_("How complete the card of each kind of page is. The letter leads to the main cause below."),
        kinds=tuple(
            (crawl.words.kind_alone(kind), crawl.language.ngettext("{n} page", "{n} pages", n)) for kind, n in kinds
        ),
        rows=rows,
        others=others,
        notes=notes,
        legend=_legend(crawl),
        more_notes=grid.notes.all()[len(notes) :],
        bots=bots(crawl, drawer),
    )


def _legend(crawl: Crawl) -> tuple[tuple[str, str], ...]:
    _ = crawl.language.gettext
    return (
        ("ready", _("ready, {least} or more").format(least=tables.READY)),
        ("partial", _("partial, {least} to {most}").format(least=tables.PARTIAL, most=tables.READY - 1)),
        ("poor", _("poor, below {least}").format(least=tables.PARTIAL)),
        ("blocked", _("blocked, its bot is kept out")),
        ("", _("not rated")),
    )


def _by_kind(crawl: Crawl) -> Mapping[str, list[PageRow]]:
    found: dict[str, list[PageRow]] = {}
    for page in crawl.shareable:
        found.setdefault(page.kind, []).append(page)
    return found


def _causes(crawl: Crawl) -> Mapping[tuple[str, str], Counter[str]]:
    """(kind, platform) -> weight that each check costs there; platform may be ``all``."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for one in crawl.all_found():
        page = crawl.by_id.get(one.page or 0)
        known = crawl.catalogue.get(one.check)
        if page is None or known is None or known.tactic not in tables.READINESS_TACTICS:
            continue
        for platform in known.platforms:
            found.setdefault((page.kind, platform), Counter())[one.check] += _weight(one)
    return found


WEIGHTS = {severity.value: weight for severity, weight in tables.WEIGHTS.items()}


def _weight(found: Found) -> int:
    return WEIGHTS[found.severity] * (1 if found.outcome == "warned" else 2)


def _title(crawl: Crawl, rows: tuple[Row, ...], others: tuple[Row, ...]) -> str:
    _, language = crawl.language.gettext, crawl.language
    blocked = [row for row in rows if row.cells and all(cell.band == "blocked" for cell in row.cells if cell.band)]
    if blocked:
        return language.ngettext(
            "{n} platform cannot read your pages", "{n} platforms cannot read your pages", len(blocked)
        )
    ready = sum(map(_is_ready, rows))
    if rows and ready == len(rows) and all(map(_is_ready, others)):
        return _("Every platform is ready for every kind of page")
    if rows and ready == len(rows):
        return _("All {all} main platforms are ready for every kind of page").format(all=len(rows))
    if ready:
        return _("{ready} of {all} main platforms are ready for every kind of page").format(ready=ready, all=len(rows))
    columns = list(zip(*(row.cells for row in rows), strict=True))
    if well := sum(_is_mostly_ready(column) for column in columns):
        return _("Most platforms draw {ready} of {all} kinds of page well").format(ready=well, all=len(columns))
    return _("No main platform is ready for every kind of page")


def _is_ready(row: Row) -> bool:
    return all(cell.band == "ready" for cell in row.cells if cell.band)


def _is_mostly_ready(cells: Sequence[Cell]) -> bool:
    rated = [cell for cell in cells if cell.band]
    return MOST * len(rated) <= sum(cell.band == "ready" for cell in rated) > 0

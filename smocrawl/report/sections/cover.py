"""The first screen: the score, and the home page's own card as the proof of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from smocrawl.checks.base import Outcome, Severity
from smocrawl.report import safe
from smocrawl.report.card_view import CardView, Drawer
from smocrawl.report.crawl import Crawl, Found, rank
from smocrawl.report.sections.links import crosslink_score
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.top_fixes import reachable, shown_fixes
from smocrawl.report.sections.waterfall import has_other_rules
from smocrawl.report.sentences import parted
from smocrawl.report.words import Words
from smocrawl.scoring import tables

PARTS = ("image", "url", "title", "description")
"""Parts of a card from top to bottom; a check speaks of the one that its id names."""

QUOTED = re.compile(r": [“„«\"\u2066\u2067\u2068].*", re.DOTALL)
"""What a sentence cites at its end."""
TAG_NAMED = re.compile(r" \([\w:-]+\)")
"""The name of a tag in brackets."""
HEAD = 70
"""Most characters of a note's head: four lines beside the card."""
LEAST_SAID = 20
"""Characters without which a sentence says too little."""

ABOUT = {"image": ("image",), "url": ("url", "canonical"), "title": ("title",), "description": ("description",)}


@frozen(kw_only=True)
class PencilNote:
    """What is written beside one part of the card."""

    part: str
    head: str
    text: str
    is_fault: bool = False


@frozen(kw_only=True)
class BandMark:
    """One named stretch of the score's scale."""

    word: str
    start: int
    is_here: bool


@frozen(kw_only=True)
class Labelled:
    """A fact of the crawl under its label."""

    label: str
    value: str


@frozen(kw_only=True)
class Cover(Section):
    """Plain values of the cover."""

    domain: str
    score: int | None
    word: str
    is_partial: bool
    bands: tuple[BandMark, ...]
    story: str
    crosslink: int | None
    platforms_drawn: int
    platforms_asked: int
    card: CardView | None
    notes: tuple[PencilNote, ...]
    facts: tuple[Labelled, ...]


def cover(crawl: Crawl, drawer: Drawer) -> Cover:
    _ = crawl.language.gettext
    views = drawer.views(crawl.home) if crawl.home else {}
    shown = [views[name] for name in drawer.platform_ids() if name in views]
    card = next((view for name in ("facebook", *crawl.audience.key) if (view := views.get(name))), None)
    crosslink = crosslink_score(crawl)
    return Cover(
        id="cover",
        name=_("Cover"),
        title=_("What people see when someone shares"),
        domain=crawl.domain,
        score=None if crawl.score is None else round(crawl.score),
        word=crawl.words.grade(crawl.score),
        is_partial=crawl.is_partial,
        bands=score_bands(crawl.words, crawl.score),
        story=" ".join(_story(crawl)),
        crosslink=None if crosslink is None else round(crosslink),
        platforms_drawn=sum(bool(view.layout) for view in shown),
        platforms_asked=len(shown),
        card=card,
        notes=tuple(_notes(crawl, drawer, card)) if card else (),
        facts=tuple(_facts(crawl)),
    )


def score_bands(words: Words, score: float | None) -> tuple[BandMark, ...]:
    """The named stretches of the scale, from the lowest."""
    here = words.grade(score)
    marks = sorted((least, words.grade(least)) for least in tables.GRADES.values())
    return tuple(BandMark(word=word, start=least, is_here=word == here) for least, word in marks)


def _story(crawl: Crawl) -> Iterator[str]:
    """Two or three sentences: where the site was, what brings it further."""
    _, language = crawl.language.gettext, crawl.language
    if crawl.score is None:
        yield _("No page could be rated, so there is no score.")
        return
    if crawl.difference and crawl.difference.parts:
        date = language.date(crawl.difference.before.started)
        told = _("It was {score} on {date}.")
        if has_other_rules(crawl.difference):
            told = _("By the rules of today it was {score} on {date}.")
        yield told.format(score=round(crawl.difference.parts.before_today), date=date)
        if not crawl.difference.comparable:
            yield _("The two crawls cannot be compared; “What changed” says why.")
    fixes = shown_fixes(crawl)
    small = sum(fix.effort == 1 for fix in fixes)
    if not fixes:
        yield _("Nothing that we rate would lift it further.")
    elif small == len(fixes) > 1:
        yield _("{fixes}, all of them small, would bring the site to about {score}.").format(
            fixes=language.ngettext("{n} fix", "{n} fixes", len(fixes)), score=reachable(crawl)
        )
    elif small:
        yield _("{fixes}, {small} of them small, would bring the site to about {score}.").format(
            fixes=language.ngettext("{n} fix", "{n} fixes", len(fixes)), small=small, score=reachable(crawl)
        )
    else:
        yield _("{fixes} would bring the site to about {score}.").format(
            fixes=language.ngettext("{n} fix", "{n} fixes", len(fixes)), score=reachable(crawl)
        )


def _notes(crawl: Crawl, drawer: Drawer, card: CardView) -> Iterator[PencilNote]:
    faults = {part: found for found in _home_faults(crawl) if (part := _part(found.check))}
    for part in PARTS:
        found = faults.get(part)
        dropped = drawer.dropped(crawl.home, card.platform) if part == "image" and crawl.home else ""
        if dropped:
            grave = found is not None and found.rank < rank(Severity.MEDIUM, Outcome.FAILED)
            yield PencilNote(
                part=part, head=dropped, text=_beside(crawl, found, card) if found and grave else "", is_fault=True
            )
        elif found is not None:
            head, text = _headed(crawl, found, _beside(crawl, found, card))
            yield PencilNote(part=part, head=head, text=text, is_fault=True)
        elif good := _good(crawl, card, part):
            yield good


def _headed(crawl: Crawl, found: Found, said: str) -> tuple[str, str]:
    """A note's head and text: what was found of this page, or where that is long, the check's title above it."""
    head, text = parted(said)
    if len(head) <= HEAD:
        return head, text
    title = crawl.title(found.check)
    return title, _more_than(title, said)


def _more_than(head: str, text: str) -> str:
    """*text*, unless it says the *head* again, with no more than a tag's name behind it."""
    return "" if TAG_NAMED.sub("", text).rstrip(".").casefold() == head.rstrip(".").casefold() else text


def _beside(crawl: Crawl, found: Found, card: CardView) -> str:
    """The sentence of a finding as there is room for it: files by their names, without what the card shows anyway."""
    named = {name: _file(value) if isinstance(value, str) else value for name, value in found.evidence.items()}
    told = crawl.sentence(evolve(found, evidence=named))
    short = QUOTED.sub(".", told)
    is_shown = found.evidence.get("title") in (None, card.title)
    return short if is_shown and len(short) > LEAST_SAID else told


def _file(text: str) -> str:
    """The name of the file that an address leads to, where the address is long."""
    if len(text) <= safe.FILE or not text.startswith(("http://", "https://")):
        return text
    return f"…/{safe.file_name(text)}"


def _home_faults(crawl: Crawl) -> list[Found]:
    """Findings of the home page, mildest first, so that the gravest of a part is the one that stays."""
    if crawl.home is None:
        return []
    found = crawl.found("url = ? AND outcome IN ('warned', 'failed')", crawl.home.id)
    return sorted(found, key=lambda one: -one.rank)


def _part(check: str) -> str | None:
    if not check.startswith(("og-", "title", "description", "canonical", "meta-", "twitter-image")):
        return None
    return next((part for part, words in ABOUT.items() if any(word in check for word in words)), None)


def _good(crawl: Crawl, card: CardView, part: str) -> PencilNote | None:
    _, language = crawl.language.gettext, crawl.language
    if part == "image" and card.picture:
        facts = crawl.pictures.get(card.image)
        size = (
            _("{size} pixels").format(size=language.isolated(f"{facts.width} × {facts.height}"))
            if facts and facts.width
            else ""
        )
        return PencilNote(part=part, head=_("The picture loads"), text=size)
    if part == "url" and card.layout:
        return PencilNote(part=part, head=_("Right address"), text=_("Shares add up on one URL"))
    text = {"title": card.title, "description": card.description}.get(part)
    if not text:
        return None
    length = language.ngettext("{n} character", "{n} characters", len(text))
    head = _("Title fits") if part == "title" else _("Description fits")
    return PencilNote(part=part, head=head, text=length)


def _facts(crawl: Crawl) -> Iterator[Labelled]:
    _, language = crawl.language.gettext, crawl.language
    asked = crawl.database.scalar("SELECT count(*) FROM fetch WHERE run = ? AND kind = 'page'", crawl.id)
    yield Labelled(label=_("Crawled"), value=language.date(crawl.run.started))
    yield Labelled(
        label=_("Pages read"),
        value=_("{read} of {met} addresses").format(
            read=language.number(len(crawl.pages)), met=language.number(max(asked, len(crawl.pages)))
        ),
    )
    yield Labelled(label=_("Audience"), value=_(crawl.audience.label))
    yield Labelled(label=_("Rule set"), value=crawl.versions["ruleset"])
    if crawl.coverage is not None:
        yield Labelled(
            label=_("Measured"), value=_("{n} % of all checks").format(n=language.number(100 * crawl.coverage))
        )
    if crawl.run.options.get("ignore_robots"):
        yield Labelled(label=_("robots.txt"), value=_("not obeyed, as ordered"))

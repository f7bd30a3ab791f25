"""Dates that readers see: in ``<time>`` and in lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice

from attrs import evolve
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Block, Node, Survey
from smocrawl.extract.body.density import is_prose
from smocrawl.extract.dates.stated import role_of
from smocrawl.extract.dates.written import SHORT, WORDED, dated, is_dateline, is_partial, parse, short, worded
from smocrawl.extract.document import Document, text_of
from smocrawl.extract.words import words
from smocrawl.page import Area, Dated

RELATIVE = re.compile(
    r"\b(?:\d+|an?|one|few)\s+(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month|year)s?\s+ago\b|\byesterday\b"
    r"|\bvor\s+\d+\s+(?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)\b|\bgestern\b"
    r"|\bil y a \d+ \w+|\bhace \d+ \w+|\bhá \d+ \w+|\bpřed \d+ \w+|\b\d+ \w+ (?:fa|geleden|siden|sedan|temu|назад|önce)\b"
    r"|\d+\s?(?:秒|分钟?|小时|時間|時|天|日|周|週間|か?月|年)前|\d+\s?(?:초|분|시간|일|주|개월|년) ?전",
    re.IGNORECASE,
)
"""Ages that are counted from the day of reading, in the words of some twenty languages."""
DATE_CLASS = re.compile(
    r"(?:.*[-_])?(?:(?:post|pub|publish|published|publication|article|entry|news|item)*[-_]?(?:date|datum|time)|published"
    r"|posted|dateline|timestamp)(?:[-_](?:published|posted|post|text|line|time))?",
    re.IGNORECASE,
)
"""Class names of elements that hold the day of publication."""
REPLIES = re.compile(r"\b(?:comments?|commentlist|related|widget|sidebar|teasers?)\b|comment", re.IGNORECASE)
MOST_MARKED = 50
REMEMBERED = 4_096
"""Class lists whose meaning is remembered: templates repeat them on every page."""
FURNITURE = frozenset((Area.NAV, Area.FOOTER, Area.ASIDE))
MODIFIED = re.compile(
    r"updated|modified|revised|edited|aktualisiert|geändert|mis à jour|actualizado|aggiornato|更新", re.IGNORECASE
)
NEAR = 15
"""Runs of text before the headline among which its date line is sought …"""
BEHIND = 24
"""… and behind it, where a row of share buttons may stand between them."""
BELOW = 5
"""Runs of text above the main text and below the headline among which a date set apart may stand."""
DATE_AND_HOUR = 40
"""Characters of the longest date with its hour that stands in an element of its own."""
HEADINGS = words("h1 h2 h3")
"""Where a date is part of a title, unless it is all that stands there."""
LINE = 160
"""Longer runs are prose that happens to name a date."""


def of_times(document: Document, survey: Survey, lines: Sequence[Block]) -> Iterator[Dated]:
    """``<time>`` elements; those in the head or foot of the article count as its own."""
    near = {block.node for block in lines}
    for element in document.limited("time", limits.DATES, "time"):
        if _is_of_something_else(element):
            continue
        in_main = _is_own(survey, survey.node_of(element), near)
        shown, machine = text_of(element), element.get("datetime")
        named = [element.get(name) or "" for name in ("class", "itemprop", "property")]
        said = " ".join((*named, shown, _before(element)))
        if machine:
            role = "modified" if MODIFIED.search(said) else "published"
            yield dated(machine, "time[datetime]", role, in_main=in_main)
        if shown:
            yield _shown(shown, machine, in_main=in_main)


def _shown(text: str, machine: str | None, *, in_main: bool) -> Dated:
    """The date that readers see; where its words do not tell the day for certain, the machine's counts."""
    visible = dated(text, "time", "visible", in_main=in_main)
    if visible.moment is not None and not SHORT.fullmatch(text):
        return visible
    moment = parse(machine)[0] if machine else None
    return evolve(visible, moment=moment or short(text, sure=True))


def _is_of_something_else(element: HtmlElement) -> bool:
    """Whether structured data calls the date something else than a publication: an event's start, a birthday."""
    names = [*(element.get("itemprop") or "").split(), *(element.get("property") or "").split()]
    names += [name[3:] for name in (element.get("class") or "").split() if name.startswith("dt-")]
    return bool(names) and not any(role_of(name) in ("published", "modified") for name in names)


def _before(element: HtmlElement) -> str:
    """Text right before *element*: its label."""
    previous, around = element.getprevious(), element.getparent()
    said = previous.tail or text_of(previous) if previous is not None else around.text if around is not None else ""
    return (said or "")[-40:]


def _is_own(survey: Survey, node: int, near: AbstractSet[int]) -> bool:
    """Whether a node is one of those *near* the headline, or in the article's own head or foot."""
    above = [number for number in survey.up(node) if number > survey.region] if survey.nodes else []
    tags = {survey.nodes[number].tag for number in above}
    teaser = "article" in tags and survey.nodes[survey.region].tag != "body"
    return not teaser and (node in near or (node in survey.inside and bool(tags & {"footer", "header"})))


def window(survey: Survey) -> list[Block]:
    """The runs of text around the headline, up to the second run of prose after it."""
    start = headline(survey)
    before = [block for block in survey.blocks[max(0, start - NEAR) : start] if not _is_aside(survey, block)]
    after: list[Block] = []
    prose = 0
    for block in survey.blocks[start : start + BEHIND]:
        prose += is_prose(block) and len(block.text) > LINE and survey.nodes[block.node].tag != "h1"
        if prose > 1:
            break
        if not _is_aside(survey, block):
            after.append(block)
    return [*before, *after]


def marked_day(document: Document, survey: Survey) -> datetime | None:
    """The day in elements that their class calls a date, where all of them name the same: on lists they differ."""
    telling = {one for one in document.class_lists if _calls_a_date(one)}
    if not telling or not survey.nodes:
        return None
    days: set[datetime] = set()
    found = (element for element, classes in document.values("class").items() if classes in telling)
    for element in islice(found, MOST_MARKED):
        text = text_of(element)
        if (
            len(text) <= LINE
            and _is_of_text(survey, element)
            and is_dateline(text)
            and (day := worded(text) or parse(text)[0])
        ):
            days.add(day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC))
    return days.pop() if len(days) == 1 else None


def _calls_a_date(classes: str) -> bool:
    return _known_to_call(classes) if len(classes) <= limits.LABEL else _known_to_call.__wrapped__(classes)


@lru_cache(maxsize=REMEMBERED)
def _known_to_call(classes: str) -> bool:
    return any(map(DATE_CLASS.fullmatch, classes.split()))


def _is_of_text(survey: Survey, element: HtmlElement) -> bool:
    """Shown, and neither furniture nor of a comment."""
    number = survey.node_of(element)
    around = [survey.nodes[one] for one in survey.up(number)]
    return (
        (survey.area(number) not in FURNITURE or _is_foot_of_article(around))
        and not any(one.hidden for one in around)
        and not any(REPLIES.search(f"{one.classes} {one.id}") for one in around[:-1])
    )


def _is_foot_of_article(around: Sequence[Node]) -> bool:
    """In the ``footer`` of an ``article``, where WordPress themes print day, author and categories."""
    tags = [one.tag for one in around]
    return "footer" in tags and "article" in tags[tags.index("footer") :] and not {"nav", "aside"} & set(tags)


def _is_aside(survey: Survey, block: Block) -> bool:
    """Hidden or beside the main text; a row of share buttons often holds the article's date line and counts."""
    if not survey.is_aside(block):
        return False
    around = [survey.nodes[number] for number in survey.up(block.node)]
    return any(node.hidden for node in around) or any(node.own and "share" not in node.meanings for node in around)


def headline(survey: Survey) -> int:
    """Number of the text run that is the page's headline, else of the first in the main region."""
    nodes, blocks, inside = survey.nodes, survey.blocks, survey.inside
    headlines = {draft.node for draft in survey.headings if draft.element.tag == "h1"}
    titles = [n for n, block in enumerate(blocks) if block.node in headlines] if headlines else []
    shown = [n for n in titles if not nodes[blocks[n].node].hidden]
    own = (n for n in shown if blocks[n].node in inside)
    outside = (n for n in shown if not nodes[blocks[n].node].beside)
    first = (n for n, block in enumerate(blocks) if block.node in inside)
    return next(chain(own, outside, first, shown), 0)


def labelled(survey: Survey, lines: Sequence[Block]) -> Iterator[Dated]:
    """Dates in the lines around the headline."""
    for block in lines:
        if LINE < len(block.text) <= 2 * LINE and not is_prose(block) and (alone := _alone(survey, block)):
            # Name, address and date in one line, as some templates write it.
            yield dated(alone, "text", "visible")
        if len(block.text) > LINE or (survey.nodes[block.node].tag in HEADINGS and not WORDED.fullmatch(block.text)):
            continue
        has_digits = any(map(str.isdigit, block.text))
        if has_digits and not worded(block.text) and (alone := _alone(survey, block)):
            yield dated(alone, "text", "visible")
        elif RELATIVE.search(block.text) or (has_digits and (worded(block.text) or is_partial(block.text))):
            yield dated(block.text, "text", "visible")


def set_apart(survey: Survey) -> Iterator[Dated]:
    """Whole dates in a ``header`` right above the text, or in an ``aside`` below the headline, where they name its day."""
    start = headline(survey)
    first = next((n for n, block in enumerate(survey.blocks) if block.node in survey.inside), start)
    for block in (*survey.blocks[max(0, first - BELOW) : first], *survey.blocks[start : start + BELOW]):
        node = survey.nodes[block.node]
        if not node.beside or node.hidden or len(block.text) > 2 * LINE:
            continue
        if text := block.text if WORDED.fullmatch(block.text) else _alone(survey, block, "date"):
            yield dated(text, "text", "visible", in_main=node.area is Area.HEADER)


def _alone(survey: Survey, block: Block, *tags: str) -> str | None:
    """A date that an element inside *block* holds by itself: style sheets part what the text joins ("47 min2021-08-16")."""
    for element in islice(survey.nodes[block.node].element.iter(*(tags or ("span", "small", "em", "b", "i"))), NEAR):
        if (
            (text := text_of(element))
            and len(text) <= LINE
            and (WORDED.fullmatch(text) or SHORT.fullmatch(text) or (len(text) <= DATE_AND_HOUR and is_dateline(text)))
        ):
            return text
    return None

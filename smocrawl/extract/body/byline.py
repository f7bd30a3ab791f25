"""Who a page says has written it, visibly and near its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from smocrawl.extract.body.blocks import Draft, Survey
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.page import Area

LONGEST = 80
"""Characters of a name; more is a sentence."""
MOST_WORDS = 8
LINE = 2 * LONGEST
"""Characters of a line that holds a name and a date; more is prose."""
AROUND = 3
"""Elements, the author's own and those around it, that may be the byline."""
NEAR = 12
"""Text blocks behind the headline in which a plain "By …" is looked for."""
AHEAD = 2
"""The same before it: some templates print date and author above the headline."""
ENDS = 2
"""Text blocks at the end of the text among which its signature is looked for."""
SEVERAL = 2
"""Articles with authors from which on some of them are teasers."""

WORDS = ("author", "byline", "creator")
NOT_SHOWN = frozenset(("meta", "link", "body", "html", "article", "main", "img", "script"))
MOST_MARKED = 500
REMEMBERED = 4_096
"""Class lists whose meaning is remembered: templates repeat them on every page."""
REPLIES = re.compile(r"\b(?:comments?|commentlist|related|widget|sidebar)\b")
NAME = re.compile(
    r"(?:.*[-_])?(?:byline|by-author|author|authors|author-?name|author-?link|post-?author|entry-?author|article-?author|p-author"
    r"|h-card|url|fn|creator)(?:[-_]{1,2}(?:name|link|names|text|txt))?",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"author[-_]?(?:box|bio|info|image|avatar|photo|description|social|more|posts)|about[-_]author", re.IGNORECASE
)
PREFIX = (
    r"(?:(?:written|posted|published|reported|reviewed|words|story|text|geschrieben|veröffentlicht|verfasst|publié|écrit|publicado|escrito"
    r"|scritto|pubblicato)\s+)?(?:by|von|par|por|di|door|av|af|przez|autor(?:in)?|authors?|auteur|autore|text|verfasser(?:in)?)\b\s*:?\s+"
)
SAYS_BY = re.compile(PREFIX, re.IGNORECASE)
PLAIN = re.compile(
    r"(?:(?:(?:written|posted|published|analysis|opinion|story|words|reported) )?by|von|par|por|di|door|av|af|autor(?:in)?:|authors?:|auteur\s?:|autore:|text:):?\s+(?=\S)",
    re.IGNORECASE,
)
SIGNED = re.compile(r"(?:posted|written) by\b|(?:geschrieben|verfasst) von\b", re.IGNORECASE)
EASTERN = re.compile(r"(?:作者|著者|執筆者?|文責|撰文|記者|기자|글쓴이)\s*[:：]\s*(?P<name>[^|｜/\s][^|｜/]*)")
"""In East Asia, where no capitals tell a name: the word and a colon."""
DATED = re.compile(
    r"(?:[^\W\d]{5,12},? )?(?:[^\W\d]{3,10}\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})"
    r"(?: ?[-–—|·•,]? ?\d{1,2}[:.]\d\d(?: ?(?:uhr|h|[ap]m))?)? ?(?:[-–—|·•]|by|von) ?(?=\S)",
    re.IGNORECASE,
)
"""A date, perhaps with the hour, with the name behind it."""
PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "la",
        "le",
        "del",
        "al",
        "el",
        "bin",
        "ibn",
        "zu",
        "zur",
        "and",
        "und",
        "et",
        "y",
        "e",
        "&",
        "ter",
        "ten",
        "dos",
        "du",
        "st.",
    ]
)
SEPARATORS = frozenset(["|", "·", "•", "–", "—", "-", "/", "on", "am", "le", "den", "published", "updated"])
NICKNAME = re.compile(r"\([^\W\d_][\w.'’-]*\)")
"""Inside a name: Tzu-Li (Gordon) Tai."""
TEAM = re.compile(
    r"((?:equipe|équipe|equipo|redação|redacao|redaktion|redazione|rédaction|la rédaction|redacción|redactie|redakcja|redakce|team|staff"
    r"|editorial team|the editors)\b[^|·•–—\n]{0,60}?)\s*[|·•–—]\s*(?=[^|\n]{0,40}\b\d{4}\b)",
    re.IGNORECASE,
)
"""A desk with a date behind it."""
TRAVEL = frozenset(
    ["transport", "transportation", "transit", "train", "rail", "railway", "bus", "coach", "car", "taxi", "metro", "subway", "tram", "ferry", "plane", "air", "airplane", "bicycle", "bike", "foot", "sea", "road"]
)  # fmt: skip
"""No names: "By Public Transportation" stands above the way to a place."""
CAPITALS = re.compile(r"[^\W\d_]")
MONTH = r"\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]*\.?\s+\d"
CUT = re.compile(
    r"\s*(?:[|·•–—/]|\bon\b|\bam\b|\b(?:le|em|el|il|den|vom)\s+(?:\d|(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b)|\d{1,2}:\d\d|\bpublished\b|\bupdated\b|\bveröffentlicht\b|\bposted\b|,?\s*\d{1,4}[./ 年-]"
    r"|\b(?:edited|reviewed|illustrat(?:ed|ions?)|photo(?:graph)?s?|fotos?) (?:by|von|par|di|de)\b|" + MONTH + ")",
    re.IGNORECASE,
)
MOST_STEPS = 200
"""Elements begun and ended that a line is made of."""
LEADING = re.compile(r"^[\s/|·•*]+")
"""Ornaments before a byline: "// By Ada Moss"; a dash stands before the source of a quotation."""
BEFORE_DATE = re.compile(r"\s(?=" + MONTH + ")", re.IGNORECASE)
"""Where the date behind a name begins that nothing else parts from it."""
OPENING = "[{<"
ORGANISATION_ONLY = frozenset(
    ("by", "von", "author", "autor", "share", "comments", "admin author", "profile", "about the author")
)

Marked = tuple[int, HtmlElement]
"""The block in which an element stands, and the element."""


class Byline(NamedTuple):
    name: str | None = None
    """As shown, without "by" and date."""
    url: str | None = None
    """The address it links to."""
    written: str | None = None
    """The line in which it stands, as it stands there."""


def read_byline(document: Document, survey: Survey) -> Byline:
    """The visible author near the headline, where there is one."""
    headlines = [draft for draft in survey.headings if draft.element.tag == "h1"]
    marked = _of_this_article(list(_marked(document, survey)), [draft.element for draft in headlines])

    def distance(one: Marked) -> tuple[int, int]:
        return min((abs(one[0] - draft.node) for draft in headlines), default=0), one[0]

    for _, element in sorted(marked, key=distance):
        name = cleaned(_text(element))
        if name:
            return Byline(name, _address(document, element, name), _written(element))
    return next((line for draft in headlines if (line := _plain(document, survey, draft))), None) or _signature(survey)


def _of_this_article(marked: list[Marked], headlines: list[HtmlElement]) -> list[Marked]:
    """Without the authors of teasers: where several articles name one, those of articles without the headline go."""
    around = [next(element.iterancestors("article"), None) for _, element in marked]
    own = {next(headline.iterancestors("article"), None) for headline in headlines}
    if len({article for article in around if article is not None}) < SEVERAL:
        return marked
    return [one for one, article in zip(marked, around, strict=True) if article in own]


def _marked(document: Document, survey: Survey) -> Iterator[tuple[int, HtmlElement]]:
    """Elements that their markup calls the author's, in the article and not in menus, boxes or comments."""
    for element in _candidates(document)[:MOST_MARKED]:
        if element.tag in NOT_SHOWN:
            continue
        told = "author" in (element.get("itemprop") or "") or "author" in (element.get("rel") or "").lower().split()
        if told or _names_author(element.get("class", "")):
            number = survey.node_of(element)
            if survey.nodes and (_is_article_part(survey, number) or (told and _is_beside_text(survey, number))):
                yield number, element


@lru_cache(maxsize=REMEMBERED)
def _names_author(classes: str) -> bool:
    return any(NAME.fullmatch(name) and not BEHIND.search(name) for name in classes.split())


def _candidates(document: Document) -> list[HtmlElement]:
    """The elements whose class, ``itemprop`` or ``rel`` names an author, in document order."""
    borne = (*document.values("itemprop").items(), *document.values("rel").items())
    found = {element for element, value in borne if "author" in value}
    together = " ".join(document.class_names).lower()
    if words := [word for word in WORDS if word in together]:
        telling = {classes for classes in document.class_lists if any(map(classes.lower().count, words))}
        found.update(element for element, classes in document.values("class").items() if classes in telling)
    return sorted(found, key=document.order.__getitem__) if found else []


def _is_article_part(survey: Survey, number: int) -> bool:
    if survey.area(number) in (Area.NAV, Area.FOOTER, Area.ASIDE) or survey.nodes[number].hidden:
        return False
    for around in survey.up(number):
        node = survey.nodes[around]
        if (node.classes or node.id) and REPLIES.search(f"{node.classes} {node.id}".lower()):
            return around == 0
        if survey.nodes[around].tag in ("article", "main", "body"):
            return True
    return True


def _is_beside_text(survey: Survey, number: int) -> bool:
    """In an aside of the article itself, where some templates print author and date."""
    node = survey.nodes[number]
    return (
        survey.area(number) is Area.ASIDE
        and not node.hidden
        and next(node.element.iterancestors("article"), None) is not None
        and not any(REPLIES.search(f"{one.classes} {one.id}".lower()) for one in map(survey.nodes.__getitem__, survey.up(number)))
    )  # fmt: skip


def _text(element: HtmlElement) -> str:
    """The text of the author's link where there is one inside, else of the element."""
    line = _line(element)
    said = SAYS_BY.match(line)
    for link in element.iter("a"):
        text = _line(link)
        if text and (_is_authors(link) or (said and line.startswith(text, said.end()))):
            return text
    return line


def _line(element: HtmlElement) -> str:
    """The element's text, with a blank for each line break, and where styles alone part "By" from "Ada Moss"."""
    text = text_of(element)
    said = _shown(element) if "{" in text else None
    text = text if said is None else folded("".join(said))
    if len(text) > LINE or not len(element):
        return text
    said = [str(one) for one in element.itertext()] if said is None else said
    if next(element.iter("br"), None) is not None:
        return " ".join(" ".join(said).split())
    return " ".join("".join(map(_parted, said, [*said[1:], ""])).split())


def _shown(element: HtmlElement) -> list[str]:
    """The runs of text where a script or a style sheet stands among them, without these."""
    said: list[str] = []
    for event, node in islice(iterwalk(element, events=("start", "end", "comment")), MOST_STEPS):
        if event == "start":
            said.append("" if node.tag in ("script", "style") else node.text or "")
        elif node is not element:
            said.append(node.tail or "")
    return said


def _parted(text: str, following: str) -> str:
    """*text*, with a blank behind it where the next word begins with a capital in another element."""
    return f"{text} " if text[-1:].islower() and following[:1].isupper() else text


def _written(element: HtmlElement) -> str | None:
    """The line around the name: the nearest text that begins with "by", else the element's own."""
    around: HtmlElement | None = element
    for _ in range(AROUND):
        text = _line(around) if around is not None else ""
        if around is None or len(text) > LINE:
            break
        if SAYS_BY.match(text):
            return text
        around = around.getparent()
    text = _line(element)
    return text if 0 < len(text) <= LINE else None


def _address(document: Document, element: HtmlElement, name: str) -> str | None:
    """Where the name or the author's picture links to."""
    for link in element.iter("a"):
        text = _line(link)
        if link.get("href") and (_is_authors(link) or not text or name in text or text in name):
            return document.resolve(link.get("href")) or None
    around = next(element.iterancestors("a"), None)
    return document.resolve(around.get("href")) or None if around is not None else None


def _is_authors(link: HtmlElement) -> bool:
    return "author" in (link.get("rel") or "") or "author" in (link.get("href") or "")


def cleaned(text: str) -> str | None:
    """The name alone: no "by", no date behind it; None where no name is left."""
    text = LEADING.sub("", " ".join(text.split()))
    if match := SAYS_BY.match(text):
        text = text[match.end() :]
    text = CUT.split(text, maxsplit=1)[0].strip(" ,.:;-–|·•@\u200b")
    if not 2 <= len(text) <= LONGEST or len(text.split()) > MOST_WORDS or text.lower() in ORGANISATION_ONLY:
        return None
    if text[0] in OPENING or text.count("(") != text.count(")"):
        # A piece of a reference or of code, as "[Adán (1.1)".
        return None
    return text if CAPITALS.search(text) else None


def _plain(document: Document, survey: Survey, headline: Draft) -> Byline | None:
    """A line "By A. Name" in one of the blocks behind the headline, or right before it."""
    after = next(
        (number for number, block in enumerate(survey.blocks) if block.node == headline.node), len(survey.blocks)
    )
    own = next(headline.element.iterancestors("article"), None)
    several = len(document.named.get("article", ())) > SEVERAL
    for block in (*survey.blocks[after + 1 : after + 1 + NEAR], *survey.blocks[max(0, after - AHEAD) : after]):
        if len(block.text) > LINE or survey.area(block.node) in (Area.NAV, Area.FOOTER, Area.ASIDE):
            continue
        if several and next(survey.nodes[block.node].element.iterancestors("article"), None) is not own:
            continue
        if name := plain_name(block.text):
            return Byline(name, written=block.text)
    return None


def _signature(survey: Survey) -> Byline:
    """A line "Posted by A. Name." with which the text ends; a mere "By A. Name" there is a teaser's."""
    last = [block.text for block in survey.blocks if block.node in survey.inside][-ENDS:]
    signed = (line for line in last if len(line) <= LINE and SIGNED.match(line))
    return next((Byline(name, written=line) for line in signed if (name := plain_name(line))), Byline())


def plain_name(line: str) -> str | None:
    """The name in "By Ada Moss | 2 May" or "The editors | 2 May"; None for a sentence that only begins so."""
    line = LEADING.sub("", line)
    if eastern := EASTERN.match(line):
        return cleaned(eastern["name"])
    if team := TEAM.match(line):
        return cleaned(team[1])
    match = PLAIN.match(line) or DATED.match(line)
    rest = BEFORE_DATE.split(line[match.end() :], maxsplit=1)[0].split() if match else []
    if TRAVEL & {word.lower().strip(".,:") for word in rest}:
        return None
    taken: list[str] = []
    for word in rest:
        if not (word[0].isupper() or word.lower() in PARTICLES or (taken and NICKNAME.fullmatch(word))):
            break
        taken.append(word)
        if word.endswith((",", ".")) and len(word) > 3:
            break
    follows = rest[len(taken)].lower() if len(rest) > len(taken) else ""
    named = sum(word[0].isupper() for word in taken)
    # One name alone may begin a sentence; with an account behind it, it is a person's.
    if named < (1 if follows.startswith("(@") else 2) or (
        follows
        and follows not in SEPARATORS
        and not follows[0].isdigit()
        and follows[0] != "("
        and taken[-1][-1] not in ",."
    ):
        return None
    return cleaned(" ".join(taken))

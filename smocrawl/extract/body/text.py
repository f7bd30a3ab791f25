"""The visible text, measured: main text, words, prices, copyright years, placeholder words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smocrawl.extract import limits
from smocrawl.extract.body import language
from smocrawl.extract.body.blocks import Block, Survey
from smocrawl.extract.body.density import LINKED
from smocrawl.extract.body.signature import sha1, simhash
from smocrawl.extract.words import words as vocabulary
from smocrawl.page import Heading, Text

CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
CJK_LEADS = bytes(range(0xE3, 0xEE))
"""The first byte of each of them in UTF-8: most texts with letters beyond ASCII hold none, which is seen at once."""
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
MENU_WORDS = 12
"""A run of fewer words that are mostly links is a menu, tag row or "read more"."""
PRICE = re.compile(
    r"(?:(?:[$€£¥₹₽]|\b(?:USD|EUR|GBP|CHF|US\$|CA\$|A\$|R\$|kr|zł))\s?\d{1,3}(?:[.,\s'\u00a0]\d{3})*(?:[.,]\d{1,2})?"
    r"|\d{1,3}(?:[.,\s'\u00a0]\d{3})*(?:[.,]\d{1,2})?\s?(?:[$€£₹₽]|\b(?:USD|EUR|GBP|CHF|kr|zł|Kč|円)(?!\w)))(?!\d)"
)
CURRENCIES = ("$", "€", "£", "USD", "EUR", "GBP", "CHF", "kr", "¥", "₹", "₽", "円", "zł", "Kč")
"""Looked for first: most texts name no price."""
PRICES = 20
COPYRIGHT = re.compile(r"©|\(c\)|copyright|&copy;|all rights reserved|alle rechte vorbehalten", re.IGNORECASE)
COPYRIGHT_LINE = 400
"""Longer runs that speak of copyright are prose about it."""
YEAR = re.compile(r"(?<![\d.,])(?:19[89]\d|20[0-4]\d)(?![\d.,]*\d)")
PLACEHOLDER = re.compile(
    r"lorem ipsum dolor|dolor sit amet|^\s*hello world!(?=\s*(?:$|[|–—:·»-]\s))|just another wordpress (?:site|weblog)|\bsample page\b"
    r"|this is an example page\. it.s different|welcome to wordpress\. this is your first post"
    r"|\b(?:TODO|FIXME):|\byour (?:text|title|headline|tagline|description) (?:goes )?here\b|\binsert text here\b"
    r"|\bblindtext\b.{0,80}\bwörter",
    re.IGNORECASE,
)
PLACEHOLDER_MARKS = (
    "ipsum dolor", "dolor sit", "hello world!", "wordpress", "sample page", "example page", "todo:", "fixme:", "goes here", "text here",
    "title here", "headline here", "tagline here", "description here", "blindtext",
)  # fmt: skip
"""One of these is in every placeholder: a quick look before the slow one."""
FILLER = vocabulary(
    """lorem ipsum dolor sit amet consectetur consectetuer consetetur adipiscing adipisicing sadipscing elit elitr sed
    do diam nonumy eiusmod eirmod tempor incididunt invidunt ut labore et dolore magna aliqua aliquyam erat enim ad
    minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in
    reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non
    proident sunt culpa qui officia deserunt mollit anim id est laborum voluptua at vero eos accusam justo duo
    dolores rebum stet clita kasd gubergren no sea takimata sanctus vestibulum vivamus pellentesque praesent
    maecenas nullam integer donec aenean fusce nunc curabitur suspendisse mauris phasellus tincidunt ultrices
    faucibus ligula turpis viverra ante eget lectus lacus orci ac primis posuere cubilia curae morbi tristique
    senectus netus malesuada fames egestas libero quam nec sem vel eum iriure hendrerit vulputate molestie illum
    natus eaque totam provident obcaecati praesentium iusto fuga debitis quidem repellat corrupti eligendi inventore
    quibusdam perspiciatis delectus omnis excepturi quasi fugit adipisci nostrum aperiam maiores recusandae
    doloribus quos mollitia harum nihil molestias magni modi accusamus consequuntur facere architecto eveniet beatae
    rerum maxime unde iste error accusantium laudantium rem ipsa quae ab illo veritatis vitae dicta explicabo nemo
    ipsam quia aspernatur aut odit ratione sequi nesciunt neque porro quisquam eius tempora magnam aliquam quaerat
    minima nobis soluta optio cumque impedit quo minus quod placeat assumenda repellendus temporibus autem officiis
    necessitatibus saepe voluptates repudiandae earum hic tenetur sapiente reiciendis voluptatibus alias perferendis
    asperiores dignissimos ducimus blanditiis deleniti atque quas similique dolorum expedita distinctio nam tempore
    cum doloremque"""
)
"""The words of the filler in its usual wordings, and those of which generators make more."""
FILLER_SHARE, FILLER_WORDS = 0.6, 8
"""Share of a paragraph's words that make it filler, and how many words it has at least: a mention is shorter."""
ONLY_IN_HEADLINES = frozenset(("hello world!", "sample page"))
"""Programmers write these in running text."""


def read_text(survey: Survey, headings: Iterable[Heading], title: str | None, description: str | None) -> Text:
    whole = " ".join([block.text for block in main_blocks(survey)])
    seen = [block for block in survey.blocks if not survey.nodes[block.node].hidden]
    prose = sum(len(block.text) for block in survey.prose if not survey.nodes[block.node].hidden)
    inside = [block.text for block in survey.prose if block.node in survey.inside]
    low = whole.lower()
    return Text(
        main=whole[: limits.MAIN_TEXT],
        words=words(whole),
        visible_words=words(" ".join([block.text for block in seen])),
        paragraph_share=round(min(1.0, sum(map(len, inside)) / prose), 3) if prose else 0.0,
        sha1=sha1(low),
        simhash=simhash(low),
        visible_prices=_prices(whole, main_blocks(survey)),
        copyright_years=_years(survey, seen),
        placeholder=tuple(_placeholders(survey, headings, title, description)),
        language=language.guess(" ".join(inside)),
    )


def main_blocks(survey: Survey) -> Iterator[Block]:
    """The runs of the main text: inside its region, without rows of links."""
    for block in survey.blocks:
        if block.node in survey.inside and not _is_menu(block):
            yield block


def _is_menu(block: Block) -> bool:
    return block.linked > len(block.text) * LINKED and len(block.text.split()) < MENU_WORDS


def words(text: str) -> int:
    """Words of a text whose blanks are folded; two Chinese, Japanese or Korean characters count as one."""
    written = b"" if text.isascii() else text.encode("utf-8", "replace")
    if len(written.translate(None, CJK_LEADS)) == len(written):
        return text.count(" ") + bool(text)
    spaced, wide = CJK.subn(" ", text)
    return wide // 2 + len(spaced.split())


def _prices(main: str, blocks: Iterable[Block]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    named = [currency for currency in CURRENCIES if currency in main]
    for block in blocks if named else ():
        if len(found) < PRICES and any(currency in block.text for currency in named):
            found.update(dict.fromkeys(match[0].strip() for match in PRICE.finditer(block.text[:400])))
    return tuple(found)[:PRICES]


def _years(survey: Survey, blocks: list[Block]) -> tuple[int, ...]:
    """Years of the copyright line, which may be torn into runs (``©`` in a span, the year in the next block)."""
    years: set[int] = set()
    for number, block in enumerate(blocks):
        if "©" not in block.text and "20" not in block.text and "19" not in block.text:
            continue
        if len(block.text) > COPYRIGHT_LINE or block.node in survey.inside or not COPYRIGHT.search(block.text):
            continue
        said = YEAR.findall(block.text) or (
            YEAR.findall(blocks[number + 1].text[:40]) if number + 1 < len(blocks) else []
        )
        years.update(map(int, said))
    return tuple(sorted(years))


def _placeholders(
    survey: Survey, headings: Iterable[Heading], title: str | None, description: str | None
) -> Iterator[tuple[str, str]]:
    yield from _found(title or "", "title")
    for heading in headings:
        if heading.level == 1:
            yield from _found(heading.text, "h1")
    yield from _found(description or "", "description")
    if not survey.says(PLACEHOLDER_MARKS):
        return
    for block in survey.blocks:
        is_filler = _is_filler(block.text)
        if not (is_filler or _placeholder(block.text)) or "pre" in (survey.nodes[n].tag for n in survey.up(block.node)):
            continue
        node = survey.nodes[block.node]
        if is_filler and block.node in survey.inside and not node.hidden:
            yield " ".join(block.text.split()[:3]).lower()[:60], "paragraph"
            continue
        place = "hidden" if node.hidden else "text" if block.node in survey.inside else "footer"
        yield from (one for one in _found(block.text, place) if one[0] not in ONLY_IN_HEADLINES)


def _placeholder(text: str) -> re.Match[str] | None:
    low = text.lower()
    return PLACEHOLDER.search(text) if any(mark in low for mark in PLACEHOLDER_MARKS) else None


def _is_filler(text: str) -> bool:
    """Whether nearly all of *text* is the Latin of typesetters, rather than prose that names it."""
    told = re.findall(r"[a-z]+", text.lower())
    return len(told) >= FILLER_WORDS and sum(word in FILLER for word in told) >= FILLER_SHARE * len(told)


def _found(text: str, place: str) -> Iterator[tuple[str, str]]:
    match = _placeholder(text)
    if match:
        yield match[0].lower()[:60], place

"""Topics that a line of the page itself lists behind a word such as "Tags", linked or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from smocrawl.extract.body.blocks import Block, Survey
from smocrawl.page import Area

MOST_TOPICS = 50
MOST_LINES = 10
"""Lines that begin like a list of topics and are looked at."""
LONGEST = 50
"""Characters of a topic; what is longer is a sentence."""
LINE = 600
"""Characters of a line of topics."""
MARK = (
    r"tags?|tagged(?: (?:with|as|under))?|topics?|filed (?:under|to|in)|keywords?|labels?|related (?:tags|topics)"
    r"|schlag(?:wörter|worte)|stich(?:wörter|worte)|themen|mots[- ]cl[ée]s|étiquettes|etiquetas|palabras clave|temas"
    r"|palavras-chave|tópicos|parole chiave|argomenti|trefwoorden|słowa kluczowe|tagi|štítky|теги|метки|タグ|キーワード"
    r"|标签|關鍵字|关键词|태그|키워드"
)
LISTED = re.compile(rf"(?:{MARK})\s*[:：]\s*(?P<topics>\S.*)", re.IGNORECASE)
ALONE = re.compile(rf"(?:{MARK})\s*[:：]?", re.IGNORECASE)
PARTED = re.compile(r"\s*[,;|•·、，#]+\s*")
ELSEWHERE = frozenset((Area.NAV, Area.HEADER, Area.FOOTER, Area.ASIDE))
"""Where a list of tags is a menu or a cloud of the whole site."""


def read_topics(survey: Survey) -> tuple[str, ...]:
    """Each topic once, as written."""
    lines = (
        (number, block)
        for number, block in enumerate(survey.blocks)
        # The first letters of most lines tell that they are none: no other pattern need look at them.
        if len(block.text) <= LINE
        and ALONE.match(block.text)
        and (LISTED.fullmatch(block.text) or ALONE.fullmatch(block.text))
        and survey.area(block.node) not in ELSEWHERE
    )
    found = dict.fromkeys(topic for line in islice(lines, MOST_LINES) for topic in _listed(survey, *line))
    return tuple(found)[:MOST_TOPICS]


def _listed(survey: Survey, number: int, block: Block) -> Iterator[str]:
    if line := LISTED.fullmatch(block.text):
        yield from _topics(line["topics"])
    elif ALONE.fullmatch(block.text):
        around = survey.nodes[block.node].parent if survey.nodes else -1
        for following in survey.blocks[number + 1 : number + 1 + MOST_TOPICS]:
            if around < 0 or around not in survey.up(following.node) or len(following.text) > LONGEST:
                break
            yield from _topics(following.text)


def _topics(text: str) -> Iterator[str]:
    return (topic for part in PARTED.split(text) if 0 < len(topic := part.strip(" .#")) <= LONGEST)

"""Share dialogs that buttons and links open by script: ``onclick="window.open('https://…/sharer.php?u=…')"``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from attrs import evolve
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.extract.social.meaning import URL_IN_TEXT, recognise
from smocrawl.page import Recognised

MOST_CLICKED = 200
JOINED = "+"
"""What joins the address of the dialog and that of the page, which only the script then knows."""


def read_clicked(document: Document, survey: Survey, known: Sequence[Recognised]) -> tuple[Recognised, ...]:
    """The share dialogs in ``onclick`` that no link of the page leads to as well."""
    linked = {one.platform for one in known if one.sort == "share"}
    found: dict[str, Recognised] = {}
    for element in islice(document.bearing.get("onclick", ()), MOST_CLICKED):
        for meaning in _shares(element):
            if meaning.platform not in linked and meaning.platform not in found:
                node = survey.node_of(element)
                area, in_main = survey.area(node), survey.in_main(node)
                found[meaning.platform] = evolve(meaning, area=area, in_main=in_main, label=_label(element))
    return tuple(found.values())


def _shares(element: HtmlElement) -> Iterator[Recognised]:
    script = (element.get("onclick") or "")[: limits.VALUE]
    for address in URL_IN_TEXT.findall(script):
        meaning = recognise(address[: limits.URL])
        if meaning is not None and meaning.sort == "share":
            yield evolve(meaning, target=None if JOINED in script else meaning.target)


def _label(element: HtmlElement) -> str:
    picture = next(element.iter("img"), None)
    said = element.get("aria-label") or text_of(element) or element.get("title")
    return folded(said or (picture.get("alt") if picture is not None else ""), limits.LABEL)

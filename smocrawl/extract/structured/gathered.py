"""All structured data of a page as one list of entities, with where in the document each was stated."""

from __future__ import annotations

from attrs import field, frozen

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.document import Document
from smocrawl.extract.structured.entities import Builder, tops
from smocrawl.extract.structured.microdata import read_microdata
from smocrawl.extract.structured.microformats import read_microformats
from smocrawl.extract.structured.rdfa import has_rdfa, read_rdfa
from smocrawl.page import Entity, JsonLdBlock


@frozen
class Structured:
    entities: tuple[Entity, ...] = ()
    places: dict[int, int] = field(factory=dict)
    """Order of an entity -> place in the document of the markup that states it."""
    beside: frozenset[int] = frozenset()
    """Orders of the entities marked up in blocks beside the main text: related posts, comments, sidebars."""


def read_structured(document: Document, survey: Survey, blocks: tuple[JsonLdBlock, ...]) -> Structured:
    """JSON-LD first, then microdata, RDFa and microformats."""
    entities: list[Entity] = []
    places: dict[int, int] = {}
    beside: set[int] = set()
    for read in (_json_ld, _microdata, _rdfa, _microformats):
        builder = read(document, survey, blocks, len(entities))
        if builder is not None:
            builder.report(document)
            entities.extend(builder.entities)
            places.update(builder.places)
            beside |= builder.besides
    return Structured(tuple(entities[: limits.ENTITIES]), places, frozenset(beside))


def _json_ld(document: Document, survey: Survey, blocks: tuple[JsonLdBlock, ...], first: int) -> Builder | None:
    builder = Builder("json-ld", first)
    listed = [(block, node) for block in blocks for node in tops(block.data)]
    for _, node in listed:
        builder.index(node)
    scripts = document.json_ld_scripts
    for block, node in listed:
        builder.place = document.position(scripts[block.order])
        builder.add(node)
    return builder


def _microdata(document: Document, survey: Survey, blocks: tuple[JsonLdBlock, ...], first: int) -> Builder | None:
    if "itemscope" not in document.bearing:
        return None
    builder = Builder("microdata", first)
    for element, node in read_microdata(document):
        builder.place = document.position(element)
        builder.beside = survey.is_beside(element)
        builder.add(node)
    return builder


def _rdfa(document: Document, survey: Survey, blocks: tuple[JsonLdBlock, ...], first: int) -> Builder | None:
    if not has_rdfa(document):
        return None
    builder = Builder("rdfa", first)
    for element, node in read_rdfa(document):
        builder.place = document.position(element)
        builder.beside = survey.is_beside(element)
        builder.add(node)
    return builder


def _microformats(document: Document, survey: Survey, blocks: tuple[JsonLdBlock, ...], first: int) -> Builder | None:
    builder = Builder("microformats", first)
    for element, node in read_microformats(document):
        builder.place = document.position(element)
        builder.beside = survey.is_beside(element)
        builder.add(node)
    return builder

"""What a walk over the body finds: blocks and text runs, and links, headings and pictures with where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import define, field, frozen
from lxml.html import HtmlElement

from smocrawl.page import Area


@frozen(eq=False)
class Standing:
    """What the start tag of a block says of it, wherever it stands: one and the same for all that are written alike."""

    tag: str
    classes: str = ""
    """The class attribute as written."""
    id: str = ""
    label: str = ""
    """``aria-label``."""
    area: Area | None = None
    """The landmark that it opens, if any."""
    own: bool = False
    """By its element, role or a telling name it is no part of a main text (navigation, related, comments …)."""
    marked: bool = False
    """Only a telling name says so: taken back where the block holds most of the prose."""
    meanings: frozenset[str] = frozenset()
    """What its class names and id speak of: share, copy, breadcrumb, rating."""
    telling: bool = field(init=False)
    """It has a label, a meaning, or a name that sets it beside the main text."""

    @telling.default
    def _telling(self) -> bool:
        return bool(self.label or self.marked or self.meanings)


@define(eq=False)
class Node:
    """A block element of the body."""

    element: HtmlElement
    standing: Standing
    parent: int
    area: Area
    """The landmark in which it stands, its own included."""
    hidden: bool
    beside: bool
    """Itself or a block around it is no part of a main text."""

    @property
    def tag(self) -> str:
        return self.standing.tag

    @property
    def classes(self) -> str:
        return self.standing.classes

    @property
    def id(self) -> str:
        return self.standing.id

    @property
    def label(self) -> str:
        return self.standing.label

    @property
    def own(self) -> bool:
        return self.standing.own

    @property
    def meanings(self) -> frozenset[str]:
        return self.standing.meanings


@define(eq=False)
class Block:
    """A run of text between two block boundaries."""

    node: int
    text: str
    linked: int = 0
    """Characters inside links."""


@define(eq=False)
class Draft:
    """A link, heading or picture as it stands in the tree."""

    element: HtmlElement
    node: int
    written: str = ""
    """The address of a link as written."""
    parts: list[str] = field(factory=list)
    inside: Sequence[HtmlElement] = ()
    """Pictures and icons in it."""

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


@define(eq=False, slots=False)
class Survey:
    nodes: list[Node] = field(factory=list)
    blocks: list[Block] = field(factory=list)
    prose: list[Block] = field(factory=list)
    """Those of the blocks that are prose."""
    links: list[Draft] = field(factory=list)
    headings: list[Draft] = field(factory=list)
    images: list[Draft] = field(factory=list)
    main: int = 0
    """Node that holds the main text."""
    region: int = 0
    """Node of the ``article`` or ``main`` around it, with headline and lead picture."""
    inside: frozenset[int] = frozenset()
    """Nodes of the region that are no block beside the main text."""
    cut: bool = False

    labels: dict[int, str] = field(factory=dict)
    """Names of the nearest named block, by node: filled by the reader of links."""

    @cached_property
    def number(self) -> Mapping[HtmlElement, int]:
        """Which node an element is."""
        return {node.element: number for number, node in enumerate(self.nodes)}

    @cached_property
    def telling(self) -> Sequence[tuple[int, Node]]:
        """The blocks, each with its number, whose start tag says more than where they stand: few do."""
        return [(number, node) for number, node in enumerate(self.nodes) if node.standing.telling]

    @cached_property
    def low(self) -> str:
        """All text in lower case, a line for each run: most questions about it have no answer there."""
        return "\n".join([block.text for block in self.blocks]).lower()

    def says(self, words: Iterable[str]) -> bool:
        """Whether one of these (lower case) stands anywhere in the text, hidden or not."""
        return any(word in self.low for word in words)

    def node_of(self, element: HtmlElement) -> int:
        """The nearest block around *element*."""
        here: HtmlElement | None = element
        while here is not None:
            if here in self.number:
                return self.number[here]
            here = here.getparent()
        return 0

    def is_beside(self, element: HtmlElement) -> bool:
        """Whether *element* stands in a block that is no part of a main text; an element of head does not."""
        here = self.node_of(element)
        return bool(self.nodes) and self.nodes[here].beside

    def is_aside(self, block: Block) -> bool:
        """Hidden, or beside the main text."""
        node = self.nodes[block.node]
        return node.hidden or node.beside

    def in_main(self, node: int) -> bool:
        return node in self.inside

    def area(self, node: int) -> Area:
        area = self.nodes[node].area if self.nodes else Area.UNKNOWN
        return Area.MAIN if area is Area.UNKNOWN and node in self.inside else area

    def up(self, node: int) -> Iterator[int]:
        while 0 <= node < len(self.nodes):
            yield node
            node = self.nodes[node].parent

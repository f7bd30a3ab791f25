"""RDFa as statements: who, what, which value.

Section 7.5 of https://www.w3.org/TR/rdfa-core/ with the rules for HTML of https://www.w3.org/TR/html-rdfa/. Left out,
because no fact needs them: data types, ``role``, and literals of markup (their text is read instead).
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from attrs import define, evolve, field
from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.budget import TooMuch
from smocrawl.extract.document import Document, text_of
from smocrawl.extract.structured.rdfa_names import PREFIXES, TERM, Names

RDF = PREFIXES["rdf"]
TYPE, FIRST, REST, NIL = RDF + "type", RDF + "first", RDF + "rest", RDF + "nil"
USES = PREFIXES["rdfa"] + "usesVocabulary"
POINTING = frozenset(("href", "src", "about", "resource"))
STATING = frozenset(("property", "rel", "rev", "typeof", "vocab", "prefix"))
"""An element takes part if it bears one of these or of those that point somewhere."""
READ = POINTING | STATING | {"content", "datatype", "datetime", "inlist"}
NAMING = frozenset(("vocab", "prefix", "lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"))


class Literal(NamedTuple):
    """A text as a value, with its language in lower case."""

    text: str
    lang: str = ""


Value = str | Literal
Triple = tuple[str, str, Value]
"""Subject, property and value; an address, or ``_:…`` for a thing without one."""


@define
class Lists:
    """The lists that ``inlist`` fills for one thing."""

    owner: str
    values: dict[str, list[Value]] = field(factory=dict)

    def add(self, name: str, value: Value | None) -> None:
        """None opens a list that may stay empty."""
        said = self.values.setdefault(name, [])
        if value is not None:
            said.append(value)


@define
class Frame:
    """An element that is open, with what its children need."""

    element: HtmlElement
    names: Names
    subject: str
    """What the element speaks of."""
    thing: str
    """What its children speak of."""
    lists: Lists
    own_lists: bool = False
    waiting: list[tuple[str, str]] = field(factory=list)
    """("rel", "rev" or "inlist", property) whose other end the children will name."""

    def begin_lists(self, owner: str) -> None:
        self.lists, self.own_lists = Lists(owner), True


class Attributes:
    """One element's attributes of RDFa, with the changes that HTML asks for."""

    def __init__(self, element: HtmlElement, names: Names, *, is_root: bool) -> None:
        self.element = element
        self.names = names
        self.said = {name: value for name, value in element.items() if name in READ}
        if "content" not in self.said and "property" in self.said:
            self.read_time()
        for name in ("rel", "rev"):
            if "property" in self.said and (words := self.said.get(name, "").split()):
                # Plain words are meant for browsers there, as in rel="nofollow".
                self.said[name] = " ".join(word for word in words if not TERM.fullmatch(word))
                if not self.said[name]:
                    del self.said[name]
        for name in ("about", "resource"):
            if self.said.get(name) == "[]":
                del self.said[name]
        pointed = not self.said.keys().isdisjoint(("resource", "href", "src"))
        if is_root and (not pointed or not self.said.keys().isdisjoint(("rel", "rev", "property"))):
            self.said.setdefault("about", "")
        self.is_part = element.tag in ("head", "body") and not pointed and "about" not in self.said

    def read_time(self) -> None:
        """A machine's time counts as content."""
        written = self.said.get("datetime")
        if written is None and self.element.tag == "time":
            written = text_of(self.element)
        if written is not None:
            self.said["content"] = written

    @property
    def content(self) -> str | None:
        return self.said.get("content")

    def has(self, name: str) -> bool:
        return name in self.said

    def written(self, name: str) -> str:
        return self.said.get(name, "").strip()

    def terms(self, name: str) -> list[str]:
        found = self.names.terms(self.said[name]) if name in self.said else []
        return found if name == "typeof" else [one for one in found if not one.startswith("_:")]

    def resource(self, *attributes: str) -> str | None:
        """The thing that the first of these attributes names."""
        for name in attributes:
            if name in self.said:
                written = self.said[name].strip()
                compact = name in ("about", "resource")
                found = self.names.resource(written) if compact else self.names.address(written)
                if found is not None:
                    return found[: limits.URL]
        return None

    def value(self, typed: str | None) -> Value | None:
        """What ``property`` says: a thing, or a text."""
        said = self.said.keys()
        if said.isdisjoint(("content", "datatype", "rel", "rev")):
            if not said.isdisjoint(("resource", "href", "src")):
                return self.resource("resource", "href", "src")
            if "typeof" in said and "about" not in said and typed is not None:
                return typed
        machine = bool(self.written("datatype")) or "datetime" in said or self.element.tag == "time"
        text = text_of(self.element) if self.content is None else self.content[: limits.VALUE]
        return Literal(text, "" if machine else self.names.lang)


class Reader:
    """Walks the tree once; only elements with attributes of RDFa are looked at."""

    def __init__(self, document: Document) -> None:
        bearing = document.bearing
        base = document.base.partition("#")[0]
        self.root = document.root
        self.triples: list[Triple] = []
        self.places: dict[str, HtmlElement] = {}
        """Each typed thing -> the element that first types it."""
        self.blanks = 0
        self.stating = {one for name in STATING for one in bearing.get(name, ())} | {self.root}
        self.speaking = {one for name in POINTING for one in bearing.get(name, ())} | self.stating
        self.naming = {one for name, found in bearing.items() if names_things(name) for one in found}
        self.open = [Frame(self.root, Names(base), base, base, Lists(base))]

    def walk(self) -> None:
        """Read the page; TooMuch beyond the bounds."""
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if event == "end":
                if element is self.open[-1].element and len(self.open) > 1:
                    self.finish(self.open.pop())
            elif element in self.speaking or element in self.naming:
                self.enter(element)

    def enter(self, element: HtmlElement) -> None:
        around = self.open[-1]
        states = element in self.stating or bool(around.waiting)
        if not states and not len(element):
            # Most links and images: they point somewhere, and nothing inside speaks of that.
            return
        if len(self.open) > limits.ENTITY_DEPTH:
            raise TooMuch
        names = around.names.at(element) if element in self.naming else around.names
        if element in self.speaking:
            self.open.append(self.start(Attributes(element, names, is_root=element is self.root), around))
        else:
            self.open.append(evolve(around, element=element, names=names, own_lists=False))

    def start(self, said: Attributes, around: Frame) -> Frame:
        """State what the element states by itself; the frame for its children."""
        if said.written("vocab"):
            self.say(said.names.base, USES, said.names.vocabulary or "")
        frame, typed, target = self.roles(said, around)
        if typed is not None:
            for kind in said.terms("typeof"):
                self.places.setdefault(typed, said.element)
                self.say(typed, TYPE, kind)
        self.relations(said, frame, target)
        self.properties(said, frame, typed)
        for way, name in around.waiting:
            if way == "inlist":
                around.lists.add(name, frame.subject)
            else:
                self.relate(way, around.subject, name, frame.subject)
        return frame

    def roles(self, said: Attributes, around: Frame) -> tuple[Frame, str | None, str | None]:
        """The frame, the thing that ``typeof`` types, and the other end of ``rel`` and ``rev``."""
        by_relation = said.has("rel") or said.has("rev")
        by_property = not by_relation and said.has("property") and said.content is None and not said.has("datatype")
        subject = around.thing if said.is_part else None
        typed: str | None = None
        if by_relation or by_property:
            subject = said.resource("about") or subject
            typed = subject if said.has("about") and said.has("typeof") else None
        else:
            subject = subject or said.resource("about", "resource", "href", "src")
            if subject is None and said.has("typeof"):
                subject = self.blank()
        frame = Frame(said.element, said.names, subject or around.thing, "", around.lists)
        if subject is not None:
            frame.begin_lists(subject)
        target: str | None = frame.subject
        if by_relation:
            target = said.resource("resource", "href", "src")
            if said.has("typeof") and not said.has("about"):
                target = typed = target or self.blank()
            if target is not None and not said.has("inlist"):
                frame.begin_lists(target)
        elif by_property and typed is None and said.has("typeof"):
            target = typed = said.resource("resource", "href", "src") or self.blank()
        elif not by_property and said.has("typeof"):
            typed = frame.subject
        frame.thing = target or self.blank()
        return frame, typed, target

    def relations(self, said: Attributes, frame: Frame, target: str | None) -> None:
        """What ``rel`` and ``rev`` state, or leave to the children."""
        for way in ("rel", "rev"):
            for name in said.terms(way):
                if way == "rel" and said.has("inlist"):
                    frame.lists.add(name, target)
                    if target is None:
                        frame.waiting.append(("inlist", name))
                elif target is None:
                    frame.waiting.append((way, name))
                else:
                    self.relate(way, frame.subject, name, target)

    def relate(self, way: str, subject: str, name: str, target: str) -> None:
        if way == "rel":
            self.say(subject, name, target)
        else:
            self.say(target, name, subject)

    def properties(self, said: Attributes, frame: Frame, typed: str | None) -> None:
        value = said.value(typed) if said.has("property") else None
        if value is None:
            return
        for name in said.terms("property"):
            if said.has("inlist"):
                frame.lists.add(name, value)
            else:
                self.say(frame.subject, name, value)

    def finish(self, frame: Frame) -> None:
        """State the lists that were filled inside."""
        for name, values in frame.lists.values.items() if frame.own_lists else ():
            heads = [*(self.blank() for _ in values), NIL]
            self.say(frame.lists.owner, name, heads[0])
            for value, (head, rest) in zip(values, pairwise(heads), strict=True):
                self.say(head, FIRST, value)
                self.say(head, REST, rest)

    def say(self, subject: str, name: str, value: Value) -> None:
        if len(self.triples) >= limits.TRIPLES:
            raise TooMuch
        self.triples.append((subject, name, value))

    def blank(self) -> str:
        self.blanks += 1
        return f"_:b{self.blanks}"


def names_things(name: str) -> bool:
    """Whether an attribute changes what names mean."""
    return name in NAMING or name.startswith("xmlns:")


def read_triples(document: Document) -> tuple[list[Triple], dict[str, HtmlElement]]:
    """All statements of the page, in document order, each once; and where each typed thing is typed."""
    reader = Reader(document)
    try:
        reader.walk()
    except TooMuch:
        document.complain(
            "limit", "rdfa", f"More than {limits.TRIPLES} statements or {limits.ENTITY_DEPTH} levels; cut."
        )
    return list(dict.fromkeys(reader.triples)), reader.places

"""The page docs/facts/README.md: every fact with its form, and what a small page yields for it."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from docs.fact_examples import EXAMPLES, Example
from smocrawl.extract import read_page
from smocrawl.extract.files import feeds, images, manifest, oembed, robots, sitemaps
from smocrawl.page import FACTS_VERSION, Page, counted, markup, open_graph, page, reading, sharing, stated, structured
from smocrawl.store.facts import to_json

ABOUT = (
    "Everything that smocrawl knows about a page before it judges: the fields of `smocrawl.page.Page`, which `review()` "
    'gives as `Review.page` and the store keeps for every page of a crawl. `None` means absent and `""` present but '
    "empty; addresses are absolute unless a name begins with `raw_`; sequences stand in document order. "
    f"Version of the facts: {FACTS_VERSION}. Written by `make docs`; do not edit by hand: the values are what the "
    "reader makes of the markup beside them."
)
ROOMS: Mapping[str, tuple[ModuleType, ...]] = {
    "The page": (page,),
    "Tags": (markup, open_graph, stated),
    "Structured data": (structured, counted),
    "People and sharing": (sharing,),
    "Reading": (reading,),
    "Files beside the page": (feeds, sitemaps, images, manifest, oembed, robots),
}
URL = "https://www.example.com/ships/"
LONGEST = 600
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class Fact:
    """One field or look-up of a record."""

    name: str
    form: str
    says: str


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text)."""
    yield "README.md", "\n\n".join(["# Facts", ABOUT, *_records(), "# Examples", *map(_example, EXAMPLES)]) + "\n"


def _records() -> Iterator[str]:
    for title, modules in ROOMS.items():
        yield f"## {title}"
        for module in modules:
            for record, says, facts in records(module):
                rows = [f"| `{fact.name}` | `{fact.form}` | {fact.says} |" for fact in facts]
                yield f"### {record}\n\n{says}\n\n" + "\n".join(["| fact | form | meaning |", "|---|---|---|", *rows])


def records(module: ModuleType) -> Iterator[tuple[str, str, list[Fact]]]:
    """(name, what it is, its facts) of each public record of a module, as its source says."""
    source = Path(inspect.getfile(module)).read_text("utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and _is_record(node):
            yield node.name, _folded(ast.get_docstring(node) or ""), list(_facts(node))


def _is_record(node: ast.ClassDef) -> bool:
    """By its decorator: ``frozen``, or ``unsafe_hash`` where hundreds are made for each page."""
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any("frozen" in decorator or "unsafe_hash" in decorator for decorator in decorators)


def _facts(record: ast.ClassDef) -> Iterator[Fact]:
    for one, behind in zip(record.body, [*record.body[1:], None], strict=True):
        if isinstance(one, ast.AnnAssign):
            yield Fact(ast.unparse(one.target), _form(one.annotation), _folded(_text(behind)))
        elif isinstance(one, ast.FunctionDef) and one.decorator_list and one.returns is not None:
            yield Fact(one.name, _form(one.returns), _folded(ast.get_docstring(one) or ""))


def _form(annotation: ast.expr) -> str:
    return ast.unparse(annotation).replace("|", "or")


def _text(node: ast.stmt | None) -> str:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return str(node.value.value) if is_text else ""  # type: ignore[union-attr]  # looked at above


def _folded(text: str) -> str:
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|")


def _example(example: Example) -> str:
    found = read(example)
    rows = "\n".join(f"{name} = {value(found, name)}" for name in example.facts)
    return f"## {example.title}\n\n```html\n{example.markup.strip()}\n```\n\n```text\n{rows}\n```"


def read(example: Example) -> Page:
    """The page that the example's markup stands in."""
    head, body = (example.markup, "") if example.in_head else ("", example.markup)
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    return read_page(URL, html.encode(), headers={"content-type": "text/html; charset=utf-8", **dict(example.headers)})


def value(found: Page, name: str) -> str:
    """A fact as JSON without what is absent or left at its default; ``field.part`` looks inside."""
    said: Any = found
    for part in name.split("."):
        said = said[part] if isinstance(said, Mapping) else getattr(said, part)
    text = json.dumps(_plain(json.loads(to_json(_in_order(said)))), ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _in_order(said: Any) -> Any:
    """Sets have no order of their own, and would be printed in another one each time."""
    if isinstance(said, Mapping):
        return {name: _in_order(one) for name, one in said.items()}
    return sorted(said) if isinstance(said, frozenset) else said


def _plain(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _plain(one) for name, one in said.items() if one not in (None, "", [], {}, False)}
    return [_plain(one) for one in said] if isinstance(said, list) else said


OUTSIDE = frozenset({"certificate", "direction", "hops", "latency", "truncated"})
"""What the connection tells, or what is copied as it stands: no markup to show."""
LOOK_UPS = frozenset(
    {
        "metas_by_name",
        "plain_metas",
        "metas_by_key",
        "keyed_metas",
        "values_by_key",
        "relations_by_rel",
        "is_indexable",
        "main_entity",
    }
)
"""The same facts by another key."""


def shown() -> frozenset[str]:
    """The facts of a page that an example yields."""
    return frozenset(name.split(".")[0] for example in EXAMPLES for name in example.facts)


def of_page() -> frozenset[str]:
    """All facts of a page, those that follow from others included."""
    return frozenset(fact.name for name, _, facts in records(page) for fact in facts if name == "Page") - LOOK_UPS

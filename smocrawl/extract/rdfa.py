"""RDFa by extruct's reader, only where a page types things with it."""

from __future__ import annotations

from typing import Any

from smocrawl.extract import limits
from smocrawl.extract.document import Document


def has_rdfa(document: Document) -> bool:
    """``property`` alone is Open Graph's attribute; things are typed by ``typeof`` or ``vocab``."""
    return "typeof" in document.bearing or "vocab" in document.bearing


def read_rdfa(document: Document) -> list[dict[str, Any]]:
    """The typed things that no other thing refers to, in the shape of JSON-LD nodes."""
    if sum(1 for _ in document.root.iter()) > limits.RDFA_ELEMENTS:
        document.complain("limit", "rdfa", f"More than {limits.RDFA_ELEMENTS} elements; RDFa was not read.")
        return []
    # Imported here: rdflib costs a third of a second, and few pages need it.
    from extruct.rdfa import RDFaExtractor  # noqa: PLC0415

    try:
        found = RDFaExtractor().extract(document.decoded.text, base_url=document.base)
    except Exception as wrong:  # noqa: BLE001 - pyRdfa and rdflib raise errors of many kinds on odd markup
        document.complain("rdfa", "body", f"{type(wrong).__name__}: {wrong}"[: limits.LABEL])
        return []
    return outermost([node for node in found if isinstance(node, dict)])


def outermost(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nest what is referred to, and order the rest by what it says: rdflib's own order changes from run to run."""
    known = {node["@id"]: node for node in nodes if "@id" in node}
    referred = {
        one["@id"]
        for node in nodes
        for values in node.values()
        if isinstance(values, list)
        for one in values
        if isinstance(one, dict) and one.get("@id") in known and one["@id"] != node.get("@id")
    }
    tops = [node for node in nodes if "@type" in node and node.get("@id") not in referred]
    return sorted((nest(node, known, 0) for node in tops), key=repr)


def nest(node: dict[str, Any], known: dict[str, dict[str, Any]], depth: int) -> dict[str, Any]:
    """*node* with the things that it refers to inside; blank identifiers dropped."""
    nested: dict[str, Any] = {}
    for name, values in sorted(node.items()):
        if name == "@id":
            if not str(values).startswith("_:"):
                nested[name] = values
        elif name.startswith("@"):
            nested[name] = values
        else:
            nested[name] = [_inner(one, known, depth) for one in values if one]
    return nested


def _inner(value: Any, known: dict[str, dict[str, Any]], depth: int) -> Any:
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    target = known.get(value.get("@id", ""))
    if target is not None and "@type" in target and depth < limits.RDFA_DEPTH:
        return nest(target, known, depth + 1)
    return value.get("@id", "")

"""What extruct finds, in the shape of our readers' nodes."""

from __future__ import annotations

from typing import Any


def as_node(item: dict[str, Any]) -> dict[str, Any]:
    """An item of extruct's microdata as a JSON-LD node."""
    node: dict[str, Any] = {"@type": item.get("type"), "@id": item.get("id")}
    for name, value in item.get("properties", {}).items():
        values = value if isinstance(value, list) else [value]
        node[name] = [as_node(one) if isinstance(one, dict) else one for one in values if one not in (None, "")]
    return node

"""JSON-LD, each script by itself: one broken block never costs the page the others."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document
from smocrawl.extract.places import Spot, align
from smocrawl.page import JsonLdBlock

OPENINGS = ("<!--", "<![CDATA[")
CLOSINGS = (";", "-->", "]]>")
"""What authors wrap around a script to hide it from old browsers or XML parsers."""
WRAPPINGS = 4
LOOSE = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\Z))|/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*|,(?=\s*+[}\]])', re.DOTALL)
"""Strings are kept; comments and trailing commas go."""
CDATA_LINE = re.compile(
    r"^[ \t]*+(?:/\*[ \t]*+(?:<!\[CDATA\[|\]\]>)[ \t]*+\*/|//[ \t]*+(?:<!\[CDATA\[|\]\]>))[ \t\r]*+$", re.MULTILINE
)
MARKED = re.compile(r"\A\s*+<!--[^{\[]*?-->")
"""A comment of HTML in front of the data."""
COMMENTED = re.compile(r"\A\s*(?:/\*.*?\*/|//[^\n]*)\s*", re.DOTALL)
CONTROL = {number: f"\\u{number:04x}" for number in range(32)}
DEEPEST = 100
"""Levels of nesting; who asks for more means harm."""
SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json_ld(document: Document) -> tuple[JsonLdBlock, ...]:
    """Every JSON-LD script of the page, in document order."""
    scripts = document.json_ld_scripts
    if len(scripts) > limits.JSON_LD_BLOCKS:
        document.complain("limit", "json-ld", f"More than {limits.JSON_LD_BLOCKS} scripts; the rest was not read.")
    spots = align(scripts, document.spots.json_ld)
    pairs = list(zip(scripts, spots, strict=True))[: limits.JSON_LD_BLOCKS]
    return tuple(_block(document, order, script, spot) for order, (script, spot) in enumerate(pairs))


def _block(document: Document, order: int, script: HtmlElement, spot: Spot | None) -> JsonLdBlock:
    text = script.text or ""
    error: str | None
    if len(text) > limits.JSON_LD:
        document.complain("limit", "json-ld", f"A script of {len(text)} characters was not read.")
        data, error, lenient = None, f"longer than {limits.JSON_LD} characters", False
    else:
        data, error, lenient = parse(text)
    if error:
        document.complain("json-ld", f"script {order + 1}", error)
    return JsonLdBlock(
        order=order,
        offset=document.offset(spot),
        line=_line(document, script, spot),
        error=error,
        lenient=lenient,
        data=data,
        size=len(text),
        unescaped=_unescaped(text, data, lenient=lenient) if lenient or ("&" in text and data is not None) else None,
    )


def _unescaped(text: str, data: Any, *, lenient: bool) -> tuple[Any, ...] | None:
    """The reading of those who decode entities before they parse, and who know comments but nothing else lenient."""
    try:
        found = _load(COMMENTED.sub("", unescape(CDATA_LINE.sub("", text))), strict=True)
        differs = lenient or found != data
    except (ValueError, RecursionError):
        return ()
    return (found,) if differs else None


def _line(document: Document, script: HtmlElement, spot: Spot | None) -> int | None:
    if spot is not None and document.decoded.keeps_offsets:
        return document.body.count(b"\n", 0, spot.offset) + 1
    return script.sourceline


def parse(text: str) -> tuple[Any, str | None, bool]:
    """(data, why a strict parser refuses it, whether the lenient reading gave the data)."""
    try:
        return _load(text, strict=True), None, False
    except RecursionError:
        return None, "nested too deeply", False
    except ValueError as wrong:
        error = _reason(wrong)
    for attempt in (text, _loosened(text), _loosened(unescape(text)) if "&" in text else ""):
        try:
            return _load(attempt, strict=False), error, True
        except (ValueError, RecursionError):
            continue
    return None, error, False


def _load(text: str, *, strict: bool) -> Any:
    data = json.loads(text, strict=strict, parse_constant=_refuse if strict else None, parse_int=_number)
    if text.count("{") + text.count("[") > DEEPEST:
        _check_depth(data)
    if SURROGATE_ESCAPE.search(text):
        data = json.loads(LONE_SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    if not isinstance(data, (dict, list)):
        raise ValueError("neither an object nor an array")  # noqa: TRY004 - one kind of error for the caller
    return data


def _check_depth(data: Any) -> None:
    waiting = [(data, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise RecursionError
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        waiting.extend((one, depth + 1) for one in inner if isinstance(one, (dict, list)))


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _number(digits: str) -> int | str:
    """Numbers beyond 300 digits stay text: Python refuses to convert far longer ones."""
    return int(digits) if len(digits) <= 300 else digits[: limits.VALUE]


def _reason(wrong: ValueError) -> str:
    if isinstance(wrong, json.JSONDecodeError):
        # Python before 3.13 calls a comma before the end of a list a missing value.
        said = "Illegal trailing comma" if wrong.doc[wrong.pos : wrong.pos + 1] in ("]", "}") else wrong.msg
        return f"{said} (line {wrong.lineno}, column {wrong.colno})"
    return str(wrong)[: limits.LABEL]


def _loosened(text: str) -> str:
    """Without HTML and CDATA wrapping, comments and trailing commas."""
    bare = LOOSE.sub(lambda match: match[1] or "", MARKED.sub("", text)).strip()
    for _ in range(WRAPPINGS):
        bare = bare.removeprefix(next((one for one in OPENINGS if bare.startswith(one)), "")).lstrip()
        bare = bare.removesuffix(next((one for one in CLOSINGS if bare.endswith(one)), "")).rstrip()
    return bare

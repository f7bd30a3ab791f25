"""Turns the light markup of the content files into HTML."""

from __future__ import annotations

import re
from html import escape, unescape

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
EMPHASIS = re.compile(r"\*([^*\n]+)\*")


def to_html(source: str, *, ugc: bool = False) -> str:
    """Paragraphs, ``## headings`` with ids, ``[links](…)`` and ``*emphasis*``."""
    return "\n".join(_block(block, ugc=ugc) for block in re.split(r"\n\s*\n", source.strip()) if block.strip())


def slug(heading: str) -> str:
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")


def _block(block: str, *, ugc: bool) -> str:
    if block.startswith("## "):
        heading = block[3:].strip()
        return f'<h2 id="{slug(heading)}">{inline(heading, ugc=ugc)}</h2>'
    return f"<p>{inline(' '.join(block.split()), ugc=ugc)}</p>"


def inline(source: str, *, ugc: bool = False) -> str:
    rel = ' rel="ugc nofollow"' if ugc else ""
    safe = escape(source, quote=False)
    linked = LINK.sub(lambda match: f'<a href="{escape(unescape(match[2]))}"{rel}>{match[1]}</a>', safe)
    return EMPHASIS.sub(r"<em>\1</em>", linked)


def plain(html: str) -> str:
    """The words without the tags."""
    spaced = re.sub(r"</?(?:p|h2)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", spaced)).split())

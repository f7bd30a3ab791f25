"""Pages that are not UTF-8: is what people read of them what their author wrote?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy import Verdict
from smocrawl.extract import read_page

MOJIBAKE = re.compile("\ufffd|Ã.|â€|Â[ \xa0»«°]|ï¿½|[\x80-\x9f]")
"""What UTF-8 and Windows-1252 make of each other's bytes, and signs that no text has."""

_DECLARED = re.compile(rb"(?:encoding|charset)=[\"']?([\w-]+)")
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def mojibake(folder: Path) -> Iterator[Verdict]:
    """adbar/trafilatura, adbar/htmldate or any other folder: title and description of each page that is not UTF-8."""
    for file in sorted(folder.glob("**/*.htm*")):
        body = file.read_bytes()
        if not _is_utf_8(body):
            page = read_page("https://www.example.com/x", body, headers={"content-type": "text/html"})
            about = [one.value for one in page.metas if one.key in {"description", "og:title", "og:description"}]
            shown = " | ".join(filter(None, [page.title, *about]))
            yield Verdict(str(file.relative_to(folder)), "no mojibake", "", (shown,), not MOJIBAKE.search(shown))


def manual(folder: Path) -> Iterator[Verdict]:
    """Apache's manual (Debian's apache2-doc): the title of each page as its declared encoding has it."""
    for file in sorted(folder.glob("*/**/*.html")):
        body = file.read_bytes()
        declared = _DECLARED.search(body)
        title = _TITLE.search(body.decode(declared[1].decode() if declared else "utf-8", "replace"))
        if title:
            page = read_page("https://www.example.com/x", body, headers={"content-type": "text/html"})
            wanted, language = " ".join(html.unescape(title[1]).split()), file.relative_to(folder).parts[0]
            yield Verdict(str(file.relative_to(folder)), language, wanted, (page.title or "",), wanted == page.title)


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

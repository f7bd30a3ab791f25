"""w3c/feedvalidator: ``testcases``, of which each states the one event that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy import Verdict
from smocrawl.extract.files.feeds import read_feed

_EXPECTED = re.compile(rb"Expect:\s*(!?)(\w+)\s*(?:\{([^}]*)\})?")
_RENAMED = {"feed": "channel", "entry": "item"}
"""Its names for the parts of a feed, as the facts have one name for RSS and Atom."""


def feedvalidator(folder: Path) -> Iterator[Verdict]:
    """Well-formed or not; a required element missing or not; nothing missing from what is valid."""
    for file in sorted(folder.glob("testcases/**/*.xml")):
        body = file.read_bytes()
        expected = _EXPECTED.search(body)
        if not expected:
            continue
        no, event, told = bool(expected[1]), expected[2].decode(), (expected[3] or b"").decode()
        feed = read_feed(body, "http://www.example.com/feed.xml", "application/xml")
        case = str(file.relative_to(folder))
        broken = event == "SAXError" and not no
        said = "well-formed" if feed.well_formed else "broken"
        yield Verdict(case, "well-formed", "broken" if broken else "well-formed", (said,), broken != feed.well_formed)
        if event == "MissingElement":
            parts = dict(part.split(":", 1) for part in told.split(","))
            parent, element = parts["parent"].strip(), parts["element"].strip()
            name = f"{_RENAMED.get(parent, parent)} {element}"
            if parent in {"author", "contributor"}:
                name = f"{parent} name"
            lacks = any(one == name or one.endswith(f" {name}") for one in feed.missing)
            yield Verdict(case, "element", f"{'no ' * no}{name}", tuple(feed.missing), lacks != no)
        elif no and event == "Error":
            yield Verdict(case, "valid", "nothing missing", tuple(feed.missing), not feed.missing)

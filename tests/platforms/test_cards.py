"""Each page under cases/<platform>/ says in its first comment what that platform draws of it.

The comment is JSON: the fields of the card that matter, or ``{"nothing": code}``.  ``url``, ``headers``, ``status``
and ``resources`` of the answer stand beside them under ``"answer"``.
"""

import json
import re
from pathlib import Path

import pytest

from smocrawl.platforms.base import Card, Nothing
from smocrawl.previews import drawing

CASES = Path(__file__).parent / "cases"
EXPECTED = re.compile(rb"<!--\s*(\{.*?\})\s*-->\n?", re.DOTALL)


def cases():
    for file in sorted(CASES.glob("*/*.html")):
        yield pytest.param(file, id=f"{file.parent.name}/{file.stem}")


def drawn(file: Path) -> tuple[dict, Card | Nothing]:
    whole = file.read_bytes()
    comment = EXPECTED.match(whole)
    assert comment, f"{file.name} does not begin with what it expects"
    expected = json.loads(comment[1])
    answer = expected.pop("answer", {})
    resources = {
        url: (one.get("status", 200), one.get("headers", {}), one.get("body", "").encode())
        for url, one in answer.get("resources", {}).items()
    }
    return expected, drawing(
        file.parent.name,
        answer.get("url", "https://example.com/page"),
        whole[comment.end() :],
        answer.get("headers", {"Content-Type": "text/html; charset=utf-8"}),
        answer.get("status", 200),
        resources,
    )


@pytest.mark.parametrize("file", list(cases()))
def test_card(file):
    expected, card = drawn(file)
    if "nothing" in expected:
        assert isinstance(card, Nothing), card
        assert card.code == expected["nothing"]
        return
    assert isinstance(card, Card), card
    for name, wanted in expected.items():
        if name == "taken":
            assert {field: card.taken[field].place for field in wanted} == wanted
        elif name == "verdicts":
            assert sorted(f"{one.about} {one.code}" for one in card.verdicts) == sorted(wanted)
        elif name == "shown":
            assert {field: card.shown[field].text for field in wanted} == wanted
        else:
            got = getattr(card, name)
            assert (got.isoformat() if name == "published" and got else got) == wanted, name

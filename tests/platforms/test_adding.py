"""docs/adding-a-platform.md does what it says."""

import re
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from casefile import drawn
from test_cards import told

from smocrawl import preview, registry
from smocrawl.platforms.base import Card

GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-platform.md"
MOST_LINES = 36
"""A platform is thirty lines of data, with some blank ones between."""


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"the guide shows no {language}"
    return found[1]


class Installed:
    """The package of the guide, as it would be installed."""

    name, value = "pigeon-post", "my_package.pigeon_post"

    def load(self):
        module = ModuleType(self.value)
        exec(block("python"), vars(module))
        return module


@pytest.fixture
def pigeon_post(monkeypatch):
    groups = {registry.PLATFORMS_GROUP: [Installed()]}
    monkeypatch.setattr(metadata, "entry_points", lambda group: groups.get(group, []))
    registry.forget()
    yield registry.all_platforms()["pigeon-post"]
    registry.forget()


def test_the_example_is_short(pigeon_post):
    assert len(block("python").splitlines()) <= MOST_LINES
    assert pigeon_post.name == "Pigeon Post"


def test_the_example_case_holds(pigeon_post, tmp_path):
    file = tmp_path / "pigeon-post" / "second-title.html"
    file.parent.mkdir()
    file.write_text(block("html"), encoding="utf-8")
    expected, card = drawn(file)
    assert isinstance(card, Card)
    assert {name: told(card, name, wanted) for name, wanted in expected.items()} == expected


def test_a_plugin_s_platform_is_one_like_the_others(pigeon_post):
    card = preview("pigeon-post", "https://example.com/", b"<title>Kettle</title>", {"Content-Type": "text/html"})
    assert (card.platform, card.title, card.site_name) == ("pigeon-post", "Kettle", "example.com")
    assert preview("pigeon-post", "http://example.com/", b"<title>Kettle</title>") is None
    assert f'"{registry.PLATFORMS_GROUP}"' in block("toml")


def test_the_words_that_the_guide_names_are_there(pigeon_post):
    rooms = {"places.py": "places", "reading.py": "reading", "layouts.py": "layouts", "base.py": "base"}
    for names, room in re.findall(r"\| (`.+`) \| `(\w+\.py)` \|", GUIDE.read_text(encoding="utf-8")):
        module = __import__(f"smocrawl.platforms.{rooms[room]}", fromlist=["x"])
        missing = [name for name in re.findall(r"`(\w+)`", names) if not hasattr(module, name)]
        assert not missing, room

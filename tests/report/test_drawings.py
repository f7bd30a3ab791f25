"""Every platform has a drawing, and each drawing shows what its card holds, in its own order."""

import pytest
import sample_stores
from lxml import html

from smocrawl.platforms.base import Certainty
from smocrawl.registry import all_platforms
from smocrawl.report import render
from smocrawl.report.card_view import GROUPS, MAIN, CardView
from smocrawl.report.drawings import DRAWINGS
from smocrawl.report.language import load
from smocrawl.report.pictures import Picture
from smocrawl.report.render import environment


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawings")
    store = sample_stores.rich(folder / "crawls.sqlite")
    return html.fromstring(render(store.database, store.run, folder / "r").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def panels(report):
    """The gallery's pages, each a mapping of platform names to what is drawn."""
    return [
        {shown.findtext(".//figcaption/b"): shown.find(".//div[@class='stage']/div") for shown in panel.iter("figure")}
        for panel in report.xpath('//div[@class="panel"]')
    ]


def test_cards_of_platforms_without_published_rules_say_so(report):
    observed = {one.name for one in all_platforms().values() if one.certainty is Certainty.OBSERVED}
    captions = report.xpath('//div[@class="panel"]//figcaption')
    marked = {one.findtext("b") for one in captions if one.findtext("small") == "as observed"}
    assert observed
    assert marked == observed


def test_no_platform_has_both_a_template_and_a_drawing_and_no_drawing_is_for_nobody():
    assert not set(MAIN) & set(DRAWINGS)
    assert set(MAIN) | set(DRAWINGS) <= set(all_platforms())


def test_every_platform_stands_in_the_gallery(panels):
    names = {one.name for one in all_platforms().values()}
    assert all(panel.keys() == names for panel in panels)


def test_every_platform_stands_where_people_meet_it():
    assert {name for names in GROUPS.values() for name in names} == set(all_platforms())


def lines(drawn):
    return [line.get("class").split()[0] for line in drawn.xpath('.//div[@class="foot"]/span')]


def test_lines_follow_the_order_of_the_platform(panels):
    assert lines(panels[0]["Signal"]) == ["title", "text", "domain"]
    assert lines(panels[0]["Pleroma and Akkoma"]) == ["domain", "title", "text"]
    assert lines(panels[0]["Discourse"]) == ["site", "title", "text"]


def test_the_picture_stands_where_the_platform_puts_it(panels):
    assert "pic-bottom" in panels[0]["Mattermost"].get("class")
    assert "pic-left" in panels[0]["Zulip"].get("class")
    assert "pic-right" in panels[0]["Ghost"].get("class")
    assert "pic-top" in panels[0]["KakaoTalk"].get("class")
    wordpress = panels[0]["WordPress"].xpath('.//div[@class="foot"]/*')
    assert [one.tag for one in wordpress] == ["span", "span", "svg", "span"]


FRAMES = {"wide": 1.91, "two": 2.0, "screen": 16 / 9}


@pytest.mark.parametrize("name", [name for name in DRAWINGS if all_platforms()[name].images.crop])
def test_the_frame_of_a_large_picture_is_the_platform_s(name):
    assert FRAMES[DRAWINGS[name].large.shape] == pytest.approx(all_platforms()[name].images.crop, abs=0.02)


def view(platform, **said):
    made = {
        "platform": platform,
        "name": platform,
        "badge": "",
        "band": "",
        "url": "/",
        "address": "",
        "domain": "example.com",
    }
    own = platform in MAIN
    drawing, composed = (platform, None) if own else ("composed", DRAWINGS[platform])
    card = CardView(drawing=drawing, composed=composed, **(made | {"layout": "text", "title": "Kettle"} | said))
    source = '{% import "cards.html" as cards with context %}{{ cards.draw(view) }}'
    parts = '{% import "parts.html" as parts with context %}'
    return html.fromstring(environment(load("en")).from_string(parts + source).render(view=card))


@pytest.mark.parametrize("platform", ["matrix", "mattermost", "rocketchat", "revolt", "ghost"])
def test_a_site_without_a_name_has_no_line_of_its_own(platform):
    assert not view(platform).xpath('.//span[@class="site"]')
    assert view(platform, site="Larkfold").xpath('string(.//span[@class="site"])') == "Larkfold"


def test_mastodon_shows_the_text_unless_it_names_an_author():
    assert (
        view("mastodon", description="Hand-thrown.").xpath("string(.//span[contains(@class, 'text')])")
        == "Hand-thrown."
    )
    named = view("mastodon", description="Hand-thrown.", author="Ada")
    assert not named.xpath(".//span[contains(@class, 'text')]")
    assert named.xpath("string(.//span[@class='by'])") == "by Ada"


PICTURE = Picture("pic-1", 300, 400)


@pytest.mark.parametrize(
    ("platform", "layout", "shape", "fit"),
    [
        ("telegram", "small", "square", "slice"),
        ("telegram", "large", "whole", "meet"),
        ("discord", "large", "whole", "meet"),
        ("pinterest", "large", "whole", "meet"),
        ("discourse", "small", "whole", "meet"),
        ("mastodon", "large", "wide", "slice"),
    ],
)
def test_pictures_are_cut_only_where_the_platform_cuts_them(platform, layout, shape, fit):
    (drawn,) = view(platform, layout=layout, image="x", picture=PICTURE).xpath(".//svg[contains(@class, 'pic')]")
    assert shape in drawn.get("class").split()
    at = {"slice": "xMidYMid", "meet": "xMinYMid"}[fit]
    assert drawn.get("preserveaspectratio") == f"{at} {fit}"

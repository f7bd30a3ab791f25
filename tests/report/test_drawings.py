"""Every platform has a drawing, and each drawing shows what its card holds, in its own order."""

import pytest
import sample_stores
from lxml import html

from smocrawl.registry import all_platforms
from smocrawl.report import render
from smocrawl.report.card_view import MAIN
from smocrawl.report.drawings import DRAWINGS


@pytest.fixture(scope="module")
def panels(tmp_path_factory):
    """The gallery's pages, each a mapping of platform names to what is drawn."""
    folder = tmp_path_factory.mktemp("drawings")
    store = sample_stores.rich(folder / "crawls.sqlite")
    page = html.fromstring(render(store.database, store.run, folder / "r").read_text(encoding="utf-8"))
    return [
        {shown.findtext(".//figcaption/b"): shown.find(".//div[@class='stage']/div") for shown in panel.iter("figure")}
        for panel in page.xpath('//div[@class="panel"]')
    ]


def test_no_platform_has_both_a_template_and_a_drawing_and_no_drawing_is_for_nobody():
    assert not set(MAIN) & set(DRAWINGS)
    assert set(MAIN) | set(DRAWINGS) <= set(all_platforms())


def test_every_platform_stands_in_the_gallery(panels):
    names = {one.name for one in all_platforms().values()}
    assert all(panel.keys() == names for panel in panels)


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

"""What cards are made of besides the page, in a whole crawl: oEmbed answers, the pages that og:url and canonical name, icons."""

from __future__ import annotations

import io
import json
import zlib

import pytest
from PIL import Image
from running import Ran, run
from serving import Answer, Site, page

ANSWER = {
    "version": "1.0", "type": "photo", "title": "From oEmbed", "author_name": "Ann Weir", "provider_name": "Hollow Mill",
    "url": "/wheel.png", "width": 800, "height": 400,
}  # fmt: skip


def picture() -> Answer:
    out = io.BytesIO()
    Image.effect_noise((800, 400), 50).save(out, "PNG")
    return Answer(out.getvalue(), type="image/png")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A site whose pages name other things that platforms fetch."""
    pages: dict[str, Answer | str] = {
        "/": page("Home", "/embedded", "/copy", "/shut"),
        "/oembed": Answer(json.dumps(ANSWER), type="application/json"),
        "/wheel.png": picture(),
        "/touch.png": picture(),
        "/robots.txt": Answer("User-agent: Twitterbot\nDisallow: /wheel.png\n", type="text/plain"),
    }
    with Site(pages) as site:
        pages["/embedded"] = page(
            "Embedded",
            head=f'<link rel="alternate" type="application/json+oembed" href="{site.url}/oembed">'
            f'<link rel="icon" href="/touch.png"><link rel="canonical" href="{site.url}/embedded">',
        )
        pages["/copy"] = page(
            "Copy",
            head=f'<meta property="og:url" content="{site.url}/original"><meta property="og:title" content="Copy">',
        )
        # Nothing links to it: the copy alone names it.
        pages["/original"] = page(
            "Original",
            head='<meta property="og:title" content="Original"><meta property="og:image" content="/wheel.png">',
        )
        pages["/shut"] = page(
            "Shut",
            head='<meta name="twitter:card" content="summary"><meta property="og:title" content="Shut">'
            '<meta property="og:description" content="Behind robots.txt."><meta name="twitter:image" content="/wheel.png">',
        )
        ran = run(
            tmp_path_factory.mktemp("cards"), "smo-crawl", site.url,
            environment={"SMO_ALLOW_PRIVATE": site.host},
        )  # fmt: skip
    assert ran.code == 0, ran.err
    return ran


def cards(crawl: Ran, path: str) -> dict[str, dict]:
    ((blob,),) = crawl.rows(
        "SELECT review.cards FROM review JOIN url ON url.id = review.url WHERE url.url LIKE ?", f"%{path}"
    )
    return {name: card.get("card") or card["nothing"] for name, card in json.loads(zlib.decompress(blob)).items()}


def test_an_oembed_answer_goes_before_the_tags_where_the_platform_says_so(crawl: Ran) -> None:
    found = cards(crawl, "/embedded")
    assert (found["mastodon"]["title"], found["mastodon"]["author"]) == ("From oEmbed", "Ann Weir")
    assert found["mastodon"]["image"].endswith("/wheel.png")
    assert found["slack"]["author"] == "Ann Weir"
    assert found["linkedin"]["title"] == "Embedded"


def test_an_icon_is_drawn_where_it_answers(crawl: Ran) -> None:
    assert cards(crawl, "/embedded")["misskey"]["icon"].endswith("/touch.png")
    assert cards(crawl, "/embedded")["ghost"]["icon"].endswith("/touch.png")
    assert cards(crawl, "/copy")["misskey"].get("icon") is None


def test_the_page_that_og_url_names_is_read_in_place_of_this_one(crawl: Ran) -> None:
    found = cards(crawl, "/copy")
    assert found["facebook"]["title"] == "Original"
    assert found["facebook"]["image"].endswith("/wheel.png")
    assert found["linkedin"]["title"] == "Copy"


def test_the_picture_of_that_page_is_judged_as_its_own(crawl: Ran) -> None:
    about = {(one["about"], one["code"]) for one in cards(crawl, "/copy")["facebook"]["verdicts"]}
    assert ("image", "cropped") in about
    assert cards(crawl, "/copy")["facebook"]["layout"] == "large"


def test_a_picture_is_refused_to_the_bot_that_robots_txt_names_and_to_no_other(crawl: Ran) -> None:
    found = cards(crawl, "/shut")
    (blocked,) = [one for one in found["x"]["verdicts"] if one["code"] == "blocked"]
    assert blocked["detail"] == {"bot": "Twitterbot", "line": 2}
    assert found["x"].get("image") is None
    assert found["slack"]["image"].endswith("/wheel.png")

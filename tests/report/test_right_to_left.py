"""A site in Arabic is crawled, and its report drawn in a language that is written from right to left."""

from __future__ import annotations

import re

import pages
import pseudo
import pytest
import sample_stores
from running import run
from serving import Answer, Site

from smocrawl.report import render
from smocrawl.report.catalogue import installed
from smocrawl.report.comparison import render_comparison
from smocrawl.report.crawl import Crawl
from smocrawl.report.language import Language, load
from smocrawl.store import runs
from smocrawl.store.database import Database

HOME = "https://www.waraq.example/"
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:description" content="{text}">
<meta property="og:image" content="/img/{image}.jpg"><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body><nav><a href="/">الرئيسية</a> {links}</nav><main><h1>{title}</h1><p>{words}</p></main>
<footer><a href="https://www.facebook.com/waraq" rel="me">فيسبوك</a> <a href="https://x.com/waraq">إكس</a></footer></body></html>"""
TITLES = {
    "/": "ورشة الورق: دفاتر مجلدة باليد",
    "/متجر/دفتر-مغلف/": "دفتر مغلف بالقماش، 80 ورقة (A5)",
    "/مدونة/الورق-المعرّق/": "كيف نصنع الورق المعرّق؟",
    "/about": "من نحن: ورشة التجليد",
}
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>ورشة الورق</title><link>{home}</link>
<description>جديد الورشة</description><item><title>كيف نصنع الورق المعرّق؟</title><link>{home}about</link>
<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>"""


def site():
    from urllib.parse import quote

    links = " ".join(f'<a href="{quote(path)}">{title}</a>' for path, title in TITLES.items())
    answers = {}
    for at, (path, title) in enumerate(TITLES.items()):
        text = f"{title}، بالتفصيل ومع الصور. Since 1998!"
        body = PAGE.format(title=title, text=text, image=at, links=links, words=f"{text} " * 30)
        answers[quote(path)] = body
        answers[f"/img/{at}.jpg"] = Answer(sample_stores.picture(at, (1200, 630)), type="image/jpeg")
    return {**answers, "/feed.xml": Answer(FEED.format(home=HOME), type="application/rss+xml")}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The store of the crawled site."""
    folder = tmp_path_factory.mktemp("crawled")
    with Site(site()) as server:
        ran = run(folder, "smo-crawl", server.host, "-a", f"as_url={HOME}")
    assert ran.code == 0, ran.said
    (store,) = ran.reports.glob("*/crawls.sqlite")
    return store


@pytest.fixture(scope="module")
def drawn(crawled, tmp_path_factory):
    """Path of the page by name: the crawled site, the sample that was crawled twice, and a comparison of them."""
    folder = tmp_path_factory.mktemp("drawn")
    with pseudo.spoken_as("ar", folder / "locale"):
        database = Database(crawled, read_only=True)
        number = runs.latest(database).id
        twice = sample_stores.twice(folder / "crawls.sqlite")
        crawls = [
            Crawl(database, number, installed(), load("ar")),
            Crawl(twice.database, twice.run, installed(), load("ar")),
        ]
        yield {
            "crawled": render(database, number, folder / "crawled", language="ar"),
            "twice": render(twice.database, twice.run, folder / "twice", language="ar"),
            "compared": render_comparison(crawls, ("waraq.example", "hollow-mill.example"), folder / "compared"),
        }
        database.close()


def test_the_page_says_its_language_and_direction(drawn):
    for page in drawn.values():
        assert '<html lang="ar" dir="rtl">' in page.read_text(encoding="utf-8")
        assert pages.read(page).faults == []


def test_signs_and_sizes_keep_their_order():
    arabic, english = Language("ar"), Language("en")
    assert arabic.signed(2, 1) == "\u200e+2.0\u200e"
    assert arabic.number(-3) == "\u200e−3\u200e"
    assert arabic.isolated("/a/b/") == "\u200e/a/b/\u200e"
    assert arabic.isolated("دفتر") == "دفتر"
    assert english.isolated("/a/b/") == "/a/b/"


LATIN = re.compile(r"[A-Za-z]{4,}")

OWN_WORDS = """() => {
  // Words of the report itself: not what the site, code, names and addresses say.
  const foreign = "pre, code, .mono, bdi, [dir=ltr], [dir=auto], .card, .part, .badge, .address, a[rel~=noopener], figcaption b";
  const found = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) if (!node.parentElement.closest(foreign)) found.push(node.data);
  return found.join(" ");
}"""


def known_names():
    """Names that are the same in every language: platforms, networks, tags, formats."""
    from smocrawl.report.card_view import NAMES

    said = " ".join((*NAMES.values(), *(one.name for one in installed().platforms.values())))
    return {*LATIN.findall(said), *LATIN.findall(" ".join(TITLES.values())), "General"}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["crawled", "twice", "compared"])
def test_no_text_of_the_report_stands_outside_its_catalogue(browser, drawn, name):
    page = browser.new_page()
    page.goto(drawn[name].as_uri())
    said = page.evaluate(OWN_WORDS)
    page.close()
    said = re.sub("\u200e[^\u200e]*\u200e", "", said)  # addresses and names within a sentence
    site_words = [
        "hollow",
        "mill",
        "waraq",
        "example",
        "https",
        "facebook",
        "google",
        "plus",
        "hollowmill",
        "Closing",
        "notices",
        "Since",
    ]
    foreign = {word for word in LATIN.findall(said) if word not in known_names() and word.lower() not in site_words}
    assert foreign == set()


OVERLAPS = """() => {
  // Lines of text that cover one another, section by section.
  const found = [];
  const seen = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let one = element; one && one.tagName !== "SECTION"; one = one.parentElement) {
      if (getComputedStyle(one).overflowX === "visible") continue;
      const edge = one.getBoundingClientRect();
      [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
      [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    return { left, top, right, bottom, height: bottom - top };
  };
  for (const section of document.querySelectorAll("main > section")) {
    const lines = [];
    const walk = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest(".sr, .stack thead, legend, select")) continue;
      if (!node.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of [...range.getClientRects()].map((one) => seen(one, node.parentElement))) {
        if (box.right - box.left > 1 && box.bottom - box.top > 1) lines.push([box, node]);
      }
    }
    lines.sort((one, other) => one[0].top - other[0].top);
    lines.forEach(([box, node], at) => {
      for (let next = at + 1; next < lines.length && lines[next][0].top < box.bottom - 5; next++) {
        const [other, second] = lines[next];
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - other.top;
        if (second !== node && across > 3 && down > 0.4 * Math.min(box.height, other.height)) found.push([node.data.trim().slice(0, 40), second.data.trim().slice(0, 40)]);
      }
    });
  }
  return found;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["crawled", "twice", "compared"])
def test_nothing_overlaps_and_nothing_scrolls_sideways(browser, drawn, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(drawn[name].as_uri())
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["rich", "twice"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_overlaps_from_left_to_right_either(browser, reports, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(reports(name).as_uri())
    assert page.evaluate(OVERLAPS) == []
    page.close()


SIDES = """() => {
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  const first = document.querySelector("#explorer tbody tr").cells;
  return {
    rail: box(".rail").left > box("main").left,
    columns: first[0].getBoundingClientRect().left > first[3].getBoundingClientRect().left,
    bar: getComputedStyle(document.querySelector("#tactics .bar")).transform,
    ring: getComputedStyle(document.querySelector(".ring")).direction,
    code: getComputedStyle(document.querySelector("pre")).direction,
    address: getComputedStyle(document.querySelector("#explorer tbody th a")).direction,
  };
}"""


@pytest.mark.browser
def test_the_layout_is_mirrored_and_code_is_not(browser, drawn):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(drawn["crawled"].as_uri())
    assert page.evaluate(SIDES) == {
        "rail": True, "columns": True, "bar": "matrix(-1, 0, 0, 1, 0, 0)", "ring": "ltr", "code": "ltr", "address": "ltr",
    }  # fmt: skip
    page.locator("#explorer tbody th a").first.click()
    drawer = page.locator("#drawer")
    drawer.wait_for(state="visible")
    assert drawer.bounding_box()["x"] == 0
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_no_barriers(browser, drawn, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(drawn["crawled"].as_uri())
    found = axe.run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    context.close()

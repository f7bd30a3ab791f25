"""The layout of the report held against pictures of it, eight times smaller than life.

What is compared is where things stand: every word is a grey box of its length, so that fonts play no part; the store is a
frozen one and every sentence of a check a fixed one, so that new checks and better words change nothing here.  After a
change of the layout that is meant:

    SMO_RENEW_GOLDEN=1 python -m pytest -n0 tests/report/test_golden.py

draws the pictures anew; look at them before they are committed.
"""

from __future__ import annotations

import gzip
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pseudo
import pytest
from attrs import evolve
from PIL import Image, ImageChops, ImageFilter, ImageStat

from smocrawl.report import render
from smocrawl.report.catalogue import Catalogue, installed
from smocrawl.report.comparison import render_comparison
from smocrawl.report.crawl import Crawl
from smocrawl.report.overview import Site, render_overview
from smocrawl.store.database import Database

GOLDEN = Path(__file__).parent / "golden"
STORE = GOLDEN / "crawls.sqlite.gz"
"""The sample «twice» as it was crawled and judged when the pictures were first drawn."""

SMALLER = 8
SCALE = 0.25
"""Of the drawing itself: a small picture is drawn faster than a large one is made small."""
TALLER = 0.08
"""Share by which a section may be taller or shorter."""

OTHER = 5.0
"""Mean difference of grey, 0-255, from which a section does not look the same."""

VARIANTS = {
    "wide": ("en", 1280), "phone": ("en", 390), "mirrored": ("ar", 1280),
    "compared": ("compared", 1280), "compared-phone": ("compared", 390),
    "overview": ("overview", 1280), "overview-phone": ("overview", 390),
}  # fmt: skip
"""Of each the page and its width: the report in a language, two crawls side by side, the page over many sites."""

BLOCKS = """() => {
  // No fonts: each word becomes a box of its length, and the unit ch a part of the letters' height.
  const sheet = document.createElement("style");
  sheet.textContent = '*,::before,::after{font-family:monospace!important}::before,::after{color:transparent!important}'
    + '.word{display:inline-block!important;height:.7em;margin-inline-end:.25em;vertical-align:top;background:currentColor}'
    + 'select{width:180px}';
  const plain = (rules) => {
    for (const rule of rules) {
      if (rule.cssRules && rule.cssRules.length) plain(rule.cssRules);
      for (const name of rule.style || []) {
        const value = rule.style.getPropertyValue(name);
        if (/[0-9]ch/.test(value)) rule.style.setProperty(name, value.replace(/([0-9.]+)ch/g, (_, n) => 0.55 * n + "em"));
      }
    }
  };
  plain(document.styleSheets[0].cssRules);
  document.head.append(sheet);
  const nodes = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    // Between the cells of a grid white space is nothing, a place to break a line would be one more cell.
    const between = () => node.previousSibling && node.nextSibling && !/grid|flex/.test(getComputedStyle(node.parentElement).display);
    if (node.data.trim() ? !node.parentElement.closest("select, svg, script") : between()) nodes.push(node);
  }
  for (const node of nodes) {
    node.replaceWith(...node.data.split(/(\\s+)/).map((part) => {
      // A place to break a line that takes no room.
      if (!part.trim()) return document.createTextNode("\\u200b");
      const box = document.createElement("span");
      box.className = "word";
      box.style.width = 0.52 * Math.min(14, [...part].length) + "em";
      return box;
    }));
  }
  return [...document.querySelectorAll("main > section")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [one.id || one.getAttribute("aria-labelledby"), [x, y + scrollY, width, height]];
  });
}"""


def fixed():
    """Every check says the same number of words, whatever it says today."""
    words = {
        "title": "A fault of this page, named in one line", "says": "What was found here, in a sentence of ten words or so.",
        "warns": "", "why": "Why it matters to those who see the card. A second sentence tells more of it.",
        "fix": "What to do about it, in a sentence that an editor understands at once.", "accept": "How to see that it is done.",
    }  # fmt: skip
    known = installed()
    return Catalogue({name: evolve(check, causes={}, **words) for name, check in known.checks.items()}, known.platforms)


NOW = datetime(2026, 11, 21, 20, tzinfo=UTC)


def _sites(folder):
    """Seven clients: one that fell and was not read whole, one that cannot be crawled, one that waits."""
    for number in range(7):
        scores = [50 + number * 5 + step * (number - 3) for step in range(6)]
        trend = tuple((NOW - timedelta(days=7 * (6 - at)), float(score)) for at, score in enumerate(scores))
        home = folder / f"client-{number}.example"
        known = {
            "score": trend[-1][1], "moved": number - 3.0, "trend": trend, "crawled": NOW, "pages": 300 * number,
            "next": NOW + timedelta(days=7), "report": home / "report", "incomplete": number == 0,
        }  # fmt: skip
        if number == 5:
            known = {"problem": "The name does not resolve.", "next": NOW}
        yield Site(domain=home.name, name=f"Client {number}", home=home, paused=number == 6, **known)


@pytest.fixture(scope="module")
def drawn(browser, tmp_path_factory):
    """Small grey pictures of the sections of one variant, by section."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "crawls.sqlite").write_bytes(gzip.decompress(STORE.read_bytes()))
    database = Database(folder / "crawls.sqlite")
    with pseudo.spoken_as("ar", folder / "locale"):
        pages = {
            code: render(database, 2, folder / code, language=code, catalogue=fixed()) for code in ("en", "ar")
        }  # fmt: skip
    crawls = [Crawl(database, run, fixed()) for run in (2, 1)]
    pages["compared"] = render_comparison(crawls, ("now.example", "then.example"), folder / "compared")
    pages["overview"] = render_overview(tuple(_sites(folder)), folder / "overview", moment=NOW)
    database.close()

    def sections(variant):
        code, width = VARIANTS[variant]
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            bypass_csp=True,
            reduced_motion="reduce",
            device_scale_factor=SCALE,
        )
        page = context.new_page()
        page.goto(pages[code].as_uri())
        boxes = page.evaluate(BLOCKS)
        whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
        context.close()
        return {name: small(whole, box) for name, box in boxes}

    return sections


def small(whole, box):
    """One section, cut out of the picture of the page."""
    left, top, width, height = (value * SCALE for value in box)
    part = whole.crop((round(left), round(top), round(left + width), round(top + height)))
    size = (max(1, round(width / SCALE / SMALLER)), max(1, round(height / SCALE / SMALLER)))
    return part.resize(size, Image.Resampling.BOX).quantize(16).convert("L")


def blurred(picture):
    """A line that stands a pixel lower on another machine is the same line."""
    return picture.filter(ImageFilter.GaussianBlur(2))


def difference(now, then):
    """What is different between two pictures of a section, in words; empty where they look the same."""
    if now.width != then.width or abs(now.height - then.height) > max(2, TALLER * then.height):
        return f"it is {now.width} × {now.height} and was {then.width} × {then.height}"
    by = ImageStat.Stat(ImageChops.difference(blurred(now.resize(then.size)), blurred(then))).mean[0]
    return f"it differs by {by:.1f}" if by > OTHER else ""


@pytest.mark.browser
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_layout_is_that_of_the_pictures(drawn, variant, tmp_path):
    folder, found = GOLDEN / variant, drawn(variant)
    if os.environ.get("SMO_RENEW_GOLDEN"):
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        for name, picture in found.items():
            picture.save(folder / f"{name}.png", optimize=True)
    known = {file.stem: Image.open(file).convert("L") for file in folder.glob("*.png")}
    assert sorted(known) == sorted(found)
    wrong = {name: said for name, picture in found.items() if (said := difference(picture, known[name]))}
    for name in wrong:
        found[name].save(tmp_path / f"{name}.png")
    assert wrong == {}, f"as drawn now: {tmp_path}; where this is meant, see the top of this file"


def test_a_section_that_lost_a_column_or_grew_is_seen():
    then = Image.new("L", (100, 50), 255)
    then.paste(60, (0, 10, 40, 40))
    then.paste(60, (60, 10, 100, 40))
    now = then.copy()
    now.paste(255, (60, 10, 100, 40))
    assert difference(then, then) == ""
    assert difference(now, then).startswith("it differs by")
    assert difference(then.resize((100, 60)), then) == "it is 100 × 60 and was 100 × 50"

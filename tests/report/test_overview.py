"""The page over many sites: what it says, what it links to, how it stands in a browser."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smocrawl.report import Brand
from smocrawl.report.overview import Site, render_overview

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
PAYLOAD = "\"'><script>window.BAD=1</script><img src=x onerror=window.BAD=1>"


def site(folder: Path, domain: str, **said) -> Site:
    home = folder / domain
    report = home / "2026-11-21_170000"
    report.mkdir(parents=True)
    for page in (report / "index.html", home / "index.html"):
        page.write_text("<title>x</title>")
    known = {
        "name": domain, "report": report, "crawled": NOW - timedelta(hours=3), "score": 70.4, "pages": 312,
        "worst": "og-image", "period": "weekly", "next": NOW + timedelta(days=7),
    }  # fmt: skip
    return Site(domain=domain, home=home, **{**known, **said})


def trend(*scores: float) -> tuple[tuple[datetime, float], ...]:
    return tuple((NOW - timedelta(days=7 * (len(scores) - at)), score) for at, score in enumerate(scores))


@pytest.fixture
def sites(tmp_path: Path) -> list[Site]:
    return [
        site(tmp_path, "rose.example", moved=2.1, trend=trend(60, 62, 70.4)),
        site(tmp_path, "fell.example", moved=-5.04, score=48.2, trend=trend(60, 53.2, 48.2), incomplete=True),
        site(tmp_path, "still.example", moved=0.4, trend=trend(70, 70.4), not_told="The webhook was not told: x."),
        Site(domain="gone.example", name="Gone & <lost>", home=tmp_path / "gone.example", problem="time-out", next=NOW),
        site(tmp_path, "paused.example", paused=True, next=None),
    ]


def text_of(page: Path) -> str:
    return re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8").partition("<main")[2])


def test_what_it_says(tmp_path: Path, sites: list[Site]) -> None:
    page = render_overview(sites, tmp_path, moment=NOW)
    text = " ".join(text_of(page).split())
    assert "5 sites, 1 of them could not be crawled" in text
    assert "On average 65 of 100 for social sharing." in text
    look = text.partition("What wants a look")[2].partition("All sites")[0]
    assert " ".join(look.split()) == (
        "Gone &amp; &lt;lost&gt; time-out"
        " fell.example The score fell by 5.0 points. Something of the site could not be read; the report says what."
        " still.example The webhook was not told: x."
    )
    assert "48 weak −5.0" in text
    assert "70 fair ±0" in text
    assert "paused" in text.rpartition("paused.example")[2]


def test_in_german(tmp_path: Path, sites: list[Site]) -> None:
    text = text_of(render_overview(sites, tmp_path, language="de", moment=NOW))
    assert "5 Websites, davon 1 nicht zu crawlen" in text
    assert "Die Seite hat kein Bild zum Teilen" in text
    assert "28. November 2026" in text
    assert "Der Webhook wurde nicht benachrichtigt: x." in text


@pytest.mark.parametrize(
    ("number", "heading"), [(0, "No site yet"), (1, "1 site, none fell behind"), (2, "2 sites, 1 of them fell behind")]
)
def test_headings(tmp_path: Path, sites: list[Site], number: int, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in render_overview(sites[:number], tmp_path, moment=NOW).read_text(encoding="utf-8")


def test_links_are_relative_and_lead_somewhere(tmp_path: Path, sites: list[Site]) -> None:
    for folder in (tmp_path, tmp_path / "joint page"):
        page = render_overview(sites, folder, moment=NOW)
        links = set(re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8")))
        assert len(links) == 2 * 4 + 1
        assert all((folder / link.replace("%20", " ")).resolve().is_file() for link in links)


def test_the_same_for_programs(tmp_path: Path, sites: list[Site]) -> None:
    render_overview(sites, tmp_path, moment=NOW)
    told = json.loads((tmp_path / "overview.json").read_text(encoding="utf-8"))
    assert (told["format"], told["made"]) == (1, NOW.isoformat())
    first, second, _, gone, paused = told["sites"]
    assert first["report"] == "rose.example/2026-11-21_170000/index.html"
    assert (first["score"], first["moved"], len(first["trend"]), first["worst"]) == (70.4, 2.1, 3, "og-image")
    assert (second["complete"], gone["crawled"], gone["problem"], paused["next"]) == (False, None, "time-out", None)


def test_a_trend_of_few_points_stays_flat(tmp_path: Path) -> None:
    flat = site(tmp_path, "flat.example", trend=trend(70, 71, 70))
    steep = site(tmp_path, "steep.example", trend=trend(10, 90))
    page = render_overview([flat, steep], tmp_path, moment=NOW).read_text(encoding="utf-8")
    heights = [
        [float(point.partition(",")[2]) for point in points.split()]
        for points in re.findall(r'<polyline points="([^"]+)"', page)
    ]
    assert max(heights[0]) - min(heights[0]) < 2
    assert heights[1] == [28, 0]


def test_a_first_crawl_is_compared_with_nothing(tmp_path: Path) -> None:
    page = render_overview([site(tmp_path, "new.example", moved=None, trend=trend(70))], tmp_path, moment=NOW)
    assert "<h1>1 site</h1>" in page.read_text(encoding="utf-8")
    assert "<polyline" not in page.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_in_a_browser(browser, tmp_path: Path, sites: list[Site], width: int, scheme: str) -> None:
    evil = site(tmp_path, "evil.example", name=f"Evil {PAYLOAD}", problem=f"{PAYLOAD} " * 9, not_told=PAYLOAD)
    brand = Brand(name="Agency", accent="#8a2be2", note="Confidential")
    page_file = render_overview([*sites, evil], tmp_path, brand=brand, moment=NOW)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert wrong == []
    assert page.evaluate("window.BAD") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    assert [found["id"] for found in axe.run(page).response["violations"]] == []
    context.close()

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pages
import pytest
import sample_stores
from jinja2 import Environment

import smocrawl.report
from smocrawl.report import Brand, render, render_domain_index
from smocrawl.report.catalogue import Catalogue

SAMPLES = ("rich", "twice", "arabic", "empty", "without_pages", "hostile")
TEMPLATES = Path(smocrawl.report.__file__).parent / "templates"
SECTIONS = (
    "cover", "summary", "score", "fixes", "previews", "platforms", "tactics", "links", "feeds", "pages", "changes", "method",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_page_is_well_formed(reports, name):
    page = pages.read(reports(name))
    assert page.faults == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    expected = ["cover", "summary", "method"] if name == "without_pages" else list(SECTIONS)
    assert [one for one in page.ids if one in SECTIONS] == expected


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_within_the_page_leads_somewhere(reports, name):
    page = pages.read(reports(name))
    inner = {link[1:] for link in page.links if link.startswith("#") and not link.startswith(("#page=", "#check="))}
    assert inner <= set(page.ids)
    beside = {link for link in page.links if not link.startswith(("#", "http"))}
    assert beside == {"pages.csv", "findings.csv", "fixes.csv", "fixes.md", "report.xlsx", "report.json"}
    assert all((reports(name).parent / one).is_file() for one in beside)


@pytest.mark.parametrize("name", SAMPLES)
def test_policy_names_exactly_what_is_inside(reports, name):
    page = pages.read(reports(name))
    assert page.policy.startswith("default-src 'none'; img-src data:; style-src ")
    assert pages.hash_of(page.sheets[0]) in page.policy
    assert pages.hash_of(page.code) in page.policy
    assert len(page.sheets) == 1
    assert [kind for kind, _ in page.scripts] == ["application/json", None]
    assert page.styles == []
    assert page.handlers == []
    assert all(source.startswith(("data:image/", "#")) for source in page.sources)


def test_no_style_loads_anything(reports):
    sheet = pages.read(reports("rich")).sheets[0]
    assert "@import" not in sheet
    assert set(re.findall(r"url\(([^)]*)\)", sheet)) == {"#hatch"}


def test_rich_report_says_what_was_found(reports):
    text = pages.read(reports("rich")).text
    assert "What people see when someone shares hollow-mill.example" in text
    assert "The page links to a network that has closed" in text
    assert "Two pages did not answer in time." in text
    assert "Nothing to compare with yet" in text


def test_gallery_shows_what_the_head_to_paste_would_change(reports):
    told = json.loads((reports("rich").parent / "report.json").read_text(encoding="utf-8"))
    pairs = {pair["before"]["platform"]: pair for pair in told["sections"]["previews"]["change"]["pairs"]}
    assert (pairs["slack"]["before"]["layout"], pairs["slack"]["after"]["layout"]) == ("small", "large")
    assert pairs["slack"]["before"]["title"] == pairs["slack"]["after"]["title"]


def test_second_report_tells_what_changed(reports):
    text = pages.read(reports("twice")).text
    assert "Compared with the crawl of 20 October 2026." in text
    assert re.search(r"It was \d+ on 20 October 2026\.", text)
    assert "The score rose by" in text


def test_empty_site_gets_a_report_without_praise_for_nothing(reports):
    text = pages.read(reports("empty")).text
    assert "There is no feed that readers could follow" in text
    assert "The site links to no account of its own." in text
    assert "Almost every page names a picture" not in text


def test_crawl_without_pages_says_so(reports):
    text = pages.read(reports("without_pages")).text
    assert "No page could be rated, so there is no score." in text
    assert "There was nothing that could be rated" in text
    assert "The home page https://www.hollow-mill.example/ did not answer: timeout after 0 bytes." in text


def table(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_tables_beside_the_page_hold_every_page_and_finding(reports):
    folder = reports("rich").parent
    rows = table(folder / "pages.csv")
    assert len(rows) == 14
    assert {row["kind"] for row in rows} >= {"home", "product", "article"}
    found = table(folder / "findings.csv")
    assert any(row["check"] == "dead-platform-link" and row["finding"] for row in found)
    fixes = table(folder / "fixes.csv")
    assert [int(row["rank"]) for row in fixes] == list(range(1, len(fixes) + 1))


def test_json_tells_the_sections(reports):
    told = json.loads((reports("rich").parent / "report.json").read_text(encoding="utf-8"))
    assert tuple(told["sections"]) == SECTIONS
    assert told["domain"] == "hollow-mill.example"
    assert told["sections"]["cover"]["score"] == round(told["score"])
    assert "data:image" not in json.dumps(told)


def test_pictures_stand_in_the_page_once(reports):
    text = reports("rich").read_text(encoding="utf-8")
    pictures = re.findall(r'href="(data:image/jpeg;base64,[^"]+)"', text)
    assert pictures
    assert len(pictures) == len(set(pictures))


def test_report_is_replaced_whole_and_leaves_nothing_beside(tmp_path):
    store = sample_stores.empty(tmp_path / "crawls.sqlite")
    folder = tmp_path / "2026-11-18_093000"
    render(store.database, store.run, folder)
    (folder / "stale.txt").write_text("from the run before")
    assert render(store.database, store.run, folder) == folder / "index.html"
    assert not (folder / "stale.txt").exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_domain_index_lists_the_newest_first(tmp_path):
    store = sample_stores.twice(tmp_path / "crawls.sqlite")
    render(store.database, 1, tmp_path / "2026-10-20_093000")
    render(store.database, 2, tmp_path / "2026-11-18_093000")
    page = pages.read(render_domain_index(tmp_path))
    assert page.faults == []
    assert page.links == ["2026-11-18_093000/index.html", "2026-10-20_093000/index.html"]
    assert pages.hash_of(page.sheets[0]) in page.policy
    assert "18 November 2026, 09:30 UTC" in page.text


def test_domain_index_without_reports_and_with_a_broken_one(tmp_path):
    assert "There is no report yet." in pages.read(render_domain_index(tmp_path)).text
    (tmp_path / "2026-10-20_093000").mkdir()
    (tmp_path / "2026-10-20_093000" / "index.html").write_text("")
    (tmp_path / "2026-10-20_093000" / "report.json").write_text("{")
    assert "20 October 2026" in pages.read(render_domain_index(tmp_path)).text


def test_brand_replaces_name_colour_and_foot(tmp_path):
    store = sample_stores.empty(tmp_path / "crawls.sqlite")
    brand = Brand(name="Northlight <Studio>", accent="#ffd400", client="Mill & Co", footer="Ours alone")
    text = render(store.database, store.run, tmp_path / "r", brand=brand).read_text(encoding="utf-8")
    assert "Northlight &lt;Studio&gt;" in text
    assert "Mill &amp; Co" in text
    assert "Ours alone" in text
    light = re.search(r":root\{--accent:(#[0-9a-f]{6})\}", text)
    assert light
    assert light[1] != "#ffd400"


def test_check_that_is_not_installed_any_more_is_named_in_plain_letters(tmp_path):
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    text = pages.read(render(store.database, store.run, tmp_path / "r", catalogue=Catalogue({}))).text
    assert "Dead platform link" in text


def visible(source):
    """Words that a template shows without asking the catalogue of texts."""
    found = []
    for _, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(source):
        found.append(value if kind == "data" else "\0")
    text = re.sub(r"<(style|script)\b.*?</\1>", "", "".join(found), flags=re.DOTALL)
    return re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_templates_hold_no_words_of_their_own(template):
    source = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert visible(source) == []


MARK = """INSERT OR REPLACE INTO picture (run, url, type) SELECT page.run, og.id, 'image/jpeg'
    FROM page JOIN url own ON own.id = page.url JOIN url og ON og.url = page.og_image WHERE own.url = ?"""
USE = """INSERT OR REPLACE INTO asset_use (run, page, asset, role) SELECT page.run, page.url, og.id, 'og:image'
    FROM page JOIN url own ON own.id = page.url JOIN url og ON og.url = page.og_image WHERE own.url = ?"""


def test_gallery_prefers_pages_whose_picture_was_read_whole(tmp_path):
    def shown(name, unread):
        (tmp_path / name).mkdir()
        store = sample_stores.rich(tmp_path / name / "crawls.sqlite")
        with store.database.transaction() as connection:
            for url in unread:
                connection.execute(MARK, (url,))
                connection.execute(USE, (url,))
        told = json.loads(
            (
                smocrawl.report.render(store.database, store.run, tmp_path / name / "r").parent / "report.json"
            ).read_text()
        )
        return [page["page"]["url"] for page in told["sections"]["previews"]["pages"]]

    first = next(url for url in shown("all", ()) if "/journal/" in url)
    assert first not in shown("some", [first])

"""The embedded demo site: complete, well-formed, and faulty exactly where its list says so."""

import json
import re
import urllib.error
import urllib.request
from collections import Counter
from datetime import date
from importlib.resources import files
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from PIL import Image

from smocrawl.checks.base import Outcome, Tactic
from smocrawl.demo.faults import Defect, changed_entries, concerning, defects, swapped
from smocrawl.demo.server import DemoServer
from smocrawl.demo.site import build

ORIGIN = "https://www.larkfold.example"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def clean():
    return build(ORIGIN, today=TODAY, faults=False)


@pytest.fixture(scope="module")
def faulty():
    return build(ORIGIN, today=TODAY)


@pytest.fixture(scope="module")
def server():
    with DemoServer(today=TODAY) as running:
        yield running


def written(answer):
    """The answer's text in the encoding that its type names."""
    return answer.body.decode(answer.type.partition("charset=")[2] or "utf-8")


def html(site, path):
    return lxml.html.document_fromstring(written(site.answer(path)))


def links(site, path):
    """Targets of the links of a page that lead to the site itself."""
    page = html(site, path)
    base = urljoin(site.origin + path, next(iter(page.xpath("//base/@href")), ""))
    for href in page.xpath("//a/@href | //link/@href | //img/@src | //iframe/@src"):
        target = urljoin(base, href)
        if target.startswith(site.origin + "/"):
            yield urlsplit(target).path


def broken(site):
    return {
        (page.path, target)
        for page in site.pages
        for target in set(links(site, page.path))
        if site.answer(target).status != 200
    }


# -- the site -------------------------------------------------------------------------------


def test_it_is_a_believable_site(clean):
    kinds = Counter(page.kind for page in clean.pages)
    assert len(clean.pages) >= 60
    assert kinds["article"] >= 12
    assert kinds["product"] >= 8
    assert {"home", "listing", "video", "event", "profile", "about", "contact", "legal", "search"} <= set(kinds)
    assert {page.lang for page in clean.pages} == {"en", "de"}


def test_every_page_answers(faulty):
    assert {path: faulty.answer(path).status for path in faulty.responses if path.startswith("/journal/")} == {
        path: 200 for path in faulty.responses if path.startswith("/journal/")
    }
    assert all(faulty.answer(page.path).status == 200 for page in faulty.pages)


def test_the_clean_site_has_no_broken_link(clean):
    assert broken(clean) == set()


def test_every_page_can_be_reached_from_home_when_clean(clean):
    seen, waiting = {"/"}, ["/"]
    while waiting:
        for target in set(links(clean, waiting.pop())) - seen:
            seen.add(target)
            if any(page.path == target for page in clean.pages):
                waiting.append(target)
    assert {page.path for page in clean.pages} <= seen


def test_an_unknown_address_is_a_404_page(clean):
    answer = clean.answer("/no/such/page/")
    assert answer.status == 404
    assert b"taken out of the book" in answer.body


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [("/about", "/about/"), ("/About/", "/about/"), ("/index.html", "/"), ("/shop/index.html", "/shop/")],
)
def test_other_spellings_redirect(clean, target, leads_to):
    answer = clean.answer(target)
    assert (answer.status, answer.headers["Location"]) == (301, leads_to)


def test_dates_move_with_the_day():
    path = "/journal/coptic-notebook-that-opens-flat/"
    early, late = (build(ORIGIN, today=day, faults=False) for day in (date(2026, 1, 5), date(2027, 3, 5)))
    assert "2026-01-01" in early.answer(path).body.decode()
    assert "2027-03-01" in late.answer(path).body.decode()


def test_two_renderings_are_alike(clean):
    again = build(ORIGIN, today=TODAY, faults=False)
    texts = [path for path, answer in clean.responses.items() if answer.type.startswith(("text/", "application/xml"))]
    assert [path for path in texts if clean.answer(path).body != again.answer(path).body] == []


def test_addresses_carry_the_origin(clean):
    other = build("http://127.0.0.1:8123", today=TODAY, faults=False)
    page = html(other, "/shop/")
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1:8123/shop/"]
    assert all(ORIGIN not in written(answer) for path, answer in other.responses.items() if path.endswith("/"))


# -- what the clean pages promise -----------------------------------------------------------


def test_titles_and_descriptions_keep_their_lengths(clean):
    for page in clean.pages:
        if page.is_shareable and page.number == 1 and not page.facts.get("unlisted"):
            assert 15 <= len(page.head_title) <= 65, page.path
            assert 20 <= len(page.title) <= 70, page.path
            assert 70 <= len(page.description) <= 200, page.path


def test_titles_and_descriptions_are_unique(clean):
    for words in ("title", "description"):
        counted = Counter((page.lang, getattr(page, words)) for page in clean.pages)
        assert [value for value, count in counted.items() if count > 1] == []


def test_structured_data_is_json(clean):
    for page in clean.pages:
        for block in html(clean, page.path).xpath("//script[@type='application/ld+json']/text()"):
            assert "@type" in json.loads(block)


def test_alternates_are_reciprocal(clean):
    for page in clean.pages:
        for path in page.translations.values():
            other = next(one for one in clean.pages if one.path == path)
            assert other.translations == {page.lang: page.path}


def test_every_page_of_substance_is_linked_thrice(clean):
    inlinks = Counter(target for page in clean.pages for target in set(links(clean, page.path)) - {page.path})
    lonely = {
        page.path: inlinks[page.path]
        for page in clean.pages
        if page.is_shareable and page.number == 1 and not page.facts.get("unlisted") and inlinks[page.path] < 3
    }
    assert lonely == {}


def test_articles_are_long_enough_and_cite_others(clean):
    for page in clean.pages:
        if page.kind == "article":
            assert 300 <= len(re.sub(r"<[^>]+>", " ", page.body).split()) <= 900, page.path
            hosts = {urlsplit(url).hostname for url in re.findall(r'href="(https://[^"]+)"', page.body)}
            assert len(hosts) >= 1 + (page.lang == "en"), page.path


def test_pictures_are_what_they_say(clean):
    for page in clean.pages[::9]:
        if page.picture:
            body = clean.answer(page.picture.path).body
            assert len(body) <= 300_000, page.path
            assert Image.open(BytesIO(body)).size == (page.picture.width, page.picture.height)


def test_icons_decode(clean):
    for path, edge in {"/icon-192.png": 192, "/icon-512.png": 512, "/apple-touch-icon.png": 180}.items():
        assert Image.open(BytesIO(clean.answer(path).body)).size == (edge, edge)
    assert Image.open(BytesIO(clean.answer("/favicon.ico").body)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


# -- the faults -----------------------------------------------------------------------------


def tactic_sections():
    """The checks of the list under its nine headings."""
    text = (files("smocrawl.demo") / "defects.toml").read_text(encoding="utf-8")
    parts = re.split(r"^# -- (T\d) .*$", text, flags=re.MULTILINE)[1:]
    return {code: re.findall(r'^check = "([^"]+)"', part, re.MULTILINE) for code, part in batched(parts)}


def batched(parts):
    return zip(parts[::2], parts[1::2], strict=True)


def test_the_list_covers_all_nine_tactics():
    sections = tactic_sections()
    assert set(sections) == set(Tactic)
    assert all(len(checks) >= 4 for checks in sections.values())
    assert sum(map(len, sections.values())) == len(defects()) >= 60


def test_every_entry_is_well_formed(faulty):
    for defect in defects():
        assert defect.outcome in (Outcome.FAILED, Outcome.WARNED), defect
        assert defect.what.endswith("."), defect
        assert (
            not defect.path
            or faulty.answer(defect.path).status == 404
            or any(defect.concerns(page.path, page.kind) for page in faulty.pages)
        ), defect


def test_a_failure_beats_a_warning_for_all_of_a_kind(faulty):
    assert ("mobile-viewport", "/about/", "warned") in faulty.expected
    assert ("mobile-viewport", "/imprint/", "failed") in faulty.expected
    assert ("mobile-viewport", "/imprint/", "warned") not in faulty.expected


def test_every_change_reaches_something(clean):
    """A change without effect would be a fault that the list promises and the site does not have."""
    known = {**dict.fromkeys(clean.responses, ""), **{page.path: page.kind for page in clean.pages}}
    for defect in defects():
        if defect.change and "house" not in defect.change:
            assert any(concerning(path, kind, [defect]) for path, kind in known.items()), defect


def test_only_the_seeded_links_are_broken(faulty):
    assert broken(faulty) == {
        ("/journal/a-day-at-the-market-stall/", "/shop/visitors-books/"),
        ("/contributors/", "/friends/okke/"),
        ("/contributors/", "/friends/bea/"),
        ("/journal/recipe-book-for-three-generations/", "/blog/reading-list/"),
        ("/authors/imogen-farrow/", "/authors/imogen/"),
        ("/films/label-on-the-hand-press/", "/oembed/film-4.json"),
    }


def test_an_exchange_that_finds_nothing_is_reported():
    fault = Defect(check="og-title", path="/", outcome="failed", what="", change={"swap": [["no such words", ""]]})
    with pytest.raises(ValueError, match=r"og-title on /: nothing to exchange for 'no such words'"):
        swapped("/", "<title>Home</title>", [fault], ORIGIN)


def test_an_unknown_change_is_refused():
    with pytest.raises(ValueError, match="no such change: swop"):
        Defect(check="og-title", path="/", outcome="failed", what="", change={"swop": []})


def test_overrides_are_merged_into_the_entry():
    fault = Defect(
        check="og-image-size", path="/a/", outcome="failed", what="", change={"page": {"picture": {"width": 480}}}
    )
    entry = {"path": "/a/", "picture": {"scene": "shelf", "alt": "A shelf"}}
    changed = changed_entries([entry], [fault])[0]
    assert changed["picture"] == {"scene": "shelf", "alt": "A shelf", "width": 480}
    assert "width" not in entry["picture"]


# -- the server -----------------------------------------------------------------------------


def ask(server, path, method="GET", **headers):
    request = urllib.request.Request(server.url + path, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_it_serves_and_counts(server):
    before = server.hits["/about/"]
    status, headers, body = ask(server, "/about/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert int(headers["Content-Length"]) == len(body)
    assert server.url.encode() in body
    assert server.hits["/about/"] == before + 1


def test_head_tells_the_length_and_sends_nothing(server):
    _, whole, body = ask(server, "/contact/")
    status, headers, nothing = ask(server, "/contact/", "HEAD")
    assert (status, nothing) == (200, b"")
    assert int(headers["Content-Length"]) == int(whole["Content-Length"]) == len(body)


def test_a_range_of_a_picture(server):
    status, headers, body = ask(server, "/logo-512.png", Range="bytes=0-99")
    assert (status, len(body)) == (206, 100)
    assert headers["Content-Range"].startswith("bytes 0-99/")
    assert body.startswith(b"\x89PNG")
    assert ask(server, "/logo-512.png", Range="bytes=9999999-")[0] == 416


def test_gzip_only_when_asked_for(server):
    import gzip

    plain, packed = ask(server, "/shop/"), ask(server, "/shop/", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain[1]
    assert packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]


def test_unknown_paths_and_forms(server):
    assert ask(server, "/nowhere/")[0] == 404
    assert ask(server, "/newsletter/", "POST")[0] == 405

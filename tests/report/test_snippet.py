from __future__ import annotations

import html

from smocrawl.extract import read_page
from smocrawl.platforms.base import ImageFacts
from smocrawl.report.snippet import about, snippet

URL = "https://www.hollow-mill.example/journal/stones/"


def lines(head, main="", pictures=None, url=URL):
    body = f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">{head}</head><body><main>{main}</main></body></html>'
    return snippet(read_page(url, body.encode(), headers={"content-type": "text/html"}), pictures)


def texts(found, change):
    return [line.text for line in found if line.change == change]


def test_good_tags_stay():
    found = lines(f'<link rel="canonical" href="{URL}"><meta property="og:title" content="Stones">')
    assert f'<link rel="canonical" href="{URL}">' in texts(found, "")
    assert '<meta property="og:title" content="Stones">' in texts(found, "")


def test_missing_facts_are_marked_and_never_invented():
    found = lines("")
    todo = texts(found, "?")
    assert any("og:image:" in line and "1200 × 630" in line for line in todo)
    assert any(line.startswith("<!-- TODO: description") for line in todo)
    assert any("og:title" in line for line in todo)
    assert not [line for line in texts(found, "+") if "og:image" in line or "og:title" in line]


def test_headline_of_the_page_becomes_its_share_title():
    assert '<meta property="og:title" content="Why we mill with stones">' in texts(
        lines("<title>Hollow Mill | Journal</title>", "<h1>Why we mill with stones</h1>"), "+"
    )


def test_tag_under_the_wrong_attribute_is_written_anew():
    found = lines('<meta name="og:title" content="Stones">')
    assert '<meta name="og:title" content="Stones">' in texts(found, "-")
    assert '<meta property="og:title" content="Stones">' in texts(found, "+")


def test_second_value_of_a_tag_goes():
    found = lines('<meta property="og:title" content="Stones"><meta property="og:title" content="Other">')
    assert texts(found, "-") == ['<meta property="og:title" content="Other">']


def test_relative_image_and_its_measured_size():
    image = "https://www.hollow-mill.example/a.jpg"
    found = lines(
        f'<meta property="og:image" content="{image}">', pictures={image: ImageFacts(url=image, width=1200, height=630)}
    )
    assert '<meta property="og:image:width" content="1200">' in texts(found, "+")
    assert '<meta name="twitter:card" content="summary_large_image">' in texts(found, "+")


def test_address_from_a_folder_above_is_written_whole():
    found = lines('<base href="/blog/2026/"><meta property="og:image" content="../a.png">')
    assert '<meta property="og:image" content="../a.png">' in texts(found, "-")
    assert '<meta property="og:image" content="https://www.hollow-mill.example/blog/a.png">' in texts(found, "+")


def test_large_picture_of_the_text_is_offered_with_its_own_words():
    found = lines("", '<img src="/small.png" width="90"><img src="/stones.jpg" width="1400" alt="Two stones">')
    assert '<meta property="og:image" content="https://www.hollow-mill.example/stones.jpg">' in texts(found, "+")
    assert '<meta property="og:image:alt" content="Two stones">' in texts(found, "+")


def test_values_are_escaped():
    found = lines(f'<meta property="og:title" content="{html.escape(chr(34) + "><script>x</script>")}">')
    assert not [line.text for line in found if "<script>x" in line.text]
    assert any("&quot;&gt;&lt;script&gt;" in line.text for line in found)


def test_structured_data_is_added_where_an_article_has_none():
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-01T08:00:00Z">'
    found = lines(head, "<h1>Why we mill</h1><p>By Ann Weir</p>")
    assert '<script type="application/ld+json">' in texts(found, "+")
    assert ' "datePublished": "2026-11-01T08:00:00Z"' in [line.rstrip(",") for line in texts(found, "+")]


def test_only_the_lines_that_a_check_is_about():
    found = lines("<title>Stones</title>")
    assert {line.key for line in about("og-title-length", found)} == {"og:title"}
    assert about("feed-fresh", found) == ()


def test_order_is_the_one_that_readers_expect():
    keys = [line.key for line in lines('<meta name="twitter:site" content="@mill">', "<h1>Stones</h1>")]
    order = ["canonical", "og:title", "og:url", "og:image", "twitter:card", "twitter:site"]
    assert sorted(order, key=keys.index) == order


DEAD, STONES = "https://www.hollow-mill.example/gone.png", "https://www.hollow-mill.example/stones.jpg"
DECLARED = f'<meta property="og:image" content="{DEAD}"><meta property="og:image:width" content="640">'
IN_THE_TEXT = '<img src="/stones.jpg" width="1400" alt="Two stones">'


def test_share_image_that_does_not_load_gives_way_to_the_pages_own_with_its_own_size():
    dead = {DEAD: ImageFacts(url=DEAD, status=404)}
    found = lines(DECLARED, IN_THE_TEXT, pictures=dead)
    assert f'<meta property="og:image" content="{DEAD}">' in texts(found, "-")
    assert f'<meta property="og:image" content="{STONES}">' in texts(found, "+")
    assert '<meta property="og:image:alt" content="Two stones">' in texts(found, "+")
    assert '<meta property="og:image:width" content="640">' in texts(found, "-"), "it was that of the other picture"
    assert any("og:image:width" in line for line in texts(found, "?"))
    measured = {**dead, STONES: ImageFacts(url=STONES, status=200, type="image/jpeg", width=1400, height=700)}
    assert '<meta property="og:image:width" content="1400">' in texts(lines(DECLARED, IN_THE_TEXT, measured), "+")


def test_share_image_that_does_not_load_is_asked_for_where_the_page_has_no_other():
    found = lines(DECLARED, "", pictures={DEAD: ImageFacts(url=DEAD, error="timeout after 0 bytes")})
    assert f'<meta property="og:image" content="{DEAD}">' in texts(found, "-")
    assert any("1200 × 630" in line for line in texts(found, "?"))


def test_share_image_that_nobody_asked_for_stays():
    found = lines(DECLARED, IN_THE_TEXT)
    assert f'<meta property="og:image" content="{DEAD}">' in texts(found, "")


def test_drawing_is_no_share_image():
    logo = "https://www.hollow-mill.example/logo.svg?v=2"
    found = lines(f'<meta property="og:image" content="{logo}">', '<img src="/mill.svg" width="1400">' + IN_THE_TEXT)
    assert f'<meta property="og:image" content="{logo}">' in texts(found, "-")
    assert f'<meta property="og:image" content="{STONES}">' in texts(found, "+")
    alone = lines(f'<meta property="og:image" content="{logo}">', '<img src="/mill.svg" width="1400">')
    assert any("og:image: " in line for line in texts(alone, "?"))
    assert not [line for line in texts(alone, "+") if "og:image" in line]

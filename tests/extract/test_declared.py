"""Dates of a page, and every value that it states for a field."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from smocrawl.checks.authors import stated_authors
from smocrawl.extract import read_page
from smocrawl.extract.dates.written import parse, worded

URL = "https://example.com/blog/post"
PROSE = "<p>" + "A sentence with enough words in it to be prose for every reader of the page. " * 6 + "</p>"


def read(markup: str, **headers: str):
    return read_page(URL, markup.encode(), headers={"content-type": "text/html; charset=utf-8", **headers})


class TestParsing:
    @pytest.mark.parametrize(
        ("raw", "moment", "has_time", "has_zone"),
        [
            ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC), False, False),
            ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), True, True),
            ("2026-01-02 03:04", datetime(2026, 1, 2, 3, 4, tzinfo=UTC), True, False),
            ("2026-01-02T03:04:05.123+0100", datetime(2026, 1, 2, 2, 4, 5, 123000, tzinfo=UTC), True, True),
            ("20260102", datetime(2026, 1, 2, tzinfo=UTC), False, False),
            ("2026-01", datetime(2026, 1, 1, tzinfo=UTC), False, False),
            ("Fri, 02 Jan 2026 03:04:05 GMT", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), True, True),
            ("2026-13-45", None, False, False),
            ("9999-99-99T99:99", None, False, False),
            ("January 2, 2026", None, False, False),
            ("", None, False, False),
        ],
    )
    def test_machine_dates(self, raw, moment, has_time, has_zone):
        assert parse(raw) == (moment, has_time, has_zone)

    def test_a_zone_is_kept(self):
        assert parse("2026-01-02T03:04:05-05:00")[0].tzinfo == timezone(timedelta(hours=-5))

    @pytest.mark.parametrize(
        "text",
        ["2 January 2026", "January 2nd, 2026", "2. Januar 2026", "le 2 janvier 2026", "2 de enero de 2026", "2026年1月2日",
         "2 de enero del 2026", "2. januarja, 2026", "2 Ocak 2026", "2 ianuarie 2026", "2.1.2026", "02.01.2026", "2026-01-02", "Updated: Jan. 2, 2026"],
    )  # fmt: skip
    def test_dates_for_people(self, text):
        assert worded(text) == datetime(2026, 1, 2, tzinfo=UTC)


class TestDates:
    def test_places_and_roles(self):
        page = read(
            '<meta property="article:published_time" content="2026-01-02T10:00:00Z">'
            '<meta property="article:modified_time" content="soon">'
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-01-02",'
            '"comment":{"@type":"Comment","dateCreated":"2026-01-05"}}</script>'
            f'<article><h1>T</h1><p>Posted on <time datetime="2026-01-02">2 January 2026</time></p>{PROSE * 3}</article>'
            f'<aside><time datetime="2020-01-01">old</time></aside>'
        )
        found = {(date.place, date.role, date.raw): date for date in page.dates}
        assert found["article:published_time", "published", "2026-01-02T10:00:00Z"].has_zone
        assert found["article:modified_time", "modified", "soon"].moment is None
        assert found["json-ld datePublished", "published", "2026-01-02"].in_main
        assert not found["json-ld dateCreated", "published", "2026-01-05"].in_main
        assert found["time[datetime]", "published", "2026-01-02"].in_main
        assert found["time", "visible", "2 January 2026"].moment == datetime(2026, 1, 2, tzinfo=UTC)
        assert not found["time[datetime]", "published", "2020-01-01"].in_main

    def test_a_labelled_line_near_the_headline(self):
        page = read(
            f"<main><h1>T</h1><p>Last updated: 3 March 2026</p>{PROSE * 3}<p>On 1 May 1999 it rained.</p></main>"
        )
        assert [(date.raw, date.role) for date in page.dates] == [("Last updated: 3 March 2026", "visible")]

    def test_a_relative_date_has_no_moment(self):
        (date,) = read(f"<main><h1>T</h1><p>3 days ago</p>{PROSE}</main>").dates
        assert (date.role, date.moment) == ("visible", None)

    def test_dates_of_related_posts_are_not_the_pages(self):
        page = read(
            f"<main><article><h1>T</h1>{PROSE * 3}</article><div class=related><article class=hentry>"
            "<h3 class=entry-title>Other</h3><time class=updated datetime=2020-01-01>x</time></article></div></main>"
        )
        assert page.dates
        assert not any(date.in_main for date in page.dates)
        assert "Other" not in [one.value for one in page.declared.get("title", ())]


def test_declared_in_document_order():
    page = read(
        '<html lang="en-GB"><head><meta property="og:title" content="Social"><title>Page - Site</title>'
        '<meta name="description" content="D"><link rel="canonical" href="/post"><meta property="og:image" content="/a.jpg">'
        '<meta property="og:locale" content="en_GB"><meta name="author" content="Ann">'
        '<meta name="dc.title" content="Core"><meta name="parsely-pub-date" content="2026-01-02">'
        '<script type="application/ld+json">{"@type":"Article","headline":"Linked","author":[{"@type":"Person",'
        '"name":"Ann"},{"@type":"Person","name":"Bob"}],"image":{"@type":"ImageObject","url":"https://cdn.example/b.jpg"},'
        '"publisher":{"@type":"Organization","name":"Paper"},"isPartOf":{"@type":"WebSite","name":"Site"}}</script></head>'
        '<body><h1 itemprop="headline">Seen</h1></body>',
        **{"content-language": "en"},
    )
    stated = {field: [(one.value, one.place) for one in values] for field, values in page.declared.items()}
    assert stated["title"] == [
        ("Social", "og:title"), ("Page - Site", "<title>"), ("Core", "dc.title"), ("Linked", "json-ld headline"),
        ("Seen", "<h1>"),
    ]  # fmt: skip
    assert stated["image"] == [
        ("https://example.com/a.jpg", "og:image"), ("https://cdn.example/b.jpg", "json-ld image"),
    ]  # fmt: skip
    assert stated["url"] == [("https://example.com/post", "canonical")]
    assert stated["author"] == [
            ("Ann", "author"), ("Ann", "json-ld author"), ("Bob", "json-ld author"), ("Ann, Bob", "json-ld author, together"),
        ]  # fmt: skip
    assert stated["publisher"] == [("Paper", "json-ld publisher")]
    assert stated["site_name"] == [("Site", "json-ld isPartOf")]
    assert [value for value, _ in stated["language"]] == ["en", "en-GB", "en_GB"]
    assert stated["published"] == [("2026-01-02", "parsely-pub-date")]


def test_organisations_and_breadcrumbs_name_no_page():
    page = read(
        '<title>T</title><script type="application/ld+json">[{"@type":"Organization","name":"Org"},'
        '{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Home"}]}]</script>'
    )
    assert [one.value for one in page.declared["title"]] == ["T"]


class TestDeclaredBeside:
    """Values that follow from another one, each with a place that says so."""

    def test_the_language_behind_a_region(self):
        page = read(
            '<html lang="en-US"><meta property="og:locale" content="de_AT"><meta http-equiv="content-language" content="en-GB">'
        )
        assert [(one.value, one.place) for one in page.declared["language"]] == [
            ("en-US", "<html lang>"),
            ("en", "<html lang>, language alone"),
            ("de_AT", "og:locale"),
            ("de", "og:locale, language alone"),
            ("en-GB", "content-language"),
        ]

    def test_dublin_core_as_a_property_among_others(self):
        page = read(
            '<meta property="x:title dc:title" content="Preferred"><meta property="dc:creator twitter:site_name" content="Ada Moss">'
            '<meta property="dcterm:creator" content="Tom Reed"><meta property="dc:date" content="2026-01-02">'
        )
        assert [(one.value, one.place) for one in page.declared["title"]] == [("Preferred", "dc:title")]
        assert [one.value for one in page.declared["author"]] == ["Ada Moss", "Tom Reed"]
        assert [(one.value, one.place) for one in page.declared["published"]] == [("2026-01-02", "dc:date")]

    @pytest.mark.parametrize(
        ("title", "own"),
        [
            ("Ships of the harbour | Harbour Paper", "Ships of the harbour"),
            ("Ships of the harbour – Culture – Paper", "Ships of the harbour – Culture"),
            ("Ships of the harbour [Paper]", "Ships of the harbour"),
            ("Paper | Ships of the harbour", None),
            ("Well-known ships", None),
            ("Ships - why they come home every evening", None),
        ],
    )
    def test_the_title_before_the_name_of_the_site(self, title, own):
        stated = {one.place: one.value for one in read(f"<title>{title}</title>").declared["title"]}
        assert stated["<title>"] == title
        assert stated.get("<title> without its last part") == own

    def test_the_line_of_the_author_as_written(self):
        page = read(f'<article><h1>Ships</h1><p class="byline">By <b>Ada Moss</b> 2 May 2026</p>{PROSE * 3}</article>')
        assert [(one.value, one.place) for one in page.declared["author"]] == [
            ("Ada Moss", "byline"),
            ("By Ada Moss 2 May 2026", "byline as written"),
        ]
        assert stated_authors(page) == ("Ada Moss",)

    def test_several_authors_stand_alone_and_together(self):
        page = read(
            '<script type="application/ld+json">{"@type":"Article","author":[{"@type":"Person","name":"Ada Moss"},'
            '{"@type":"Person","name":"Tom Reed"}]}</script>'
        )
        assert [one.value for one in page.declared["author"]] == ["Ada Moss", "Tom Reed", "Ada Moss, Tom Reed"]
        assert stated_authors(page) == ("Ada Moss", "Tom Reed")

    def test_the_first_paragraph_where_nothing_describes_the_page(self):
        page = read(f"<main><h1>Ships</h1>{PROSE * 3}</main>")
        (said,) = page.declared["description"]
        assert (said.value[:10], said.place) == ("A sentence", "first paragraph")
        page = read(f'<meta name="description" content="Ships."><main><h1>Ships</h1>{PROSE * 3}</main>')
        assert [one.value for one in page.declared["description"]] == ["Ships."]

    def test_the_poster_of_a_film_but_not_of_one_in_a_menu(self):
        page = read(
            f'<nav><video poster="/menu.jpg"></video></nav><main><video poster="/film.jpg"></video>{PROSE * 3}</main>'
        )
        assert [(one.value, one.place) for one in page.declared["image"]] == [
            ("https://example.com/film.jpg", "video[poster]")
        ]


class TestDatesOfOtherThings:
    @pytest.mark.parametrize(
        "attribute",
        [
            'itemprop="startDate"',
            'property="schema:startDate"',
            'class="dt-start"',
            'itemprop="birthDate"',
            'class="dt-bday"',
        ],
    )
    def test_a_property_that_is_no_publication(self, attribute):
        page = read(
            f'<article><h1>T</h1><p><time {attribute} datetime="2026-07-01">1 July</time></p>{PROSE * 3}</article>'
        )
        assert not [one for one in page.dates if one.place.startswith("time")]
        assert "published" not in page.declared

    @pytest.mark.parametrize(
        ("attribute", "role"),
        [
            ('itemprop="datePublished"', "published"),
            ('itemprop="datePublished dateModified"', "modified"),
            ('property="https://schema.org/dateModified"', "modified"),
            ('property="dc:created"', "published"),
            ('class="dt-published"', "published"),
            ('class="entry-date"', "published"),
        ],
    )
    def test_properties_that_are(self, attribute, role):
        page = read(
            f'<article><h1>T</h1><p><time {attribute} datetime="2026-07-01">1 July</time></p>{PROSE * 3}</article>'
        )
        assert [one.role for one in page.dates if one.place == "time[datetime]"] == [role]

    def test_a_date_in_a_row_of_share_buttons_is_the_articles_but_not_one_in_a_related_block(self):
        row = '<div class="{}"><span>2 May 2026</span> <a href="/x">12 shares</a></div>'
        page = read(f"<article><h1>T</h1>{row.format('post-share')}{PROSE * 3}</article>")
        assert [one.moment for one in page.dates if one.role == "visible"] == [datetime(2026, 5, 2, tzinfo=UTC)]
        assert not read(f"<article><h1>T</h1>{row.format('related')}{PROSE * 3}</article>").dates

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("Posted on 3/14/15", datetime(2015, 3, 14, tzinfo=UTC)),
            ("14.03.98", None),
            ("11.03.17 in Gadgetry", datetime(2017, 3, 11, tzinfo=UTC)),
            ("14.03.98 | Ada Moss", datetime(1998, 3, 14, tzinfo=UTC)),
            ("10.15.04 macOS", None),
            ("Stand: 14.03.98", datetime(1998, 3, 14, tzinfo=UTC)),
            ("3/14/15", datetime(2015, 3, 14, tzinfo=UTC)),
            ("Python 3.11.12", None),
            ("on 45/45/45", None),
        ],
    )
    def test_years_of_two_digits(self, text, moment):
        assert worded(text) == moment

    def test_a_time_element_is_a_date_whatever_parts_it(self):
        page = read(f'<article><h1>T</h1><p><time class="date">10.15.15</time></p>{PROSE * 3}</article>')
        assert [one.moment for one in page.dates if one.place == "time"] == [datetime(2015, 10, 15, tzinfo=UTC)]
        page = read(f'<article><h1>T</h1><p><time datetime="2022-01-10">01.10.22</time></p>{PROSE * 3}</article>')
        assert [one.moment for one in page.dates if one.place == "time"] == [datetime(2022, 1, 10, tzinfo=UTC)]


class TestWhereNothingIsStated:
    @pytest.mark.parametrize(
        ("line", "day"),
        [
            ("<p>July 05, 2017</p>", "2017-07-05"),
            ("<h2>July 05, 2017</h2>", "2017-07-05"),
            ("<p>By Ada Moss on 5 July 2017 9:00 AM</p>", "2017-07-05"),
            ("<p>25 May,2016</p>", "2016-05-25"),
            ("<p>Ada Moss (born July 5, 2017)</p>", None),
            ("<p>Founded July 5, 2017</p>", None),
            ("<p>How we baked the bread of the Jul 5, 2017</p>", None),
            ("<h2>What July 5, 2017 changed</h2>", None),
        ],
    )
    def test_a_visible_date_line_is_the_publication(self, line, day):
        page = read(f"<article><h1>T</h1>{line}{PROSE * 3}</article>")
        stated = [(one.value, one.place) for one in page.declared.get("published", ())]
        assert stated == ([(day, "visible date")] if day else [])

    def test_a_stated_date_goes_before_a_visible_one(self):
        page = read(
            f'<meta name="date" content="2016-01-02"><article><h1>T</h1><p>May 5, 2017</p>{PROSE * 3}</article>'
        )
        assert [one.value for one in page.declared["published"]] == ["2016-01-02"]

    def test_the_day_of_a_date_in_words_follows_it(self):
        page = read('<meta name="date" content="Thursday, September 29, 2016"><h1>T</h1>')
        assert [(one.value, one.place) for one in page.declared["published"]] == [
            ("Thursday, September 29, 2016", "date"),
            ("2016-09-29", "date, as ISO 8601"),
        ]

    @pytest.mark.parametrize(
        ("title", "site"),
        [
            ("A kettle for slow mornings | The Kettle Shop", "The Kettle Shop"),
            ("Example | A kettle for slow mornings", "Example"),
            ("Kettles | Pots and pans and all there is for the kitchen", None),
            ("A kettle for slow mornings", None),
        ],
    )
    def test_the_titles_part_for_the_site(self, title, site):
        page = read(f"<title>{title}</title><h1>T</h1>")
        stated = [(one.value, one.place) for one in page.declared.get("site_name", ())]
        assert stated == ([(site, "<title>, its part for the site")] if site else [])

    def test_a_stated_publisher_needs_no_title(self):
        page = read('<title>A kettle for mornings | Shop</title><meta name="publisher" content="Moss Ltd"><h1>T</h1>')
        assert "site_name" not in page.declared

    def test_the_one_day_in_elements_that_their_class_calls_a_date(self):
        item = '<div class="story"><p>{}</p><p class="post-date">{} May 2026</p></div>'
        end = f"{PROSE * 3}<div>" + item.format("A thing", 5) + "</div>"
        page = read(f"<main><h1>T</h1>{end}</main>")
        assert [(one.value, one.place) for one in page.declared["published"]] == [("2026-05-05", "visible date")]
        assert "published" not in read(f"<main><h1>T</h1>{end}{item.format('Another', 7)}</main>").declared
        assert "published" not in read(f'<main><h1>T</h1><div class="comments">{end}</div></main>').declared

    @pytest.mark.parametrize(
        ("label", "author"), [("Written by", "Ada Moss"), ("Verfasst von", "Ada Moss"), ("Est. reading time", None)]
    )
    def test_the_label_that_an_author_stands_under(self, label, author):
        page = read(f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ada Moss">')
        stated = [(one.value, one.place) for one in page.declared.get("author", ())]
        assert stated == ([(author, "twitter:data1")] if author else [])

    @pytest.mark.parametrize(
        "line",
        [
            '<p class="byline"><i>By</i><b>Ada Moss</b></p>',
            '<p class="byline">Ada Moss 2026年5月2日</p>',
            '<div class="css-1x-Byline"><span>Ada Moss</span></div>',
            '<span class="authorname-txt">Ada Moss</span>',
        ],
    )
    def test_bylines_of_elements_that_styles_alone_part(self, line):
        page = read(f"<article><h1>T</h1>{line}{PROSE * 3}</article>")
        assert page.sharing.byline == "Ada Moss"

    def test_an_epoch_and_the_date_of_a_newsrooms_own_system(self):
        page = read('<meta property="article:published_time" content="1676551869">')
        assert [one.value for one in page.declared["published"]] == ["1676551869", "2023-02-16"]
        page = read('<meta name="OriginalPublicationDate" content="2014-06-30T16:54:02+00:00">')
        assert [one.value for one in page.declared["published"]] == ["2014-06-30T16:54:02+00:00"]
        assert not page.dates

    def test_the_json_of_parsely_page(self):
        said = '{"title": "Kettles", "author": "Ada Moss", "pub_date": "2026-05-02T10:00:00Z", "image_url": "/k.png", "tags": 1}'
        page = read(f"<meta name='parsely-page' content='{said}'><h1>T</h1>")
        assert ("Kettles", "parsely-page title") in [(one.value, one.place) for one in page.declared["title"]]
        assert [one.value for one in page.declared["image"]] == ["https://example.com/k.png"]
        assert [page.declared[name][0].value for name in ("author", "published")] == [
            "Ada Moss",
            "2026-05-02T10:00:00Z",
        ]
        for broken in ("[1]", "{", "[" * 5000, '{"title": 3}'):
            assert "author" not in read(f"<meta name='parsely-page' content='{broken}'>").declared

    def test_the_first_paragraph_is_a_paragraph(self):
        facts = "<table><tr><td>Ulm, a town in the Kingdom of Württemberg, German Empire, on the river Danube</td></tr></table>"
        page = read(f"<main><h1>T</h1>{facts}{PROSE * 3}</main>")
        assert page.declared["description"][0].value.startswith("A sentence")

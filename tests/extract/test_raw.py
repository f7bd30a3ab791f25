"""What readers with rules of their own find in the markup."""

import pytest

from smocrawl.extract import read_page
from smocrawl.extract.head.leads import only_frame, scan

HTML = {"Content-Type": "text/html; charset=utf-8"}


def leads(body: str):
    return read_page("https://example.com/", body.encode(), headers=HTML).leads


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("<title>Kettle &amp; pot</title>", {"title": "Kettle & pot"}),
        ("<title\n>Kettle</ title>", {"title": "Kettle"}),
        ("< title>Kettle</title>", {}),
        ("<title>never closed", {}),
        ('<meta name="description" content="A > b">', {"description": "A > b"}),
        ("<meta content='Single' name=description>", {"description": "Single"}),
        ('<meta name="description" content="open>', {}),
        ('<meta property="og:image:url" content="k.png">', {"image": "k.png"}),
        ('<meta name="og:image" content="k.png">', {}),
        ("<link rel=icon href=/i.ico>", {"icon": "/i.ico"}),
        ('<link rel="apple-touch-icon" href="/t.png">', {}),
        ('<link rel="shortcut icon" href="two words.ico">', {}),
    ],
)
def test_scan(head, found):
    assert scan(f"<html><head>{head}</head><body></body></html>") == found


def test_scan_ends_with_head():
    assert scan("<head><title>In</title></head><body><meta name='description' content='out'>") == {"title": "In"}


@pytest.mark.parametrize(
    "piece", ["<title>", "<title", "<link ", '<meta content="', "</title ", "<script>", '<link rel="']
)
def test_scan_takes_open_ends(piece):
    assert "description" not in scan("<head><title>" + piece * 20_000)


def test_texts_leave_out_furniture():
    found = leads(
        "<nav>Menu</nav><p>One <b>two</b> three</p><div role=menu>x</div><script>y</script><footer>z</footer>"
    )
    assert found.texts == ("One", "two", "three")


def test_texts_end_when_there_are_enough():
    found = leads("".join(f"<p>{'word ' * 30}</p>" for _ in range(50)))
    assert len(found.texts) == 2


def test_title_is_the_first_direct_text():
    assert leads("<body><h1><a>inside</a></h1><h2>Direct</h2>").title == "Direct"


def test_paragraph_and_picture_around_the_heading():
    found = leads("<p>before</p><h1>H</h1><img alt='no src'><div><p>behind</p></div><img src='a.jpg'>")
    assert (found.paragraph, found.image) == ("behind", "a.jpg")


def test_all_title_elements_at_once():
    assert leads("<head><title>Page</title></head><svg><title>Drawing</title></svg>").titles == "PageDrawing"


def test_prefixes_of_head():
    found = leads('<html><head prefix="og: https://ogp.me/ns# Article: https://ogp.me/ns/article#">')
    assert found.prefixes == ("og", "article")


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<iframe src="https://p.example/1"></iframe>', "https://p.example/1"),
        ('<iframe src="https://p.example/1" allow="fullscreen; gyroscope"></iframe>', "https://p.example/1"),
        ('<iframe src="https://p.example/1" allow="camera"></iframe>', None),
        ('<iframe src="http://p.example/1"></iframe>', None),
        ('<iframe src="https://p.example/1"></iframe><iframe src="https://p.example/2"></iframe>', None),
        ('<div><iframe src="https://p.example/1"></iframe></div>', None),
    ],
)
def test_only_frame(markup, address):
    frame = only_frame(markup)
    assert (frame and frame.address) == address


def test_an_end_of_the_page_inside_a_script_or_a_comment_is_none():
    page = read_page(
        "https://example.com/",
        b"<title>t</title><body><p>one<script>w('</body></html>')</script><!-- </body> --><p>two</p></body><p>three",
    )
    assert page.text.main == "one two three"


def test_markup_behind_the_end_of_the_page_is_read():
    page = read_page(
        "https://example.com/",
        b'<html><head></head><body>x</body></html>\n<meta property="og:title" content="late"><p>more</p>',
        headers=HTML,
    )
    assert [meta.prop for meta in page.metas] == ["og:title"]


def test_json_ld_where_entities_are_decoded_first():
    def unescaped(script):
        body = f'<script type="application/ld+json">{script}</script>'.encode()
        return read_page("https://example.com/", body, headers=HTML).json_ld[0].unescaped

    assert unescaped('{"a": "plain"}') is None
    assert unescaped('{"a": "x &amp; y"}') == ({"a": "x & y"},)
    assert unescaped('{"a": "say &quot;x&quot;"}') == ()
    assert unescaped('//<![CDATA[\n{"a": 1}\n//]]>') == ({"a": 1},)
    assert unescaped('{"a": 1,}') == ()

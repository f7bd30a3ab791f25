"""Sharing, talking back and following as the markup shows it; bylines and walls."""

import pytest

from smocrawl.extract.body import elements as body_facts
from smocrawl.extract.body.byline import cleaned, plain_name
from smocrawl.extract.body.survey import survey
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.social.sharing import read_sharing
from smocrawl.page import Sharing

PROSE = "<p>" + "Roses want light, air and patience, and a gardener who does not forget them. " * 15 + "</p>"


def sharing(markup: str, url: str = "https://example.com/post", title: str = "Roses") -> Sharing:
    body = f"<!doctype html><html><head><title>{title}</title></head><body>{markup}</body></html>".encode()
    page = Document(url=url, body=body, decoded=decode(body))
    found = survey(page)
    return read_sharing(page, found, links=body_facts.read_links(page, found), title=title)


def article(inside: str) -> Sharing:
    return sharing(f"<main><article><h1>Roses</h1>{inside}{PROSE}</article></main>")


def test_a_plain_page_says_nothing() -> None:
    assert article("") == Sharing()


def test_native_sharing() -> None:
    assert article("<script>button.onclick = () => navigator.share({url: location.href})</script>").native_share
    assert article("<share-button></share-button>").native_share


@pytest.mark.parametrize(
    "markup",
    [
        "<button>Copy link</button>",
        '<button aria-label="Link kopieren"><svg></svg></button>',
        '<a href="#" title="Copier le lien"><i></i></a>',
        '<button class="js-copy-link">Copy</button>',
        '<button data-clipboard-text="https://example.com/post">Copy</button>',
        '<clipboard-copy value="https://example.com/post">Copy</clipboard-copy>',
        "<script>navigator.clipboard.writeText(window.location.href)</script>",
        "<script>const {clipboard} = navigator; clipboard.writeText(location.href)</script>",
    ],
)
def test_copying_the_link(markup: str) -> None:
    assert article(markup).copy_link


def test_copying_code_is_not_copying_the_link() -> None:
    assert not article(
        '<button data-clipboard-text="npm install">Copy</button><script>navigator.clipboard.writeText(code)</script>'
    ).copy_link


@pytest.mark.parametrize(
    "markup",
    ['<div class="post-share"></div>', '<ul class="share-buttons"></ul>', '<div class="sharedaddy"></div>', '<nav aria-label="Share this page"></nav>',
     '<div id="social-share"></div>', "<button>Share this article</button>", '<div class="artikel-teilen"></div>',
     '<div class="sharetools masthead"></div>', '<div><button class="Button-sc-jvdzf ShareIcon-sc-qeous"></button><span>Share</span></div>'],
)  # fmt: skip
def test_share_blocks(markup: str) -> None:
    assert article(markup).share_block


@pytest.mark.parametrize("name", ["shareholders", "market-share", "screen-sharing", "no-share", "fileshare-list"])
def test_other_shares_are_no_share_blocks(name: str) -> None:
    assert not article(f'<div class="{name}"></div>').share_block


def test_comments() -> None:
    page = sharing(
        f"<article><h1>Roses</h1>{PROSE}</article><ol class='comment-list'>"
        "<li id='comment-1' class='comment even'><div id='div-comment-1' class='comment-body'>Nice</div></li>"
        "<li id='comment-2' class='comment odd'>Indeed</li></ol>"
        "<form action='/wp-comments-post.php' id='commentform'><textarea name='comment'></textarea></form>"
    )  # fmt: skip
    assert (page.comment_count, page.comment_form, page.comments_closed) == (2, True, False)


def test_closed_comments() -> None:
    assert sharing(f"{PROSE}<p>Comments are closed.</p>").comments_closed
    assert sharing(f"{PROSE}<p>Kommentare sind geschlossen.</p>").comments_closed


def test_comments_in_code_are_no_comments() -> None:
    page = article('<pre><code><span class="comment"># one</span><span class="comment"># two</span></code></pre>')
    assert page.comment_count == 0


def test_a_contact_form_is_no_comment_form() -> None:
    assert not sharing("<form action='/contact'><textarea name='message'></textarea></form>").comment_form


BYLINES = [
    ('<p class="byline">By <a rel="author" href="/authors/ada">Ada Moss</a> on 2 May 2026</p>', "Ada Moss", "https://example.com/authors/ada"),
    ('<div class="byline"><a href="/p/ada"><script>function lost(img) { img.src = "/Blank.png" }</script></a><div class="byline__names">Analysis by <a class="byline__link" href="/p/ada"><span class="byline__name">Ada Moss</span></a>, Larkfold Senior Supreme Court Analyst</div></div>', "Ada Moss", "https://example.com/p/ada"),
    ('<span class="byline"><a>by <a class="author-name" href="/a/s/">Subham Sahu</a> on 2020-07-31</a></span>', "Subham Sahu", "https://example.com/a/s/"),
    ('<div class="entry-meta"><span class="author vcard"><a class="url fn n" href="/author/ada/">Ada Moss</a></span></div>', "Ada Moss",
     "https://example.com/author/ada/"),
    ('<span itemprop="author" itemscope><span itemprop="name">Ada Moss</span></span>', "Ada Moss", None),
    ('<p class="byline">By Ada Moss • <a href="/site">View the website</a></p>', "Ada Moss", None),
    ('<p class="byline">Von Ada Moss | 2. Mai 2026</p>', "Ada Moss", None),
    ('<p class="author">[Ann (1.1), Ben (3.2)]</p>', None, None),
    ("<p>By Ada Moss</p>", "Ada Moss", None),
    ("<p>Von Ada von der Heide | 2. Mai</p>", "Ada von der Heide", None),
    ("<p>January 31, 2022 - Till Rohrmann (@stsffap)</p>", "Till Rohrmann", None),
    ("<p>// By Ada Moss • 2 May 2026</p>", "Ada Moss", None),
    ('<span class="author">— Ada Moss</span>', None, None),
    ('<span class="author">Guillaume Le Blanc le 3 mai 2026</span>', "Guillaume Le Blanc", None),
    ('<span class="author">Ada Moss14:40, Feb 17 2021</span>', "Ada Moss", None),
    ("<p>By Ada Moss March 25, 2015</p>", "Ada Moss", None),
    ('<p class="byline author">Written by Ada Moss<br>Edited by Tom Reed</p>', "Ada Moss", None),
    ("<p>Equipe Compara Preço | 08/06/2026 09:43</p>", "Equipe Compara Preço", None),
    ("<p>Redaktion – 2. Mai 2026</p>", "Redaktion", None),
    ("<p>Team building | rooms for 12</p>", None, None),
    ("<p>By Public Transportation</p>", None, None),
    ("<p>By Popular Demand we now sell roses in winter too.</p>", None, None),
    ("<p>Von hier aus sieht man weit.</p>", None, None),
    ('<div class="author-box"><p>Ada has written many books.</p></div>', None, None),
    ("", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "name", "url"), BYLINES)
def test_bylines(markup: str, name: str | None, url: str | None) -> None:
    page = article(markup)
    assert (page.byline, page.byline_url) == (name, url)


def test_authors_of_teasers_and_comments_are_not_the_pages() -> None:
    teasers = "".join(f'<article><h2>Post {n}</h2><p class="byline">By Ada Moss</p></article>' for n in range(4))
    assert sharing(f"<main><h1>Blog</h1>{teasers}</main>").byline is None
    own = '<article><h1>Roses</h1><p class="byline">By Tom Reed</p></article>'
    assert sharing(f"<main>{own}<div>{teasers}</div></main>").byline == "Tom Reed"
    assert (
        sharing(
            f'<h1>Roses</h1>{PROSE}<ol class="comment-list"><li><cite class="author">Rude Person</cite></li></ol>'
        ).byline
        is None
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [("By: Ada Moss, 2 May 2026", "Ada Moss"), ("Written by Ada Moss", "Ada Moss"), ("by", None), ("2 May 2026", None), ("", None),
     ("Autor: 山田 太郎", "山田 太郎"), ("x" * 200, None), ("Ada Moss and Tom Reed", "Ada Moss and Tom Reed")],
)  # fmt: skip
def test_names_are_cleaned(text: str, name: str | None) -> None:
    assert cleaned(text) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("June 14, 2024 - Hong (@hlteoh2)", "Hong"),
        ("September 28, 2020 - Tzu-Li (Gordon) Tai (@tzulitai) Igal Shilman (@IgalShilman)", "Tzu-Li (Gordon) Tai"),
        ("June 14, 2024 - Flink (the framework) is ten years old", None),
        ("June 14, 2024 - The Apache Flink community released a version", None),
    ],
)
def test_accounts_and_nicknames_behind_names(line: str, name: str | None) -> None:
    assert plain_name(line) == name


def test_an_author_in_an_aside_of_the_article_is_its_author() -> None:
    aside = '<aside><p>2 May</p><span itemprop="author">Ada Moss —</span></aside>'
    assert sharing(f"<article><h1>Roses</h1>{PROSE}{aside}</article>").byline == "Ada Moss"
    assert sharing(f"<main><h1>Roses</h1>{PROSE}</main>{aside}").byline is None
    comments = '<aside class="comments"><span itemprop="author">Rude Person</span></aside>'
    assert sharing(f"<article><h1>Roses</h1>{PROSE}{comments}</article>").byline is None


def test_hostile_lines_are_no_burden() -> None:
    assert plain_name("By " + "A" * 100_000) is None
    assert plain_name("By " + "Aa " * 50_000) is None


WALLS = [
    ("<h1>Checking</h1><p>Enable JavaScript and cookies to continue</p>", "/", "Just a moment...", "challenge"),
    ('<form><input type="password"><button>Go</button></form>', "/login?next=/post", "Sign in", "login"),
    ("<p>Before you continue</p><form><button>Accept all</button></form>", "/consent?continue=x", "Cookies", "consent"),
    ("<h1>Are you over 18?</h1><button>Yes</button><button>No</button>", "/", "Wine shop", "age"),
    (f'{PROSE}<form><input type="password"></form>', "/post", "Roses, or how to sign in", None),
    (
        f"{PROSE}<div>Before you continue: accept all cookies?<button>Accept all</button></div>",
        "/consent",
        "Roses",
        None,
    ),
    (f"{PROSE}<p>Our wines: are you over 18?</p>", "/", "Wine", None),
    (f"{PROSE}", "/", "Just a moment...", None),
    ("<p>Short page about nothing in particular.</p>", "/login-problems-explained", "Log in problems", None),
    (
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><p>Short but true.</p>',
        "/",
        "Short",
        None,
    ),
]


@pytest.mark.parametrize(("markup", "path", "title", "wall"), WALLS)
def test_walls(markup: str, path: str, title: str, wall: str | None) -> None:
    assert sharing(markup, f"https://example.com{path}", title).wall == wall


def test_app_shells() -> None:
    shell = '<noscript>You need to enable JavaScript.</noscript><div id="root"></div><script src="/app.js"></script>'
    assert sharing(shell).app_shell
    asking = '<noscript>Please enable JavaScript to read this page.</noscript><div ng-view></div><script src="/a.js"></script>'
    assert sharing(asking).app_shell
    assert not sharing(f"{asking}<p>{PROSE}</p>").app_shell
    assert not sharing(f'<div id="root">{PROSE}</div><script src="/app.js"></script>').app_shell
    assert not sharing('<div id="root"></div>').app_shell


@pytest.mark.parametrize(
    ("main", "shell"),
    [
        ("<p>Loading …</p>", True),
        ("<p>Yükleniyor...</p>", True),
        ("<p>読み込み中</p>", True),
        ("<p>Loading bays and their gates</p>", False),
        ("", False),
    ],
)
def test_a_page_that_only_says_that_it_loads_is_drawn_by_scripts(main: str, shell: bool) -> None:
    menu = "<nav><a href='/'>Home</a> <a href='/towns/'>All the towns of the country</a></nav>"
    assert sharing(f'{menu}<main>{main}</main><script src="/app.js"></script>').app_shell is shell


@pytest.mark.parametrize(
    ("player", "plays"),
    [
        ('<audio controls><source src="/one.mp3"></audio>', True),
        ('<video controls src="/one.mp4"></video>', True),
        ('<video autoplay muted loop src="/sea.mp4"></video>', False),
        ('</div></main><footer><p>A jingle</p><audio controls src="/jingle.mp3"></audio></footer>', False),
    ],
)
def test_players_of_the_sites_own(player: str, plays: bool) -> None:
    assert sharing(f"<main>{PROSE}<div>{player}</div></main>").player is plays


def test_forms() -> None:
    newsletter = '<form action="https://acme.us1.list-manage.com/subscribe/post"><input type="email" name="EMAIL"><button>Go</button></form>'
    search = '<form action="/search"><input name="q"></form>'
    account = '<form><p>Subscribe and log in</p><input type="email"><input type="password"></form>'
    assert sharing(newsletter).newsletter_form
    assert not sharing(account).newsletter_form
    assert sharing(search).search_form
    assert not sharing(newsletter).search_form


@pytest.mark.parametrize(
    "markup",
    ["<button>Add to cart</button>", '<button class="single_add_to_cart_button">Jetzt holen</button>', '<input type="submit" value="In den Warenkorb">',
     '<form action="/cart/add"><button>Los</button></form>', '<a href="/?add-to-cart=3">Ajouter au panier</a>', "<button>カートに入れる</button>"],
)  # fmt: skip
def test_baskets(markup: str) -> None:
    assert sharing(markup).add_to_cart


def test_tags_of_the_page_but_not_of_clouds_and_categories() -> None:
    page = sharing(
        f'<nav><a href="/tag/menu">Menu</a></nav><main><article><h1>Roses</h1>{PROSE}<p>'
        '<a rel="tag" href="/t/1">#pruning</a> <a rel="category tag" href="/c/1">Garden</a> <a href="/tags/soil/">soil</a> <a href="/tag/mulch/index.html">mulch</a> <a href="/post">other</a></p>'
        '</article></main><aside class="tag-cloud"><a rel="tag" href="/tag/cloud">cloud</a></aside>'
    )
    assert page.tags == ("pruning", "soil", "mulch")


def test_breadcrumbs_and_ratings() -> None:
    assert sharing('<nav aria-label="Breadcrumb"><a href="/">Home</a></nav>').breadcrumb_nav
    assert sharing('<ol class="breadcrumbs"><li><a href="/">Home</a></li></ol>').breadcrumb_nav
    assert not sharing("<nav><a href='/'>Home</a></nav>").breadcrumb_nav
    steps = '<a href="/">Apache</a> &gt; <a href="/docs/">Documentation</a> &gt; <a href="/docs/mod/">Modules</a>'
    assert sharing(f'<div id="path">{steps}</div>').breadcrumb_nav, "seen by its signs, whatever it is named"
    assert not sharing(f'<div id="path" hidden>{steps}</div>').breadcrumb_nav
    assert not sharing(f"<footer>{steps}</footer>").breadcrumb_nav
    assert not sharing("<p>Choose Settings &gt; Display &gt; Night light.</p>").breadcrumb_nav
    assert not sharing('<p><a href="/2">Older</a> » <a href="/9">Oldest</a></p>').breadcrumb_nav
    assert sharing("<p>Rated 4.7 out of 5 by 12 readers</p>").rating_visible
    assert sharing("<p>★★★★☆</p>").rating_visible
    assert not sharing("<p>We are open from 9 to 5.</p>").rating_visible


@pytest.mark.parametrize(
    "markup", ["", "<" * 500, "<form>" * 300, "<button>" * 300, "<h1>" * 200, '<div class="' + "share-" * 2_000 + '">']
)
def test_rubbish_never_raises(markup: str) -> None:
    sharing(markup)

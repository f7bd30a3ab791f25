"""Share and comment tools, and what a page shows of other sites."""

import pytest

from smocrawl.extract.body.survey import survey
from smocrawl.extract.decode import decode
from smocrawl.extract.document import Document
from smocrawl.extract.social.vendors import read_embeds, read_vendors
from smocrawl.page import Embed, Vendor


def document(markup: str) -> Document:
    body = f"<!doctype html><html><head><title>x</title></head><body>{markup}</body></html>".encode()
    return Document(url="https://example.com/post", body=body, decoded=decode(body))


def vendors(markup: str) -> dict[str, Vendor]:
    return {one.id: one for one in read_vendors(document(markup))}


def embeds(markup: str) -> list[Embed]:
    page = document(markup)
    return list(read_embeds(page, survey(page)))


@pytest.mark.parametrize(
    ("markup", "vendor", "status", "script"),
    [
        ('<div class="a2a_kit"></div><script src="https://static.addtoany.com/menu/page.js"></script>', "addtoany", "alive", True),
        ('<div class="addthis_toolbox"></div>', "addthis", "dead", False),
        ('<div class="ya-share2"></div>', "ya-share2", "alive", False),
        ('<div class="yashare-auto-init"></div>', "yashare", "unknown", False),
        ('<div class="addthis_inline_share_toolbox_x1y2"></div>', "addthis", "dead", False),
        ('<script src="//s7.addthis.com/js/300/addthis_widget.js#pubid=x"></script>', "addthis", "dead", True),
        ('<div class="fb-like" data-href="https://example.com"></div>', "fb_plugin", "dead", False),
        ('<script src="https://connect.facebook.net/de_DE/sdk.js"></script><div class="fb-like"></div>', "fb_plugin", "dead", True),
        ('<script>js.src="//connect.facebook.net/en_US/all.js";</script><div class="fb-like"></div>', "fb_plugin", "dead", True),
        ('<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>', "fb_plugin", "dead", True),
        ("<script>po.src='https://apis.google.com/js/plusone.js';</script>", "plusone", "dead", True),
        ('<a class="twitter-share-button" href="https://twitter.com/share">Tweet</a>', "x_widgets", "alive", False),
        ('<script type="IN/Share" data-url="https://example.com"></script>', "linkedin_plugin", "alive", False),
        ('<a href="https://www.pinterest.com/pin/create/button/" data-pin-do="buttonPin">Pin</a>', "pinit", "alive", False),
        ('<button data-sharer="x" data-url="https://example.com">Share</button>', "sharer_js", "alive", False),
        ('<div class="heateor_sss_sharing_container"></div>', "sassy", "alive", False),
        ('<div class="shariff" data-services="[&quot;x&quot;]"></div>', "shariff", "alive", False),
        ('<script src="/js/shariff.min.js?v=2"></script>', "shariff", "alive", True),
        ('<div id="disqus_thread"></div><script>s.src = "https://acme.disqus.com/embed.js";</script>', "disqus", "alive", True),
        ('<div id="disqus_thread"></div>', "disqus", "alive", False),
        ('<script src="https://giscus.app/client.js"></script>', "giscus", "alive", True),
        ('<hyvor-talk-comments website-id="1"></hyvor-talk-comments>', "hyvor", "alive", False),
        ('<div class="fb-comments"></div>', "facebook_comments", "dead", False),
    ],
)  # fmt: skip
def test_tools(markup: str, vendor: str, status: str, script: bool) -> None:
    found = vendors(markup)
    assert list(found) == [vendor]
    assert (found[vendor].status, found[vendor].script) == (status, script)
    assert found[vendor].signal


def test_a_script_that_only_draws_embedded_posts_is_no_share_tool() -> None:
    loader = '<script src="https://platform.twitter.com/widgets.js"></script>'
    assert vendors(f'<blockquote class="twitter-tweet"></blockquote>{loader}')["x_widgets"].role == "embed"
    assert vendors(f'<a class="twitter-follow-button">Follow</a>{loader}')["x_widgets"].role == "share-and-follow"


def test_words_in_the_text_are_no_tools() -> None:
    assert not vendors(
        "<p>We removed addthis_toolbox, fb-like and data-sharer from https://s7.addthis.com years ago.</p>"
    )
    assert not vendors('<span class="comment">// disqus_thread</span><a href="https://disqus.com/">Disqus</a>')


def test_frames_and_players() -> None:
    found = embeds(
        "<main><article><h1>Roses</h1><p>" + "Words about roses and their care. " * 20 + "</p>"
        '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" title="How to prune"></iframe>'
        '<iframe data-src="//player.vimeo.com/video/123456"></iframe>'
        '<iframe src="https://maps.other.example/map"></iframe></article></main>'
    )
    assert [(one.platform, one.title, one.in_main) for one in found] == [
        ("youtube", "How to prune", True),
        ("vimeo", None, True),
        (None, None, True),
    ]


def test_marked_elements_name_what_they_show() -> None:
    found = embeds(
        '<blockquote class="twitter-tweet"><p>Hi</p>by <a href="https://twitter.com/ada">Ada</a>'
        '<a href="https://twitter.com/ada/status/1234567890">2 May</a></blockquote>'
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc/"></blockquote>'
        '<div class="fb-post" data-href="https://www.facebook.com/acme/posts/1"></div>'
        '<lite-youtube videoid="dQw4w9WgXcQ"></lite-youtube><blockquote class="quote">No embed</blockquote>'
        '<a data-pin-do="embedPin" href="https://www.pinterest.com/pin/1/">Pin</a><a data-pin-do="buttonPin" href="https://p.example/">Pin it</a>'
    )
    assert [(one.platform, one.url) for one in found] == [
        ("x", "https://twitter.com/ada/status/1234567890"),
        ("instagram", "https://www.instagram.com/p/Cabc/"),
        ("facebook", "https://www.facebook.com/acme/posts/1"),
        ("youtube", "https://example.com/post"),
        ("pinterest", "https://www.pinterest.com/pin/1/"),
    ]


def test_tracking_frames_and_plain_scripts_are_no_embeds() -> None:
    assert not embeds(
        '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=x" height="0" width="0"></iframe></noscript>'
        '<iframe src="https://ads.example/" style="display: none"></iframe><iframe src="https://ads.example/1" width="1"></iframe>'
        '<iframe src="/own"></iframe><iframe src="about:blank"></iframe><iframe></iframe><script src="https://cdn.example/a.js"></script>'
        '<iframe src="javascript:alert(1)"></iframe><object data="data:text/html,x"></object>'
    )


def test_too_many_frames_are_cut() -> None:
    page = document("".join(f'<iframe src="https://f.example/{n}"></iframe>' for n in range(700)))
    assert len(read_embeds(page, survey(page))) == 500
    assert page.trouble[0].kind == "limit"

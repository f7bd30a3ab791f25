"""Small pieces of markup, each with the facts that it yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    title: str
    markup: str
    facts: tuple[str, ...]
    """Names of the page's facts; ``sharing.byline`` looks inside one."""
    in_head: bool = False
    headers: tuple[tuple[str, str], ...] = ()


EXAMPLES = (
    Example(
        "Title, language, charset",
        "<title>Ships of the harbour</title>\n<title>Another</title>",
        ("title", "titles", "title_offset", "lang", "charset", "charset_source", "size", "is_html", "status", "url",
         "requested_url"),
        in_head=True,
    ),
    Example(
        "Metas as written",
        '<meta property="og:title" content="Ships">\n<meta name="Description" content="">',
        ("metas", "declared.title"),
        in_head=True,
    ),
    Example(
        "What is stated, and what follows from it",
        '<title>Ships of the harbour | Harbour Paper</title>\n<meta property="og:locale" content="en_GB">\n'
        '<meta property="dc:creator" content="Ada Moss">',
        ("declared.title", "declared.language", "declared.author"),
        in_head=True,
    ),
    Example(
        "Open Graph as objects",
        '<meta property="og:type" content="article">\n<meta property="og:image" content="/one.jpg">\n'
        '<meta property="og:image:width" content="1200">\n<meta property="article:tag" content="sail">\n'
        '<meta name="og:title" content="Ships">',
        ("open_graph", "strict_open_graph"),
        in_head=True,
    ),
    Example(
        "Robots directives, opt-outs",
        '<meta name="robots" content="max-image-preview:large">\n<meta name="pinterest" content="nopin">',
        ("robots", "robots_by_agent", "opt_outs", "headers"),
        in_head=True,
        headers=(("x-robots-tag", "googlebot: nosnippet"),),
    ),
    Example(
        "Owners, apps, Dublin Core, refresh",
        '<meta name="google-site-verification" content="abc">\n<meta property="al:ios:url" content="ships://1">\n'
        '<meta name="DC.creator" content="Ada Moss">\n<meta name="generator" content="Hugo 0.140">\n'
        '<meta http-equiv="refresh" content="0; url=/new/">',
        ("verifications", "app_links", "dublin_core", "generator", "meta_refresh"),
        in_head=True,
    ),
    Example(
        "Link relations, feeds, icons",
        '<base href="/port/">\n<link rel="canonical" href="ships/">\n'
        '<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">\n'
        '<link rel="icon" sizes="32x32" href="/icon.png">',
        ("relations", "canonical", "base", "feeds", "icons"),
        in_head=True,
    ),
    Example(
        "JSON-LD and its entities",
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article", "headline": "Ships",\n'
        '"author": {"@type": "Person", "name": "Ada Moss", "sameAs": "https://mastodon.social/@ada"}}</script>',
        ("json_ld", "entities", "same_as", "declared"),
        in_head=True,
    ),
    Example(
        "A broken JSON-LD block, read leniently",
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article", "headline": "Ships",}\n'
        "</script>",
        ("json_ld", "trouble"),
        in_head=True,
    ),
    Example(
        "Breadcrumbs, ratings, interactions",
        '<script type="application/ld+json">[{"@context": "https://schema.org", "@type": "BreadcrumbList",\n'
        '"itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home", "item": "https://www.example.com/"}]},\n'
        '{"@context": "https://schema.org", "@type": "Product", "name": "Rope", "aggregateRating":\n'
        '{"@type": "AggregateRating", "ratingValue": 4.5, "ratingCount": 12}},\n'
        '{"@context": "https://schema.org", "@type": "Article", "commentCount": 7}]</script>',
        ("breadcrumbs", "ratings", "interactions"),
        in_head=True,
    ),
    Example(
        "Microdata",
        '<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Regatta</span>\n'
        '<time itemprop="startDate" datetime="2026-07-01T10:00+02:00">1 July</time></div>',
        ("entities", "dates"),
    ),
    Example(
        "RDFa",
        '<div vocab="https://schema.org/" typeof="Person"><a property="url" href="/ada/"><span property="name">Ada Moss'
        "</span></a></div>",
        ("entities",),
    ),
    Example(
        "Microformats",
        '<article class="h-entry"><h1 class="p-name">Ships</h1><a class="p-author h-card" href="/ada/">Ada Moss</a></article>',
        ("entities",),
    ),
    Example(
        "Headings, pictures, text",
        '<main><article><h1 id="ships">Ships of the harbour</h1><p>Every evening the ships come home, and the children of\n'
        "the town run down to the quay to count the masts and to read the names of far-away towns on the sterns.</p>\n"
        '<img src="/ship.jpg" alt="A ship" width="800" srcset="/ship-1600.jpg 1600w"></article></main>'
        "<footer>© 2024 Harbour Paper</footer>",
        ("headings", "h1", "images", "text", "kind", "kind_evidence", "template"),
    ),
    Example(
        "Links and what they mean",
        '<nav><a href="/news/#top">News</a></nav><div class="share"><a href="https://www.facebook.com/sharer/sharer.php?'
        'u=https%3A%2F%2Fwww.example.com%2Fships%2F"><svg></svg></a></div>\n'
        '<footer><a rel="me" href="https://mastodon.social/@harbour">Mastodon</a></footer>',
        ("links", "social"),
    ),
    Example(
        "Byline, dates, comments, controls",
        '<main><article><h1>Ships</h1><p class="byline">By <a rel="author" href="/ada/">Ada Moss</a>,\n'
        '<time datetime="2026-03-01">1 March 2026</time></p><button class="copy-link" data-clipboard-text="x">Copy link'
        '</button>\n<a rel="tag" href="/tags/sail/">sail</a></article><form class="comment-form" action="/c"><textarea name='
        '"comment"></textarea></form></main><script>navigator.share({url: "/"})</script>',
        ("sharing", "dates"),
    ),
    Example(
        "Embeds and tools of others",
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="The film"></iframe>\n'
        '<script src="https://s7.addthis.com/js/300/addthis_widget.js"></script>',
        ("embeds", "vendors"),
    ),
    Example(
        "What other readers find by their own rules",
        "<h1>Ships</h1><img src=/ship.jpg><p>Every evening the ships come home.</p>",
        ("leads",),
    ),
)  # fmt: skip
"""One for each kind of fact; the reader's answer is printed beside each."""

"""Stores to render: a site with much to say, a nearly empty one, and one whose every text is hostile."""

from __future__ import annotations

import html
import io
import json
from datetime import UTC, datetime, timedelta

from PIL import Image, ImageDraw

from smocrawl import audience, site
from smocrawl.checks.base import Context
from smocrawl.extract import read_page
from smocrawl.extract.files.robots import Robots
from smocrawl.platforms.base import ImageFacts
from smocrawl.review import judge
from smocrawl.scoring import ALGORITHM, RULESET
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import pack, to_json
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record, page_record, save_asset, save_page, save_record

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
HOME = "https://www.hollow-mill.example/"
PAYLOAD = "\"'><script>window.BAD=1</script><img src=https://evil.example/x onerror=window.BAD=1>{{7*7}}</script>"

LESS = "\\u003c"

PRODUCTS = ["oat-flour", "rye-flour", "spelt-flour", "buckwheat", "pearl-barley", "semolina"]
ARTICLES = ["why-stone-milling", "sourdough-for-beginners", "a-day-at-the-weir", "flour-and-water", "the-miller-s-cat"]

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<header><nav><a href="/">Home</a> <a href="/shop/">Shop</a> <a href="/journal/">Journal</a></nav></header>
<main><h1>{h1}</h1>{main}</main>
<footer><a href="https://www.facebook.com/hollowmill" rel="me">Facebook</a> <a href="https://x.com/hollowmill">X</a>
<a href="https://plus.google.com/+hollowmill">Google+</a><p>© 2023 {name}</p></footer></body></html>"""


def picture(number, size=(640, 336)):
    """A small JPEG that can be told from its neighbours."""
    image = Image.new("RGB", size, (40 + 30 * (number % 7), 90 + 20 * (number % 5), 120))
    ImageDraw.Draw(image).ellipse((150 + 20 * number, 60, 420 + 20 * number, 300), fill=(230, 200, 120))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=70)
    return stream.getvalue()


def metas(**said):
    return "".join(
        f'<meta property="{name.replace("_", ":", 1)}" content="{html.escape(value)}">' for name, value in said.items()
    )


def json_ld(facts):
    return f'<script type="application/ld+json">{json.dumps(facts).replace("<", LESS)}</script>'


def words(subject, number=160):
    return " ".join(f"The {subject} is ground slowly between two stones, sentence {at}." for at in range(number // 9))


class Store:
    """A store that is filled page by page."""

    def __init__(self, path, *, started=NOW, database=None, wrap=lambda text: text):
        self.database = database or Database(path)
        self.wrap = wrap
        self.run = runs.begin(
            self.database,
            home=HOME,
            options={},
            version="0.1.0",
            ruleset=RULESET,
            algorithm=ALGORITHM,
            audience="general",
        )
        with self.database.transaction() as connection:
            connection.execute("UPDATE run SET started = ? WHERE id = ?", (started.isoformat(), self.run))
        self.frontier = Frontier(self.database, self.run)
        self.images = {}
        self.pages = []
        self.started = started

    def page(self, path, *, title="", main="", head="", depth=1, whole=PAGE):
        wrapped = html.escape(self.wrap(title))
        body = whole.format(title=wrapped, h1=wrapped, main=main, head=head, name=html.escape(self.wrap("Hollow Mill")))
        page = read_page(HOME + path.lstrip("/"), body.encode(), headers={"content-type": "text/html"})
        own = {}
        for link in page.links:
            if link.url.startswith(HOME):
                own.setdefault(link.url, []).append(link)
        save_page(self.frontier, page_record(page, own, shareable=True), depth=depth)
        save_record(self.frontier, Record(url=page.url, kind="page", status=200, type="text/html", size=len(body)))
        self.pages.append(page)

    def image(self, path, number, *, size=(1200, 630), weight=180_000, status=200):
        url = HOME + path.lstrip("/")
        facts = ImageFacts(
            url=url,
            status=status,
            type="image/jpeg" if status == 200 else None,
            size=weight,
            width=size[0],
            height=size[1],
        )
        self.images[url] = facts
        save_record(self.frontier, Record(url=url, kind="image", status=status, type="image/jpeg"))
        save_asset(self.frontier, url, "image", pack(facts), picture(number) if status == 200 else None)
        return url

    def feed(self, path, titles):
        items = [
            {
                "id": str(at),
                "title": self.wrap(title),
                "published": (self.started - timedelta(days=20 * at)).isoformat(),
            }
            for at, title in enumerate(titles)
        ]
        url = HOME + path.lstrip("/")
        facts = {"url": url, "format": "rss", "title": self.wrap("Hollow Mill"), "items": items, "well_formed": True}
        save_record(self.frontier, Record(url=url, kind="feed", status=200, type="application/rss+xml"))
        save_asset(self.frontier, url, "feed", pack(facts))

    def robots(self, text):
        url = f"{HOME}robots.txt"
        save_record(self.frontier, Record(url=url, kind="robots", status=200, type="text/plain"))
        save_asset(self.frontier, url, "robots", pack(Robots.read(text.encode(), url=url).facts))

    def close(self):
        """Judge the pages and the site as the closing pass does, and end the run."""
        site.measure(self.database, self.run)
        profile = audience.load()
        context = Context(images=self.images, now=self.started, audience=profile)
        for page in self.pages:
            self._review(self.frontier.url_id(page.url), judge(page, context))
        site.analyse(self.database, self.run, profile, self.started)
        runs.note(self.database, self.run, self.wrap("Two pages did not answer in time."))
        runs.update(self.database, self.run, state="done", ended=runs.now().isoformat())

    def _review(self, url, found):
        """The rows that the closing pass writes."""
        score = found.score
        cards = {
            name: {"card": card} if card else {"nothing": found.nothing[name]} for name, card in found.cards.items()
        }
        told = [to_json(one) for one in (score.tactics, score.platforms, found.outcomes, found.reasons)]
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO review (run, url, score, uncapped, cap, coverage, tactics, platforms, outcomes, reasons, cards)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.run, url, score.page, score.uncapped, score.cap, score.coverage, *told, pack(cards)),
            )
            for one in found.findings:
                row = (self.run, url, one.check, one.outcome, one.severity, to_json(one.evidence))
                connection.execute("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, NULL)", row)


def rich(path, *, database=None, started=NOW, wrap=lambda text: text, better=False):
    """A small shop with a journal: good cards here, faults there."""
    store = Store(path, database=database, started=started, wrap=wrap)
    _home(store)
    _listings(store)
    for at, slug in enumerate(PRODUCTS):
        _product(store, at, slug, better)
    articles = [*ARTICLES[:-1], "a-new-wheel"] if better else ARTICLES
    for at, slug in enumerate(articles):
        _article(store, at, slug)
    store.feed("/feed.xml", ARTICLES)
    store.close()
    return store


def _home(store):
    cover = store.image("/img/mill.jpg", 1)
    head = (
        '<link rel="canonical" href="/"><meta name="description" content="Flour from a mill that has run since 1743.">'
    )
    head += '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    tags = metas(
        og_title=store.wrap("Hollow Mill, flour ground slowly"), og_image=cover, og_url=HOME, og_type="website",
        og_description=store.wrap("Flour from a mill that has run since 1743, sent to your door."), og_site_name="Hollow Mill",
    )  # fmt: skip
    main = f"<p>{words('grain')}</p>" + "".join(f'<a href="/shop/{one}/">{one}</a> ' for one in PRODUCTS[:3])
    store.page("/", title="Hollow Mill", main=main, head=head + tags, depth=0)


def _listings(store):
    for path, title, slugs in (("/shop/", "Shop", PRODUCTS), ("/journal/", "Journal", ARTICLES[:-1])):
        items = "".join(f'<li><a href="{path}{slug}/">{html.escape(store.wrap(slug))}</a></li>' for slug in slugs)
        store.page(path, title=title, main=f"<ul>{items}</ul>")


def _product(store, number, slug, better):
    name = slug.replace("-", " ").capitalize()
    logo = store.image("/img/logo.png", 0, size=(400, 400), weight=12_000)
    share = store.image(f"/img/{slug}.jpg", number + 2) if better else logo
    facts = {
        "@context": "https://schema.org", "@type": "Product", "name": store.wrap(name), "image": share,
        "offers": {"@type": "Offer", "price": "4.90", "priceCurrency": "GBP"},
    }  # fmt: skip
    head = json_ld(facts)
    head += metas(og_title=store.wrap(name), og_image=share, og_type="product", og_url=f"{HOME}shop/{slug}/")
    if number % 2:
        head += '<meta name="description" content="Welcome to our website.">'
    main = f"<p>{words(name)}</p><form><button>Add to cart</button></form>"
    store.page(f"/shop/{slug}/", title=name, main=main, head=head, depth=2)


def _article(store, number, slug):
    title = slug.replace("-", " ").capitalize()
    when = (store.started - timedelta(days=35 * number + 3)).isoformat()
    broken = number == 2
    share = store.image(
        f"/img/{slug}.jpg", number + 9, weight=1_800_000 if number == 1 else 160_000, status=404 if broken else 200
    )
    facts = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": store.wrap(title),
        "datePublished": when,
    }
    head = json_ld(facts)
    head += metas(
        og_title=store.wrap(f"{title}, and everything else that a miller's year has to teach us about patience")
    )
    head += metas(og_image=share, og_type="article", og_description=store.wrap(words(title, 40)))
    links = "".join(f'<a href="/journal/{other}/">{other}</a> ' for other in ARTICLES[:3] if other != slug)
    main = f'<p>By <a rel="author" href="/people/ann/">Ann Weir</a> <time datetime="{when}">{when[:10]}</time></p>'
    store.page(f"/journal/{slug}/", title=title, main=f"{main}<p>{words(title, 400)}</p>{links}", head=head, depth=2)


def bots_shut_out(path):
    """The same shop behind a robots.txt that shuts out one bot, keeps another from the journal, and with one slow page."""
    store = Store(path)
    _home(store)
    for at, slug in enumerate(ARTICLES[:4]):
        _article(store, at, slug)
    store.robots(
        "User-agent: Twitterbot\nDisallow: /\n\n"
        "User-agent: LinkedInBot\nDisallow: /journal/\n\n"
        "User-agent: Mastodon\nDisallow: /\n\n"
        "User-agent: TelegramBot\nDisallow: /img/\n"
    )
    for at, page in enumerate(store.pages):
        latency = 3.5 if at == 1 else 0.3
        save_record(store.frontier, Record(url=page.url, kind="page", status=200, type="text/html", latency=latency))
    store.close()
    return store


def twice(path):
    """The same shop crawled twice; the second time with better pictures, one article more and one less."""
    before = rich(path, started=NOW - timedelta(days=29))
    return rich(path, database=before.database, better=True)


ARABIC = ("دفتر مغلف بالقماش، 80 ورقة (A5)", "كيف نصنع الورق المعرّق؟", "من نحن: ورشة التجليد")


def arabic(path):
    """A site that is written from right to left, under addresses in its own letters."""
    store = Store(path)
    for at, title in enumerate(ARABIC):
        image = store.image(f"/img/{at}.jpg", at + 1)
        said = {"og_title": title, "og_image": image, "og_description": f"{title}، بالتفصيل ومع الصور. Since 1998!"}
        place = "" if at == 0 else f"%D9%85%D9%82%D8%A7%D9%84-{at}/"
        whole = PAGE.replace('lang="en-GB"', 'lang="ar" dir="rtl"')
        links = f'<a href="/%D9%85%D9%82%D8%A7%D9%84-{at + 1}/">{title}</a>' if at < len(ARABIC) - 1 else ""
        main = f"<p>{title} " * 30 + links
        store.page(f"/{place}", title=title, main=main, head=metas(**said), depth=at, whole=whole)
    store.close()
    return store


def empty(path):
    """One page that says almost nothing."""
    store = Store(path)
    store.page("/", depth=0, whole="<!doctype html><html><body><p>Soon.</p></body></html>")
    store.close()
    return store


def without_pages(path):
    """A run in which nothing could be read."""
    store = Store(path)
    save_record(store.frontier, Record(url=HOME, kind="page", error="timeout after 0 bytes"))
    runs.update(store.database, store.run, state="nothing", ended=runs.now().isoformat())
    return store


TOLD = (("finding", "evidence", "rowid"), ("fix", "evidence", "rank"), ("fix", "examples", "rank"))
"""Columns whose texts come from pages."""


def hostile(path):
    """Every text that a page can bring, and every text of the store, tries to break out."""
    store = rich(path, wrap=lambda text: f"{text} {PAYLOAD}")
    with store.database.transaction() as connection:
        for table, column, key in TOLD:
            for row in connection.execute(f"SELECT {key} AS id, {column} AS said FROM {table}").fetchall():
                spoiled = to_json(_spoiled(json.loads(row["said"])))
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (spoiled, row["id"]))
        connection.execute(
            "UPDATE social SET handle = handle || ?, url = ?", (PAYLOAD, f"javascript:window.BAD=1//{PAYLOAD}")
        )
        connection.execute("UPDATE page SET title = title || ?, template = ?", (PAYLOAD, PAYLOAD))
        connection.execute("UPDATE url SET url = url || ? WHERE url LIKE '%flour%'", (f"?token=SECRET1&q={PAYLOAD}",))
        connection.execute("UPDATE run SET notes = ?, options = ?", (to_json([PAYLOAD]), to_json({"exclude": PAYLOAD})))
    return store


def _spoiled(value):
    if isinstance(value, str):
        return value + PAYLOAD
    if isinstance(value, list):
        return [_spoiled(one) for one in value]
    return {key: _spoiled(one) for key, one in value.items()} if isinstance(value, dict) else value

"""Links as they are written: scheme, words, numbers of messengers, names of feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, same_site
from smocrawl.checks.applies import NOWHERE, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.wording import squeezed
from smocrawl.page import Link, Page


@check(
    "internal-link-http",
    title="Links within the site go by plain http",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="{count} links of this page lead to the site by http instead of https, for example {address}.",
    causes={"one": "The link to {address} leads to the site by http instead of https."},
    source=sources.HTTPS,
    grade="C",
    applies=readable,
)
def internal_link_http(page: Page, context: Context) -> Iterator[Said]:
    """Why: Each such click takes a redirect more, and for a moment anybody on the way can read and change it.

    Fix: Write links within the site without scheme and host, or by https.

    Accept: No link within the site begins with http://.
    """
    if not page.url.startswith("https:"):
        yield NOT_APPLICABLE
        return
    plain = [
        link.url
        for link in page.links
        if link.raw_href.lstrip()[:5].lower() == "http:" and same_site(link.url, page.url)
    ]
    if plain:
        say = warn if thresholds.PLAIN_LINKS.is_fair(len(set(plain))) else fail
        more: dict[str, Any] = {"cause": "one"} if len(set(plain)) == 1 else {}
        yield say(count=len(set(plain)), address=cut(plain[0]), **more)


SAY_NOTHING = frozenset(map(squeezed, (
    "click here", "here", "this", "link", "more", "read more", "learn more", "continue", "continue reading", "this link",
    "this page", "hier", "hier klicken", "mehr", "weiterlesen", "mehr lesen", "mehr erfahren", "ici", "cliquez ici",
    "lire la suite", "en savoir plus", "plus", "aquí", "haz clic aquí", "leer más", "más", "qui", "clicca qui",
    "leggi tutto", "aqui", "clique aqui", "leia mais", "lees meer", "klik hier", "подробнее", "здесь", "читать далее",
    "詳細", "こちら", "続きを読む", "点击这里", "更多", "阅读更多", "여기", "더 보기",
)))  # fmt: skip
"""Labels that tell nothing of where a link leads."""


def _telling_links(page: Page) -> list[Link]:
    return [link for link in page.links if link.in_main and link.text and link.url.startswith("http")]


def _has_links_in_text(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and len(_telling_links(page)) >= thresholds.NAMED_LINKS


@check(
    "link-text-generic",
    title="Links do not say where they lead",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="{count} of {links} links in the text say only “{text}” or the like.",
    source="https://developer.chrome.com/docs/lighthouse/seo/link-text",
    grade="B",
    applies=_has_links_in_text,
    owner="editor",
)
def link_text_generic(page: Page, context: Context) -> Iterator[Said]:
    """Why: Readers skim links to see what a page is about; screen readers list them by themselves. “Here” tells nothing.

    Fix: Let the words of the link name what is behind it.

    Accept: Read without the text around it, each link says where it leads.
    """
    links = _telling_links(page)
    # A label beside it names the target to screen readers and search engines alike.
    silent = [one for one in links if squeezed(one.text) in SAY_NOTHING and squeezed(one.label) in SAY_NOTHING | {""}]
    share = len(silent) / len(links)
    if not thresholds.SILENT_LINKS.is_good(share):
        say = warn if thresholds.SILENT_LINKS.is_fair(share) else fail
        yield say(count=len(silent), links=len(links), text=cut(silent[0].text, 60))


CHAT_NUMBER = re.compile(
    r"^https?://(?:wa\.me/|(?:api|web|www)\.whatsapp\.com/send/?\?(?:[^#]*&)?phone=)(?P<number>(?:\+|%2B|%20)*\d[\d\s().+%-]*)",
    re.IGNORECASE,
)


@check(
    "messenger-link",
    title="The WhatsApp link has a number that cannot be called",
    tactic=Tactic.T7,
    severity=Severity.MEDIUM,
    says="The WhatsApp link {url} has a number that begins with 0: the country's code is missing.",
    warns="The WhatsApp link {url} holds signs besides digits, which not every telephone takes.",
    causes={"short": "The WhatsApp link {url} has a number of {digits} digits, too few for one with a country's code."},
    source="https://faq.whatsapp.com/5913398998672934",
    source_name="WhatsApp, click to chat",
    grade="A",
    platforms=("whatsapp",),
    applies=readable,
    owner="editor",
)
def messenger_link(page: Page, context: Context) -> Iterator[Said]:
    """Why: People who tap the link want to write to you, and meet a message that this number is not on WhatsApp.

    Fix: Write the number with the country's code and digits alone, as in https://wa.me/4930123456.

    Accept: The link opens a chat with you.
    """
    numbers = [
        (link.raw_href or link.url, found["number"])
        for link in page.links
        if (found := CHAT_NUMBER.match((link.raw_href or link.url).strip()))
    ]
    if not numbers:
        yield NOT_APPLICABLE
        return
    for url, number in numbers:
        digits = re.sub(r"\D", "", number.replace("%20", "").replace("%2B", "").replace("%2b", ""))
        if digits.startswith("0") and not number.startswith(("+", "%2")):
            yield fail(url=cut(url), digits=len(digits))
        elif len(digits) < thresholds.CHAT_DIGITS:
            yield fail(cause="short", url=cut(url), digits=len(digits))
        elif number.removeprefix("+") != digits:
            # WhatsApp asks for digits alone; a plus before them opens the same chat.
            yield warn(url=cut(url), digits=len(digits))
        else:
            continue
        return


def _has_several_feeds(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and sum(feed.declared for feed in page.feeds) > 1


@check(
    "feed-names",
    title="Feeds cannot be told apart",
    tactic=Tactic.T2,
    severity=Severity.LOW,
    says="{count} of the {feeds} feeds that the page declares are called “{title}”.",
    causes={"nameless": "{count} of the {feeds} feeds that the page declares have no title."},
    source="https://www.rssboard.org/rss-autodiscovery",
    grade="A",
    platforms=("feed-reader",),
    applies=_has_several_feeds,
)
def feed_names(page: Page, context: Context) -> Iterator[Said]:
    """Why: A feed reader shows the titles and lets people choose. Among equal names they take the wrong one, or none.

    Fix: Give each rel=alternate link of a feed a title of its own: articles, comments, podcast …

    Accept: No two feeds that a page declares bear one title.
    """
    # Two formats of one feed may share its name.
    named = {(feed.type, feed.url): squeezed(feed.title or "") for feed in page.feeds if feed.declared}
    counted = Counter((kind, title) for (kind, _), title in named.items())
    (kind, title), count = counted.most_common(1)[0]
    if count < 2:
        return
    if title:
        written = next(feed.title for feed in page.feeds if feed.type == kind and squeezed(feed.title or "") == title)
        yield warn(count=count, feeds=len(named), title=cut(written or "", 80))
    else:
        yield warn(cause="nameless", count=count, feeds=len(named))

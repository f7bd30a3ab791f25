"""Title and description of the card: are they there, and do they say something in the room they have?"""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, host_of
from smocrawl.checks.applies import OBJECTS, shareable, shareable_but_home
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.measures import SEPARATOR, begins_with_name, is_name, site_names, width, without_name
from smocrawl.checks.wording import squeezed
from smocrawl.page import Kind, Page

TITLED_BY_SUBJECT = frozenset({*OBJECTS, Kind.FORUM})
"""Kinds whose title must say more than the name of a section, a person or a place."""


def _titled(page: Page, context: Context) -> bool:
    return shareable(page) and page.meta("og:title") is not None


def _titled_but_home(page: Page, context: Context) -> bool:
    return shareable_but_home(page) and page.meta("og:title") is not None


def _described(page: Page, context: Context) -> bool:
    return shareable(page) and page.meta("og:description") is not None


@check(
    "og-title",
    title="The page has no share title",
    tactic=Tactic.T3,
    severity=Severity.CRITICAL,
    says="The page offers no title for a card: no og:title, no headline in structured data, no page title.",
    warns="The page has no og:title; networks guess and take {place}: “{title}”.",
    source=sources.OPEN_GRAPH,
    grade="A",
    applies=shareable,
)
def og_title(page: Page, context: Context) -> Iterator[Said]:
    """Why: The title is the one line of a card that every network shows. Without og:title each one guesses.

    Fix: Add <meta property="og:title" content="…"> with the headline as it should be shared.

    Accept: og:title holds the headline of the page.
    """
    if page.meta("og:title"):
        return
    headline = next((text for entity in page.entities if (text := entity.text("headline"))), None)
    if headline:
        yield warn(place="headline", title=cut(headline))
    elif page.title:
        yield warn(place="<title>", title=cut(page.title))
    else:
        yield fail()


@check(
    "og-title-length",
    title="The share title is too short or too long",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The share title is {width} characters wide; {least} to {most} work on every network: “{title}”.",
    causes={
        "short": "The share title is too short with {width} characters; {least} to {most} tell enough: “{title}”.",
        "long": "The share title is too long with {width} characters; {least} to {most} work on every network: “{title}”.",
    },
    source=sources.X_MARKUP,
    source_name="X cuts at 70 characters, Misskey at 100",
    grade="A",
    platforms=("x", "mastodon", "linkedin", "whatsapp"),
    applies=_titled,
    owner="editor",
    effort="page",
)
def og_title_length(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks cut a long title without regard to its sense, and a short one gives nobody a reason to open it.

    Fix: Say what is in it for the reader within the first 60 characters.

    Accept: og:title is 20 to 70 characters wide, the site's name not counted.
    """
    names = site_names(page)
    title = page.meta("og:title") or ""
    if is_name(title, names):
        # og-title-brand says so; a home page may bear the site's name alone.
        yield NOT_APPLICABLE
        return
    bare = without_name(title, names)
    wide, limits = width(bare), thresholds.OG_TITLE_WIDTH
    if limits.is_good(wide):
        return
    is_section = page.kind not in TITLED_BY_SUBJECT and thresholds.OG_TITLE_NAME <= wide < limits.good_from
    say = warn if limits.is_fair(wide) or is_section else fail
    yield say(cause=limits.side(wide), width=wide, least=limits.good_from, most=limits.good_to, title=cut(bare))


def _ends_in_host(title: str, page: Page) -> bool:
    """The last part of the title is a label of the page's host: "Harbour Cooperative | LinkedIn"."""
    last = squeezed(SEPARATOR.split(title)[-1])
    return bool(last) and last in {squeezed(label) for label in host_of(page.url).split(".")[:-1]}


@check(
    "og-title-brand",
    title="The share title repeats the site's name",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The share title begins with the site's name, before the subject: “{title}”.",
    warns="The share title ends in the site's name, which the card shows anyway: “{title}”.",
    causes={"only": "The share title is nothing but the site's name: “{title}”."},
    source=sources.FACEBOOK_MARKUP,
    source_name="Meta: the title of your article without any branding such as your site name",
    grade="A",
    platforms=("facebook", "slack", "discord"),
    applies=_titled_but_home,
    revision=2,
)
def og_title_brand(page: Page, context: Context) -> Iterator[Said]:
    """Why: The card shows the site's name in a line of its own. In the title it takes the room of the subject.

    Fix: Leave the name out of og:title and put it into og:site_name.

    Accept: og:title does not begin or end with the site's name.
    """
    names = site_names(page)
    title = page.meta("og:title") or ""
    if not names:
        yield NOT_APPLICABLE
    elif is_name(title, names):
        yield fail(cause="only", title=cut(title))
    elif begins_with_name(title, names):
        # On the page of a company within a network its name is the subject, and the network's stands behind it.
        if not _ends_in_host(title, page):
            yield fail(title=cut(title))
    elif without_name(title, names) != title:
        yield warn(title=cut(title))


@check(
    "og-description",
    title="The page has no share description of its own",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="The page describes itself nowhere, so that networks take any words of it or none.",
    warns="The page has no og:description; networks may take the description for search engines: “{description}”.",
    causes={"same": "The share description only repeats the share title: “{description}”."},
    source=sources.OPEN_GRAPH,
    grade="A",
    platforms=("facebook", "linkedin", "x", "slack", "discord", "telegram", "mastodon"),
    applies=shareable,
    owner="editor",
)
def og_description(page: Page, context: Context) -> Iterator[Said]:
    """Why: The description is the second line of a card: the reason to open it. Without one the card is half empty.

    Fix: Write one or two sentences for people who see the link in a chat or a feed.

    Accept: og:description holds a text of its own, different from the title.
    """
    description, title = page.meta("og:description"), page.meta("og:title")
    fallback = page.meta("description")
    if description and title and squeezed(description) == squeezed(title) != "":
        yield fail(cause="same", description=cut(description))
    elif description:
        return
    elif fallback:
        yield warn(description=cut(fallback))
    else:
        yield fail()


@check(
    "og-description-length",
    title="The share description is too short or too long",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The share description is {width} characters wide; {least} to {most} are shown by most networks.",
    causes={
        "short": "The share description is too short with {width} characters; {least} to {most} tell enough.",
        "long": "The share description is too long with {width} characters; {least} to {most} are shown by most networks.",
    },
    source=sources.X_MARKUP,
    source_name="X takes 200 characters, Misskey 300, Discord about 350",
    grade="A",
    platforms=("x", "mastodon", "discord"),
    applies=_described,
    owner="editor",
    effort="page",
)
def og_description_length(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks cut long descriptions, and very long ones are mostly the whole text by mistake.

    Fix: Say it in 70 to 200 characters.

    Accept: og:description is 70 to 200 characters wide.
    """
    wide, limits = width(page.meta("og:description") or ""), thresholds.OG_DESCRIPTION_WIDTH
    if not limits.is_good(wide):
        say = warn if limits.is_fair(wide) else fail
        yield say(cause=limits.side(wide), width=wide, least=limits.good_from, most=limits.good_to)

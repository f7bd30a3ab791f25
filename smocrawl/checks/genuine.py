"""Genuine information: does the page keep what its card and its markup promise?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut, host_of, same_site
from smocrawl.checks.applies import NOWHERE, of_kind, readable, shareable
from smocrawl.checks.authors import shown_author, stated_authors
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.remembering import once_per_page
from smocrawl.checks.wording import WIDE, folded, likeness, script_of, telling_words
from smocrawl.page import NOT_MAIN, Area, Image, Kind, Page

HELPFUL = "https://developers.google.com/search/docs/fundamentals/creating-helpful-content"
DISCOVER = "https://developers.google.com/search/docs/appearance/google-discover"
AUTHORLESS_AUDIENCES = frozenset({"b2b", "local"})
"""Organisations speak with one voice; their news often has no author."""
FRAME = frozenset({Area.HEADER, Area.NAV, Area.ASIDE, Area.FOOTER})
DEMO_HOSTS = (
    "via.placeholder.com", "placehold.co", "placehold.it", "placekitten.com", "picsum.photos", "dummyimage.com",
    "loremflickr.com", "fillmurray.com", "example.com",
)  # fmt: skip
"""Hosts of pictures that theme authors use until the owner has his own."""
LEFTOVERS = ("lorem ipsum", "just another wordpress site", "sample page", "insert title here", "your company name")
"""What themes put into share tags; the same phrases in visible text are found by the reader of the page."""
ABOUT_FILLER = re.compile(
    r"\blorem[ -]ipsum\b(?! dolor)|\b(?:dummy|filler|sample|placeholder)[ -](?:text|content|copy)|blindtext|fülltext|typesetting",
    re.IGNORECASE,
)
SPECIMEN = re.compile(
    r"typograph|style[ -]?guide|\b(?:demo|theme|template|wireframe|mock-?up|specimen)s?\b", re.IGNORECASE
)
"""What pages say that show filler on purpose."""
LOGO = re.compile(r"(?:.*[_-])?(?:site)?logo(?:[-_.].*)?", re.IGNORECASE)
"""Names of files."""
LONGEST_NAME = 80
DASH = re.compile(r"\s[—–|]\s|:\s")
TOLD = 3
"""Words before a dash that make a headline by themselves; what is behind it may promise more than a card has room for."""
SEEN_FIRST = frozenset({"title", "h1", "description"})


def has_own_text(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and page.text.words >= thresholds.COMPARED_TEXT_WORDS and page.sharing.wall is None


def _described(page: Page, context: Context) -> bool:
    return has_own_text(page) and bool(page.meta("og:description", "description"))


def _titled(page: Page, context: Context) -> bool:
    return shareable(page) and bool(page.meta("og:title")) and page.sharing.wall is None


@check(
    "byline-visible",
    title="The article does not show who wrote it",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="Neither the page nor its markup names an author.",
    warns="Readers see no author near the headline; the markup says: {author}.",
    causes={"unsigned": "The article is not signed; for an organisation's news the name of a desk would do."},
    source=HELPFUL,
    source_name="Google Search: creating helpful content (“who” created it)",
    grade="C",
    applies=of_kind(Kind.ARTICLE),
    kinds=(Kind.ARTICLE,),
    platforms=("google-discover", "flipboard", "mastodon"),
    revision=4,
)
def byline_visible(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Readers trust, quote and follow people. An article that nobody signs is passed on less, and Flipboard,
    Google and Mastodon have no name to show.

    Fix: Print the author or the desk under the headline, linked to the author's page.

    Accept: The name of a person or team stands near the headline of the article.
    """
    if shown_author(page):
        return
    authors = stated_authors(page)
    if page.sharing.app_shell or not page.text.words:
        # Where we find no text at all, it is drawn by scripts.
        yield unmeasured(Reason.SCRIPT)
    elif authors:
        yield warn(author=cut(authors[0]))
    elif address := next((one.value for one in page.metas_of("article:author") if same_site(one.value, page.url)), ""):
        # The author's page on this site, as Open Graph wants it: the markup names somebody, readers do not see whom.
        yield warn(author=cut(address))
    elif context.audience.id in AUTHORLESS_AUDIENCES:
        yield warn(cause="unsigned")
    else:
        yield fail()


@check(
    "content-depth",
    title="The page has little text",
    tactic=Tactic.T4,
    severity=Severity.LOW,
    says="The main text has {words} words; readers who come from a share expect more.",
    source=HELPFUL,
    source_name="Google Search: creating helpful content",
    grade="D",
    applies=of_kind(Kind.ARTICLE, Kind.DOCS),
    kinds=(Kind.ARTICLE, Kind.DOCS),
    platforms=(),
    owner="editor",
    effort="editorial",
    revision=3,
)
def content_depth(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A reader who follows a link and finds three sentences feels cheated and does not pass it on.

    Fix: Add what a reader would ask next, or merge several thin pages into one.

    Accept: The main text has at least 300 words, or pictures or a video carry the page.
    """
    wanted, words = thresholds.MAIN_TEXT_WORDS, page.text.words
    if wanted.is_good(words):
        return
    if page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
    elif page.truncated or page.sharing.wall or _is_carried_by_media(page) or _is_doubtful(page):
        yield NOT_APPLICABLE
    elif any(one.is_a("Recipe") and one.parent not in NOT_MAIN for one in page.entities):
        # A good recipe is short.
        yield NOT_APPLICABLE
    else:
        # A page of a manual may be short on purpose.
        is_minor = wanted.is_fair(words) or page.kind is Kind.DOCS
        yield warn(words=words) if is_minor else fail(words=words)


def _is_carried_by_media(page: Page) -> bool:
    """A gallery, comic, recording or film, for which words are captions."""
    pictures = sum(_is_content(image) and image.area is Area.MAIN for image in page.images)
    return (
        pictures >= thresholds.RICH_PICTURES
        or any(embed.in_main for embed in page.embeds)
        or page.sharing.player
        or page.has_entity("VideoObject", "AudioObject", "PodcastEpisode", "ImageGallery")
    )


def _is_doubtful(page: Page) -> bool:
    """Much of the page's prose stands outside what was taken for its main text."""
    return page.text.paragraph_share < thresholds.TRUSTED_PARAGRAPHS


@check(
    "description-honest",
    title="The description speaks of something else",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="Of the telling words in the description only {share} % occur on the page: “{description}”",
    source=DISCOVER,
    source_name="Google Discover: no misleading previews",
    grade="D",
    applies=_described,
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.LANDING),
    owner="editor",
    effort="editorial",
    revision=2,
)
def description_honest(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: The description is what people read before they click. The slogan of the site, or the text of another page,
    promises something that the page does not keep.

    Fix: Write one or two sentences that say what this page says; do not print the site's slogan on every page.

    Accept: Three in ten of the description's telling words, or more, occur in title, headings or text of the page.
    """
    description = page.meta("og:description", "description") or ""
    promised = telling_words(description)
    if len(promised) < thresholds.DESCRIPTION_WORDS or script_of(description) != script_of(page.text.main):
        yield NOT_APPLICABLE
        return
    if _is_doubtful(page):
        # What is described may stand in the part that was not taken for the main text.
        yield NOT_APPLICABLE
        return
    wanted = thresholds.HONEST_DESCRIPTION
    whole = _all_text(page)
    # Most descriptions keep their promise letter by letter, and a long text is folded slowly.
    if wanted.is_good(_share(promised, whole)):
        return
    share = _share(promised, folded(whole))
    if wanted.is_fair(share) and WIDE.search(description):
        # Without blanks only pairs of letters can be compared: a true summary in other words shares fewer of them.
        return
    if not wanted.is_good(share):
        say = warn if wanted.is_fair(share) else fail
        yield say(share=round(share * 100), description=cut(description))


def _share(promised: set[str], text: str) -> float:
    """Of the words, those that begin anywhere in *text*, in the middle of a word as well: German puts words together."""
    return sum(beginning in text for beginning in promised) / len(promised)


def _all_text(page: Page) -> str:
    """The main text with headings, links and picture texts: near to all that is visible."""
    pieces = [page.title or "", page.text.main]
    pieces += [heading.text for heading in page.headings]
    pieces += [link.label for link in page.links]
    pieces += [image.alt or "" for image in page.images]
    return " ".join(pieces)


@check(
    "title-honest",
    title="The share title and the headline say different things",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The card is titled “{title}”, the page “{headline}”.",
    source=DISCOVER,
    source_name="Google Discover: no misleading titles",
    grade="D",
    applies=_titled,
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    owner="editor",
    effort="editorial",
    revision=2,
)
def title_honest(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: People who click one headline and land on another think that they are in the wrong place, or that they were
    baited.

    Fix: Let og:title say the same as the headline; a shorter form is fine.

    Accept: og:title and the headline share at least a quarter of their words.
    """
    title = page.meta("og:title") or ""
    entity = page.main_entity
    headlines = [heading.text for heading in page.headings if heading.level == 1 and heading.text]
    headlines += [
        part for one in headlines if len((part := DASH.split(one, maxsplit=1)[0]).split()) >= TOLD < len(one.split())
    ]
    headlines += [said for said in (page.title, entity and (entity.text("headline") or entity.text("name"))) if said]
    # A number in the place of a headline is the id of a post.
    headlines = [said for said in headlines if any(map(str.isalpha, said))]
    if not headlines:
        yield NOT_APPLICABLE
        return
    near, headline = max((likeness(title, one), one) for one in headlines)
    wanted = thresholds.HONEST_TITLE
    if not wanted.is_good(near):
        say = warn if wanted.is_fair(near) else fail
        yield say(title=cut(title), headline=cut(headline), likeness=round(near, 2))


def _has_pictures(page: Page, context: Context) -> bool:
    return readable(page) and bool(_content(page))


@once_per_page
def _content(page: Page) -> tuple[Image, ...]:
    return tuple(filter(_is_content, page.images))


def _is_content(image: Image) -> bool:
    # A data: address is the blank that stands in until a script loads the picture.
    if image.area in FRAME or not image.src or image.src.startswith("data:"):
        return False
    if LOGO.fullmatch(image.src.rpartition("/")[2][:LONGEST_NAME]):
        # The site's own sign is furniture wherever a template puts it.
        return False
    return all(side is None or side > thresholds.PIXEL_SIZE for side in (image.width, image.height))


@check(
    "content-image-alt",
    title="Pictures have no text alternative",
    tactic=Tactic.T4,
    severity=Severity.LOW,
    says="Pictures outside menus and page furniture lack an alt attribute ({without} of {pictures}), the first is {first}.",
    source="https://developer.chrome.com/docs/lighthouse/accessibility/image-alt",
    source_name="Lighthouse: image-alt",
    grade="B",
    applies=_has_pictures,
    platforms=("pinterest", "google-discover"),
    owner="editor",
    effort="editorial",
    revision=5,
)
def content_image_alt(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Blind readers hear nothing where the picture stands, and Pinterest and search engines take the picture's
    subject from this text when somebody saves it.

    Fix: Describe each picture in its alt attribute; leave it empty (alt="") for mere decoration.

    Accept: At least 95 % of the pictures in the content carry an alt attribute.
    """
    # Nobody, blind or not, is shown a hidden one.
    pictures = [image for image in _content(page) if not image.hidden]
    if not pictures:
        yield NOT_APPLICABLE
        return
    bare = [image for image in pictures if image.alt is None]
    wanted, share = thresholds.PICTURES_WITH_ALT, 1 - len(bare) / len(pictures)
    if not wanted.is_good(share):
        say = warn if wanted.is_fair(share) else fail
        yield say(without=len(bare), pictures=len(pictures), first=cut(bare[0].src))


@check(
    "placeholder-text",
    title="Placeholder text was left on the page",
    tactic=Tactic.T4,
    severity=Severity.HIGH,
    says="“{phrase}” still stands in the page's {place}.",
    warns="“{phrase}” still stands in the page ({place}).",
    causes={"picture": "The share image comes from a host of sample pictures: {phrase}"},
    source="https://developer.wordpress.org/themes/releasing-your-theme/",
    source_name="Our judgement; phrases of WordPress and common themes",
    grade="D",
    applies=readable,
    owner="editor",
    effort="editorial",
    revision=2,
)
def placeholder_text(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Filler text in a card or headline tells everybody that the site is not finished, and it is what people
    quote.

    Fix: Replace the text; look in the settings of the theme and the plugin for its default title and description.

    Accept: None of the phrases stands in title, headline, description or share tags.
    """
    found = [*_share_leftovers(page), *page.text.placeholder]
    shown = next((one for one in found if one[1] in SEEN_FIRST or one[1].startswith("og:")), None)
    hidden = next((one for one in found if one[1] in ("hidden", "footer")), None)
    if shown is not None and not _is_about(page, shown):
        more: dict[str, Any] = {"cause": "picture"} if shown[1] == "og:image" else {}
        yield fail(phrase=cut(shown[0]), place=shown[1], **more)
    elif hidden is not None and not _is_about(page, hidden):
        yield warn(phrase=cut(hidden[0]), place=hidden[1])
    elif (filler := [one for one in found if one[1] == "paragraph"]) and not _shows_filler(page, len(filler)):
        yield warn(phrase=cut(filler[0][0]), place="text")


def _share_leftovers(page: Page) -> Iterator[tuple[str, str]]:
    for key in ("og:title", "og:description"):
        value = (page.meta(key) or "").lower()
        yield from ((phrase, key) for phrase in LEFTOVERS if phrase in value)
    picture = page.meta("og:image") or ""
    host = host_of(picture)
    if any(host == demo or host.endswith(f".{demo}") for demo in DEMO_HOSTS) and host != host_of(page.url):
        yield picture, "og:image"


def _shows_filler(page: Page, paragraphs: int) -> bool:
    """One paragraph may be a specimen; more are one where the page says in its own words that they are."""
    named = " ".join((page.title or "", page.h1 or "", unquote(urlsplit(page.url).path)))
    about = ABOUT_FILLER.search(f"{named} {page.meta('description') or ''} {page.text.main}") or SPECIMEN.search(named)
    return paragraphs < thresholds.FILLER_PARAGRAPHS or about is not None


def _is_about(page: Page, found: tuple[str, str]) -> bool:
    """A page about the phrase: it stands in its address or several times in its text."""
    phrase = found[0].lower()
    slug = urlsplit(page.url).path.lower().replace("-", " ").replace("_", " ")
    return phrase.strip(" !:") in slug or page.text.main.lower().count(phrase) > 2

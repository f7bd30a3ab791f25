"""Every number by which the checks judge, each with what it stands on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from attrs import frozen

from smocrawl.checks.remembering import forget


@frozen
class Range:
    """A span that passes, inside a wider one that warns; outside it fails."""

    good_from: float
    good_to: float
    fair_from: float
    fair_to: float

    def is_good(self, value: float) -> bool:
        return self.good_from <= value <= self.good_to

    def is_fair(self, value: float) -> bool:
        return self.fair_from <= value <= self.fair_to

    def side(self, value: float) -> str:
        """On which side of the good span *value* lies: short or long."""
        return "short" if value < self.good_from else "long"


Threshold = float | Range | tuple[int, int]
"""One number, a span, or the width and height of a picture in pixels."""


def all_thresholds() -> Mapping[str, Threshold]:
    """Every number of this module by its name in lower case, as a client's file names it."""
    return {
        name.lower(): value
        for name, value in globals().items()
        if name.isupper() and isinstance(value, int | float | Range | tuple)
    }


@contextlib.contextmanager
def changed(values: Mapping[str, Threshold]) -> Iterator[None]:
    """With a client's own numbers in place of some of ours.  One page is judged at a time, in each process."""
    if not values:
        yield
        return
    ours = {name.upper(): globals()[name.upper()] for name in values}
    globals().update({name.upper(): value for name, value in values.items()})
    forget()
    try:
        yield
    finally:
        globals().update(ours)
        forget()


# -- genuine information ------------------------------------------------------------------------

ARTICLE_FAIR = 4
"""Of the six article properties, so many are fair and all six are good."""
ARTICLE_IMAGE_AREA = 50_000
"""Pixels, width times height, below which Google shows no picture for an article."""
VIDEO_EXTRAS = 2
"""Recommended video properties besides the required ones."""
MAIN_TEXT_WORDS = Range(300, 10**9, 150, 10**9)
"""Words of an article's or manual page's main text."""
TRUSTED_PARAGRAPHS = 0.5
"""Share of the page's paragraphs that the main text must hold before it is called short."""
RICH_PICTURES = 5
"""Pictures from which a short text counts as a gallery or comic."""
FILLER_PARAGRAPHS = 2
"""Paragraphs of filler from which on a text was left unfinished; a single one may be a specimen."""
HONEST_DESCRIPTION = Range(0.3, 1, 0.2, 1)
"""Share of the description's telling words that the page itself uses; a true summary in other words shares a third."""
DESCRIPTION_WORDS = 5
"""Telling words a description must have to be compared."""
COMPARED_TEXT_WORDS = 50
"""Words of the main text below which nothing is compared with it."""
HONEST_TITLE = Range(0.25, 1, 0.1, 1)
"""Likeness of the share title and the nearest headline: titles for networks are often worded anew."""
PICTURES_WITH_ALT = Range(0.95, 1, 0.7, 1)
PIXEL_SIZE = 2
"""Pictures no wider or higher are counters, not content."""
PRICE_SLACK = 0.005
"""Prices nearer than half a cent are equal."""
TAX = Range(1.04, 1.28, 1.04, 1.28)
"""Ratio of two prices that differ by sales tax alone (Luxembourg's reduced rate to Hungary's 27 %)."""

# -- credit -------------------------------------------------------------------------------------

COUNTED_COMMENTS = 3
"""Visible comments from which they should be marked up."""
COUNTED_COMMENT_LINKS = 3
"""Outside links in comments below which their rel is chance."""
MARKED_COMMENT_LINKS = Range(0.95, 1, 0.5, 1)

# -- dates --------------------------------------------------------------------------------------

DATE_GAP_HOURS = Range(0, 24, 0, 7 * 24)
"""Hours by which two statements of one date may differ: time zones explain a day."""
REVERSED_HOURS = Range(0, 24, 0, 30 * 24)
"""Hours by which "modified" may precede "published": scheduled posts are saved before."""
FUTURE_HOURS = 24
EXPIRED_HOURS = Range(0, 0, 0, 7 * 24)
FIRST_WEB_YEAR = 1971
"""Dates before are an empty field of a computer's clock, which begins in 1970."""
STALE_FROM_MONTH = 4
"""Month from which last year's number in a title looks old."""

# -- networks, audience, originality --------------------------------------------------------------

MISDIRECTED_ICONS = 2
"""Share icons that follow, or follow icons that share, from which it is no slip."""
FITTING_NETWORKS = 2
"""Offered share networks that the audience should use, and how many others may stand beside them."""
DETECTION_WORDS = 200
"""Words of main text below which its language is not guessed against the page's word."""
MIXED_PAIRS = 50
"""Different pairs of Chinese, Japanese or Korean letters from which a text is no Western one."""
TRANSLATED_WORDS = 5
"""Words of a share text from which its script tells whether it was translated."""
REUSED_IMAGE = 3
"""Content pages that share one picture before it counts as the default."""

# -- addresses and links ------------------------------------------------------------------------

REDIRECTS = Range(0, 1, 0, 2)
"""Hops to a page: Lemmy follows one."""
SOFT_404_WORDS = 120
"""Words below which a page called "not found" is an error page that is answered with 200."""
BLANK_WORDS = 5
"""Words below which a page without title, description and picture holds nothing."""
HASH_ROUTES = 2
"""Different addresses behind ``#`` from which the site is built that way."""
PLAIN_LINKS = Range(0, 0, 0, 10**9)
"""Links within the site by http: redirects mend them, so they never fail."""
NAMED_LINKS = 5
"""Links of a text below which their words are chance."""
SILENT_LINKS = Range(0, 0.2, 0, 0.5)
"""Share of a text's links that say "here"."""
CHAT_DIGITS = 8
"""Digits of the shortest numbers with a country's code (ITU-T E.164; Niue: 683 and four; few have less than eight)."""
BROKEN_OUTBOUND = Range(0, 0, 0, 2)
"""Links of a text to pages of others that are gone."""
BROKEN_OUTBOUND_SHARE = 0.1
"""The share of them from which two are too many."""
BROKEN_EMBEDS = Range(0, 0, 0, 1)
INLINKS = Range(3, 10**9, 1, 10**9)
SMALL_SITE_PAGES = 4
"""Content pages up to which three others cannot link to each."""
CLICKS = Range(0, 3, 0, 4)
"""Clicks from the home page: trade habit, our judgement."""
CITED_WORDS = 600
"""Words from which a text should name its sources."""
CITED_SITES = 1
CITED_SITES_STRICT = 2
"""The same for news, business and developer audiences, who check."""
SPONSORED_WORTH = 0.5
"""What a paid link counts as a source."""
ANCHORED_WORDS = 1000
ANCHORED_HEADINGS = 3
"""Length and subheadings from which people link to a passage."""
ANCHORED = Range(0.8, 1, 0.8, 1)
RELATED = Range(3, 10**9, 1, 10**9)
CRUMBS = 2
"""Items from which a breadcrumb trail says something."""
DEEP = 3
"""Folders from which a trail helps."""

# -- titles and tags ----------------------------------------------------------------------------

TITLE_WIDTH = Range(15, 65, 5, 120)
"""Characters of ``<title>``: cards cut at 70 (X) to 100 (Misskey)."""
TAGS = Range(2, 10, 1, 15)
READER_SHARE = Range(0.6, 1, 0.3, 1)
"""Share of the paragraphs that a reading view keeps."""
READER_LOST_WORDS = 250
"""Words outside the main block that need no content: footers and notices have as many."""
READER_WORDS = 120
"""Words of main text below which there is little to read, or our own reading went wrong."""

# -- share tags ---------------------------------------------------------------------------------

TAGS_BY_BYTE = Range(0, 100_000, 0, 300_000)
"""WhatsApp reads the first 300 kB of a page."""
TAGS_LOST_BYTE = 1_000_000
"""Where Facebook, Mastodon and Lemmy stop as well."""
LATENCY = Range(0, 1.0, 0, 3.0)
"""Seconds: Facebook asks for "a few", Discord waits about 5."""
WALL_WORDS = 120
"""Words below which a wall stands instead of the page and not before it."""
OG_TITLE_WIDTH = Range(20, 70, 10, 100)
OG_TITLE_NAME = 4
"""Characters of a title that is a section's name."""
OG_DESCRIPTION_WIDTH = Range(70, 200, 20, 500)
SHOUTED_WORDS = 3
SHOUTED_LETTERS = 4
"""Words of a title, and letters of each: shorter ones are abbreviations."""
BROKEN_LETTERS = 5
"""Signs of a wrong encoding in the text from which it is the page that broke; an article about them shows a few."""
SITE_NAME_WIDTH = 40
LIKENESS = 0.4
"""Likeness of two texts below which they speak of different things."""

# -- share image --------------------------------------------------------------------------------

IMAGE_REDIRECTS = 0
IMAGE_WIDE = (1200, 600)
"""Pixels of a large card: 1200×630 (Facebook), 1200×627 (LinkedIn) and 1200×600 (X) all pass."""
IMAGE_FAIR = (600, 315)
"""Below it Facebook draws a small card."""
IMAGE_LEAST = (200, 200)
"""Below it Facebook draws none."""
IMAGE_LARGEST = 4096
"""Pixels a side beyond which X refuses it."""
IMAGE_RATIO = Range(1.75, 2.05, 1.0, 2.6)
IMAGE_BYTES = Range(0, 300_000, 0, 600_000)
"""WhatsApp refuses beyond 600 kB and was seen to refuse from 300 kB."""
IMAGE_LOST_BYTES = 5_000_000
"""Where X and LinkedIn refuse."""
DECLARED_SLACK = 0.05
ALT_WIDTH = Range(5, 420, 1, 10**9)
"""Characters: X takes 420."""
LASTING_DAYS = 365
"""An address that ends later than that is as good as permanent."""
LANDSCAPE = 1.2
"""Width to height from which a picture is wide enough for a large card."""
LARGE_CARD_LEAST = (300, 157)
"""Pixels below which X draws no large card."""
PIN_TALL = (1000, 1500)
"""The 2:3 picture that Pinterest asks for."""
PIN_TALL_RATIO = 0.75
"""Width to height up to which a picture counts as tall."""
PIN_WIDTH = 600
PIN_ICON = 100
"""Pictures no wider or higher are icons and portraits, which nobody pins."""
CONTENT_IMAGE_WIDTH = Range(1200, 10**9, 800, 10**9)
"""Google Discover asks for 1200."""

# -- sharing controls ---------------------------------------------------------------------------

NAMED_ICONS = Range(1, 1, 0.8, 1)
"""Share of the share and follow icons that have a name for screen readers."""
SHARE_VENDORS = Range(0, 0, 0, 1)
"""Companies whose share scripts a page loads."""

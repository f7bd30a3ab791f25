"""What one platform draws for one response, read the way that platform reads it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from smocrawl.extract import read_page
from smocrawl.extract.charsets import believed
from smocrawl.extract.files.images import read_image_head
from smocrawl.extract.files.oembed import OEmbedFacts, read_oembed
from smocrawl.extract.head.leads import only_frame, plain_frame
from smocrawl.extract.head.metas import media_type
from smocrawl.page import Page
from smocrawl.platforms.base import Card, ImageFacts, Nothing
from smocrawl.platforms.preview import draw
from smocrawl.platforms.reading import OEmbed, Reading, Resources
from smocrawl.registry import all_platforms

USUAL = Reading().charset
"""The order of the browsers, which the reader of pages follows by itself."""
LONGEST_TYPE = 100
"""Characters; a longer Content-Type is none that a client reads."""
DIGITS = 10
"""More digits are no sensible Content-Length."""

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body of one response."""


def preview(  # noqa: PLR0917 - the public contract, as one calls it
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Card | None:
    """The card that *platform* draws; None = it draws nothing, see :func:`why_nothing`."""
    drawn = drawing(platform, url, body, headers, status, resources)
    return drawn if isinstance(drawn, Card) else None


def why_nothing(  # noqa: PLR0917 - the public contract, as one calls it
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Nothing | None:
    """Why *platform* draws no card; None = it draws one."""
    drawn = drawing(platform, url, body, headers, status, resources)
    return drawn if isinstance(drawn, Nothing) else None


def drawing(  # noqa: PLR0917 - the public contract, as one calls it
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Card | Nothing:
    """The card, or why there is none."""
    known = all_platforms()
    if platform not in known:
        raise ValueError(f"No platform is called {platform!r}; there are {', '.join(known)}.")
    wanted = known[platform]
    served = Served(resources or {})
    page = as_read(wanted.reading, url, body, headers or {}, status)
    return draw(wanted, page, images=served.images(), resources=served)


def as_read(reading: Reading, url: str, body: bytes, headers: Mapping[str, str], status: int) -> Page:
    """The page as a platform reads it: its first bytes only, in the charset it believes in."""
    seen = body if reading.refuses_longer else body[: reading.bytes_most]
    charset = None
    if reading.charset != USUAL:
        charset = believed(seen, _header(headers, "content-type"), reading.charset, must_fit=reading.charset_must_fit)
    return read_page(url, seen, headers=headers, status=status, encoding=charset)


@frozen
class Served(Resources):
    """Resources that lie in memory."""

    answers: Mapping[str, Answer] = field(factory=dict)

    def images(self) -> dict[str, ImageFacts]:
        """Facts of everything that may be a picture; what nobody asks for costs its first bytes only."""
        return {url: image_facts(url, *answer) for url, answer in self.answers.items()}

    def oembed(self, url: str) -> OEmbed | None:
        status, headers, body = self.answers.get(url, (404, {}, b""))
        if status != 200:
            return None
        declared = _header(headers, "content-type")
        return as_answer(read_oembed(body, declared), media_type(declared) if len(declared) <= LONGEST_TYPE else None)

    def page(self, url: str, reading: Reading) -> Page | None:
        status, headers, body = self.answers.get(url, (404, {}, b""))
        return as_read(reading, url, body, headers, status) if status == 200 else None

    def reachable(self, url: str) -> bool:
        return url in self.answers and 200 <= self.answers[url][0] < 300


def as_answer(said: OEmbedFacts, kind: str | None = None) -> OEmbed | None:
    """What cards use of an oEmbed answer of that media type; None = it cannot be read."""
    if said.trouble:
        return None
    frame = only_frame(said.html) if said.html else None
    return OEmbed(
        type=said.type or "",
        media_type=kind,
        version=said.version,
        version_is_text=said.version_is_text,
        title=said.title,
        author=said.author_name,
        author_url=said.author_url,
        provider=said.provider_name,
        provider_url=said.provider_url,
        url=said.url,
        html=said.html,
        frame=frame.address if frame else None,
        frame_height=frame.height if frame else None,
        plain_frame=plain_frame(said.html) if said.html else None,
        missing=said.missing,
        thumbnail=said.thumbnail_url,
        width=said.width,
        height=said.height,
    )


def image_facts(url: str, status: int, headers: Mapping[str, str], body: bytes) -> ImageFacts:
    """What one answer shows of a picture."""
    head = read_image_head(body)
    declared = _header(headers, "content-type")
    length = _header(headers, "content-length")
    named = int(length) if length.isascii() and length.isdigit() and len(length) <= DIGITS else None
    return ImageFacts(
        url=url,
        status=status,
        type=head.type,
        declared_type=media_type(declared) if len(declared) <= LONGEST_TYPE else None,
        size=len(body) if named is None else named,
        width=head.width,
        height=head.height,
        animated=head.animated,
        names_size=named is not None,
    )


def _header(headers: Mapping[str, str], wanted: str) -> str:
    return next((value or "" for name, value in headers.items() if name.lower() == wanted), "")

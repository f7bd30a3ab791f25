"""What passes between the browser, which asks, and the downloader, which answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from attrs import field, frozen


class Denied(Exception):  # noqa: N818 - the word of the record
    """A request that the page must do without; the text is the reason."""


class NotWanted(Denied):
    """Of a kind that no rendering needs; not worth a record."""


@frozen(kw_only=True)
class Given:
    """An answer from outside, its redirects followed."""

    url: str
    status: int
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    """Lower-case names."""
    body: bytes = field(default=b"", repr=False)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Fetch = Callable[[str, str, Mapping[str, str]], Awaitable[Given]]
"""(URL, kind, headers) -> what came, or :class:`Denied`.  Kinds: document, script, fetch, xhr."""

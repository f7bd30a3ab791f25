"""Content codings undone under a limit: what fits is kept and marked, never thrown away with the page."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import brotli
from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = b"gzip, deflate, br, zstd"

MOST_CODINGS = 2
"""Codings on top of each other that are undone: servers stack two by mistake, bombs stack more."""

STEP = 256 * 1024

UNDECODABLE = "undecodable"
"""Flag of a response of which nothing could be unpacked."""

UNPACKED = {"page": 10 * 1024 * 1024, "sitemap": 24 * 1024 * 1024, "feed": 20 * 1024 * 1024}
"""Bytes after unpacking, by kind (sitemaps: as smocrawl.spiders.scheduler says; the largest page that any platform reads whole is 10 MB: Misskey, Matrix)."""

OTHERWISE = 5 * 1024 * 1024


class UnpackMiddleware:
    """In the place of Scrapy's HttpCompressionMiddleware, which loses a page that unpacks beyond DOWNLOAD_MAXSIZE."""

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        codings = [
            coding.strip().lower()
            for value in response.headers.getlist("Content-Encoding")
            for coding in value.decode("latin-1").split(",")
            if coding.strip() and coding.strip().lower() != "identity"
        ]
        if not codings or request.method == "HEAD" or not response.body:
            return response
        leased = request.meta.get("leased")
        limit = UNPACKED.get(leased.kind if leased else "page", OTHERWISE)
        body, whole = unpack(response.body, codings, limit)
        headers = response.headers.copy()
        headers["X-Smo-Coding"] = ",".join(codings)
        headers.pop("Content-Encoding", None)
        # The class of the response depends on the text type that the unpacked body shows.
        kind: Any = responsetypes.from_args(headers=headers, url=response.url, body=body[:4096])
        flags = list(response.flags) if whole else [*response.flags, "truncated"]
        if not body and not whole:
            flags.append(UNDECODABLE)
        unpacked: Response = response.replace(cls=kind, body=body, headers=headers, flags=flags)
        return unpacked


def unpack(body: bytes, codings: list[str], limit: int) -> tuple[bytes, bool]:
    """*body* with *codings* (as listed, the last one outermost) undone; whether it came out whole."""
    if len(codings) > MOST_CODINGS:
        return b"", False
    whole = True
    for coding in reversed(codings):
        undo = UNDO.get(coding)
        if undo is None:
            return b"", False
        body, complete = undo(body, limit)
        whole = whole and complete
    return body, whole


def _inflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    """gzip and deflate, with the zlib header or (as some servers send it) without."""
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        machine = zlib.decompressobj(window)
        found = bytearray()
        try:
            data = body
            while data and len(found) < limit and not machine.eof:
                found += machine.decompress(data, min(STEP, limit - len(found)))
                data = machine.unconsumed_tail
        except zlib.error:
            if not found:
                continue
            return bytes(found), False
        return bytes(found), machine.eof
    return b"", False


def _brotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    machine = brotli.Decompressor()
    found = bytearray()
    try:
        data = body
        while len(found) < limit and not machine.is_finished():
            piece = machine.process(data, output_buffer_limit=min(STEP, limit - len(found)))
            if not piece and not data:
                break
            found += piece
            data = b""
    except brotli.error:
        return bytes(found[:limit]), False
    return bytes(found[:limit]), machine.is_finished() and len(found) <= limit


def _zstd(body: bytes, limit: int) -> tuple[bytes, bool]:
    machine = zstd.ZstdDecompressor()
    found = bytearray()
    try:
        data = body
        while len(found) < limit and not machine.eof:
            piece = machine.decompress(data, max_length=min(STEP, limit - len(found)))
            data = b""
            if not piece and machine.needs_input:
                break
            found += piece
    except zstd.ZstdError:
        return bytes(found), False
    return bytes(found), machine.eof


UNDO: Mapping[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _inflate, "x-gzip": _inflate, "deflate": _inflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip

"""Bodies in every coding come out; bombs and broken streams give what fits, marked."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest

from smocrawl.network.unpacking import unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"<title>Words</title>" * 5_000
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
}


@pytest.mark.parametrize("coding", PACKED)
def test_whole(coding: str) -> None:
    assert unpack(PACKED[coding], [coding], 1_000_000) == (TEXT, True)


def test_deflate_without_its_header() -> None:
    assert unpack(RAW.compress(TEXT) + RAW.flush(), ["deflate"], 1_000_000) == (TEXT, True)


@pytest.mark.parametrize("coding", PACKED)
def test_a_bomb_is_cut_at_the_limit(coding: str) -> None:
    body, whole = unpack(PACKED[coding], [coding], 10_000)
    assert body == TEXT[:10_000]
    assert not whole


@pytest.mark.parametrize("coding", PACKED)
def test_a_broken_stream_gives_what_came(coding: str) -> None:
    packed = PACKED[coding]
    body, whole = unpack(packed[: len(packed) // 2], [coding], 1_000_000)
    assert TEXT.startswith(body)
    assert not whole
    assert unpack(b"no such thing", [coding], 100)[1] is False


def test_two_codings_are_undone_and_three_are_not() -> None:
    twice = gzip.compress(PACKED["br"])
    assert unpack(twice, ["br", "gzip"], 1_000_000) == (TEXT, True)
    assert unpack(gzip.compress(twice), ["br", "gzip", "gzip"], 1_000_000) == (b"", False)
    assert unpack(TEXT, ["shrunk"], 1_000_000) == (b"", False)

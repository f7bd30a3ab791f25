"""Near-duplicates by signature, and names of accounts that mean one."""

from __future__ import annotations

import pytest

from smocrawl.site.handles import alike, stem
from smocrawl.site.twins import clusters

BASE = 0x0123_4567_89AB_CDEF


def test_signatures_that_differ_in_three_bits_are_twins():
    signatures = [BASE, BASE ^ 0b111, BASE ^ (1 << 63), ~BASE & (2**64 - 1)]
    assert clusters([10, 11, 12, 13], signatures) == [[10, 11, 12]]


def test_four_bits_apart_are_different_texts():
    apart = BASE ^ (1 | 1 << 20 | 1 << 40 | 1 << 60)
    assert clusters([1, 2], [BASE, apart]) == []


def test_signed_signatures_are_the_same_bits():
    assert clusters([1, 2], [-1, 2**64 - 1]) == [[1, 2]]


def test_larger_clusters_come_first():
    other = BASE ^ 0xFFFF_FFFF
    assert clusters([1, 2, 3, 4, 5], [other, BASE, BASE, BASE, other]) == [[2, 3, 4], [1, 5]]


def test_no_pages_no_twins():
    assert clusters([], []) == []


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("Example", "example"),
        ("example_hq", "example"),
        ("Example.Official", "example"),
        ("@example@social.example", "example"),
        ("hq", "hq"),
        ("example-de", "example"),
    ],
)
def test_what_is_added_to_a_name_does_not_count(handle, name):
    assert stem(handle) == name


def test_a_name_that_was_taken_is_alike():
    assert alike("bookbinder", "bookbinderr")
    assert not alike("bookbinder", "printshop")

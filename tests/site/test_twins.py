"""Near-duplicates by signature, and names of accounts that mean one."""

from __future__ import annotations

import random
from itertools import combinations

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


def test_one_text_on_thousands_of_pages_is_one_cluster():
    pages = list(range(20_000))
    assert clusters(pages, [BASE, BASE ^ 1] * 10_000) == [pages]


@pytest.mark.parametrize("of_groups", [3, 40, 600])
def test_the_pairs_are_those_that_a_comparison_of_all_with_all_finds(of_groups):
    numbers = random.Random(of_groups)
    signatures = [
        numbers.getrandbits(64)
        if at % of_groups == 0
        else BASE ^ (at << 40) ^ numbers.choice([0, 1, 3, 7, 15, 1 << 63])
        for at in range(600)
    ]
    alike = {
        frozenset((a, b)) for a, b in combinations(range(600), 2) if (signatures[a] ^ signatures[b]).bit_count() <= 3
    }
    together = {page: group for group, pages in enumerate(clusters(range(600), signatures)) for page in pages}
    assert alike
    assert set(together) == set().union(*alike)
    assert all(together[a] == together[b] for a, b in map(tuple, alike))


def test_who_may_say_no_is_asked_of_each_pair():
    assert clusters([1, 2, 3], [BASE, BASE, BASE], alike=lambda left, right: 2 not in (left, right)) == [[1, 2]]


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

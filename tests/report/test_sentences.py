from __future__ import annotations

import pytest

from smocrawl.report.sentences import first_sentence, main_clause, parted


@pytest.mark.parametrize(
    ("said", "head", "rest"),
    [
        ("The page offers no picture for a card.", "The page offers no picture for a card", ""),
        ("The title is too short with 4 characters; it should have 15 to 65.",
         "The title is too short with 4 characters", "It should have 15 to 65."),
        ("og:url is no whole address (/): Open Graph asks for one with https:// and the host.",
         "og:url is no whole address (/)", "Open Graph asks for one with https:// and the host."),
        ("The share image is a stand-in that 60 pages use: https://mill.example/a.png",
         "The share image is a stand-in that 60 pages use", "https://mill.example/a.png"),
        ("The page has no title; og:title takes its place.", "The page has no title", "og:title takes its place."),
        ("Nothing follows: ", "Nothing follows", ""),
    ],
)  # fmt: skip
def test_what_was_found_is_parted_from_what_would_be_right(said, head, rest):
    assert parted(said) == (head, rest)


def test_a_long_sentence_is_cut_at_its_end_or_its_first_comma():
    assert first_sentence("One. Two. Three.") == "One."
    assert first_sentence("One") == "One"
    assert main_clause("It moves on to /shop/, by a refresh.") == "It moves on to /shop/"
    assert main_clause("It moves on.") == "It moves on"

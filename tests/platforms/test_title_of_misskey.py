"""Misskey takes the site's name, with the sign before it, off the end of a title."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smocrawl import preview
from smocrawl.platforms.misskey import _without


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Kettles - Larkfold", "Kettles"),
        ("Kettles|Larkfold", "Kettles"),
        ("Kettles ・Larkfold", "Kettles"),
        ("Tea: Kettles: Larkfold", "Tea: Kettles"),
        ("Kettles Larkfold", "Kettles Larkfold"),
        ("- Larkfold", "- Larkfold"),
        ("Larkfold - Kettles", "Larkfold - Kettles"),
    ],
)
def test_the_sites_name_goes_with_the_sign_before_it(title, left):
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Larkfold">'
    card = preview(
        "misskey", "https://larkfold.example/a", f"<title>x</title>{head}".encode(), {"content-type": "text/html"}
    )
    assert card.title == left


@given(st.text("a -|:\n\u3000", max_size=9), st.sampled_from(["a", "-", "a b"]))
def test_it_is_what_misskeys_own_expression_leaves(before, site):
    title = (before + site).strip()
    found = re.match(rf"(.+?)\s?[-|:・]\s?{re.escape(site)}\Z", title)
    assert _without(title, site) == (found[1] if found else title)

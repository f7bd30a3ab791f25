"""Main text, its measures, and the guess at its language."""

from __future__ import annotations

import re

import pytest

from smocrawl.extract import read_page
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.body.language import guess
from smocrawl.extract.body.signature import PIECE, simhash
from smocrawl.extract.body.signature import words as numbers_of

SENTENCE = "The quick brown fox jumps over the lazy dog while the others of the pack are watching it from the hill. "
PARAGRAPHS = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(5))


def read(body: str, head: str = "", url: str = "https://example.com/blog/post"):
    page = f"<!DOCTYPE html><html lang=en><head><title>T</title>{head}</head><body>{body}</body></html>"
    return read_page(url, page.encode(), headers={"content-type": "text/html; charset=utf-8"})


class TestMainText:
    def test_boilerplate_is_left_out(self):
        page = read(
            "<header><p>A header line that is long enough to be taken for prose by mistake.</p></header>"
            f'<div id=wrap><div class=content>{PARAGRAPHS}<div class="related-posts"><p>{SENTENCE}related</p></div></div>'
            f"<div class=sidebar><p>{SENTENCE}sidebar</p></div></div><div id=comments><p>{SENTENCE}comment</p></div>"
            "<footer><p>© 2019–2024 Example</p></footer>"
        )
        assert page.text.main.startswith("The quick brown fox")
        assert not {"related", "sidebar", "comment"} & set(page.text.main.split())
        assert page.text.words == 15 * 21
        assert 0.6 < page.text.paragraph_share < 1
        assert page.text.copyright_years == (2019, 2024)
        assert page.text.language == "en"

    def test_a_header_that_was_never_closed_does_not_swallow_the_page(self):
        page = read(f"<header><div class=bar><nav><a href=/>Home</a></nav></header><h1>T</h1><div>{PARAGRAPHS}</div>")
        assert page.text.words == 15 * 21
        assert "Home" not in page.text.main

    def test_a_form_around_the_whole_page_is_the_page(self):
        page = read(
            f"<form id=aspnetForm><header><a href=/>Home</a></header><div><h1>T</h1>{PARAGRAPHS}</div><footer>© Us</footer></form>"
        )
        assert page.text.words in (15 * 21, 15 * 21 + 1)
        assert not {"Home", "Us"} & set(page.text.main.split())

    def test_many_headlines_in_many_sidebars_are_gone_through_once(self, monkeypatch):
        steps, up = [], Survey.up

        def counted(survey, node):
            for around in up(survey, node):
                steps.append(around)
                yield around

        monkeypatch.setattr(Survey, "up", counted)
        read('<div class="sidebar"><article>' * 40 + f"<h1>T</h1><p>{SENTENCE}</p>" * 200)
        assert len(steps) < 3 * 200 * 2 * 40

    def test_a_column_with_the_article_is_no_sidebar_whatever_it_is_called(self):
        over = f'<div role="dialog">{PARAGRAPHS * 3}</div>'
        page = read(
            f'<div class="columns background_color_sidebar"><article><h1>T</h1><p>{SENTENCE * 2}</p></article></div>{over}'
        )
        assert page.text.words >= 2 * 21

    def test_a_few_words_in_the_head_of_a_page_are_its_head(self):
        page = read(f"<header><h1>T</h1><p>{SENTENCE}</p></header><img src=/a.jpg>")
        assert page.text.words == 0

    def test_what_lies_over_the_page_is_no_main_text(self):
        over = f'<div role="dialog" aria-hidden="true" class="pum"><div class="pum-content">{PARAGRAPHS.replace("quick", "popup")}</div></div>'
        page = read(f"<div class=content><h1>T</h1><p>{SENTENCE * 3}</p></div>{over}")
        assert page.text.words == 1 + 3 * 21
        assert "popup" not in page.text.main

    def test_the_banner_of_a_consent_tool_is_no_main_text(self):
        banner = f'<div class="cmplz-cookiebanner"><div class="cmplz-body">{PARAGRAPHS.replace("quick", "banner")}</div></div>'
        page = read(f"<div class=content><h1>T</h1><p>{SENTENCE * 3}</p></div>{banner}")
        assert page.text.words > 40
        assert "banner" not in page.text.main

    def test_a_telling_class_on_the_content_itself_does_not_hide_it(self):
        page = read(f'<article><h1>T</h1><div class="entry share"><p>{SENTENCE * 5}</p></div></article>')
        assert page.text.words > 100

    def test_a_short_post_with_that_class_is_read_beside_much_else(self):
        others = f"<aside><p>{SENTENCE * 2}</p></aside>"
        page = read(
            f'<article><h1>T</h1><div class="entry share"><p>{SENTENCE.replace("quick", "russet")}</p></div></article>{others}'
        )
        assert "russet" in page.text.main

    def test_an_article_of_related_posts_is_no_part_of_the_text(self):
        related = '<article class="posts related"><h2>Related posts</h2><article><h3><a href="/b">B</a></h3></article></article>'
        page = read(f"<main><h1>T</h1><h2 id=a>A</h2>{PARAGRAPHS}{related}</main>")
        assert [heading.text for heading in page.headings if heading.in_main] == ["T", "A"]

    def test_comments_longer_than_the_post_are_not_the_post(self):
        page = read(f"<article><h1>T</h1><p>{SENTENCE}</p></article><section id=comments>{PARAGRAPHS * 3}</section>")
        assert page.text.words == 22

    def test_no_text_at_all(self):
        text = read("<img src=a.jpg>").text
        assert (text.main, text.words, text.sha1, text.simhash, text.language) == ("", 0, "", 0, None)

    def test_hidden_text_and_scripts_are_not_read(self):
        page = read(f"{PARAGRAPHS}<p hidden>secret</p><p style='display: none'>secret</p><script>secret</script>")
        assert "secret" not in page.text.main

    def test_two_wide_characters_make_a_word(self):
        page = read(f"<article><p>{'日本語の文章です。' * 20}</p></article>")
        assert page.text.words == 160 // 2 + 20
        assert page.text.language == "ja"

    def test_prices_as_written(self):
        page = read("<main><h1>Chair</h1><p>Now 1.299,00 € instead of €1,499 or $ 12.50 (5 kg)</p></main>")
        assert page.text.visible_prices == ("1.299,00 €", "€1,499", "$ 12.50")


class TestPlaceholders:
    def test_where_they_stand(self):
        page = read(
            f"<h1>Hello world!</h1>{PARAGRAPHS}<p>Lorem ipsum dolor sit amet</p><p hidden>Lorem ipsum dolor</p>"
            "<footer>Just another WordPress site</footer>"
        )
        assert page.text.placeholder == (
            ("hello world!", "h1"),
            ("lorem ipsum dolor", "text"),
            ("lorem ipsum dolor", "hidden"),
            ("just another wordpress site", "footer"),
        )

    def test_code_and_talk_about_it_are_none(self):
        page = read(f"{PARAGRAPHS}<pre>lorem ipsum dolor // TODO: x</pre><p>Print hello world! with lorem ipsum.</p>")
        assert page.text.placeholder == ()


WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


class TestDigests:
    def test_equal_texts_have_equal_digests(self):
        first, second = read(f"<main>{PARAGRAPHS}</main>"), read(f"<nav>x</nav><article>{PARAGRAPHS.upper()}</article>")
        assert first.text.sha1 == second.text.sha1
        assert first.text.simhash == second.text.simhash

    def test_a_small_change_changes_few_bits(self):
        words = [f"word{number}" for number in range(400)]
        changed = [*words[:200], "other", *words[201:]]
        assert (simhash(" ".join(words)) ^ simhash(" ".join(changed))).bit_count() <= 6
        assert (simhash(" ".join(words)) ^ simhash(" ".join(reversed(words)))).bit_count() > 12

    def test_the_signature_is_the_same_in_every_process(self):
        assert simhash(" ".join(f"word{number}" for number in range(30))) == SIGNATURE

    def test_a_long_text_is_read_in_pieces(self):
        lines = " ".join(f"line{number}" for number in range(PIECE))
        words = f"{lines} {'語' * 2 * PIECE} {'letters' * PIECE}"
        assert len(numbers := numbers_of(words)) > 3 * PIECE
        assert len(set(numbers[:PIECE].tolist())) == PIECE
        assert set(numbers[PIECE : 3 * PIECE].tolist()) == {numbers[PIECE]}

    def test_a_word_is_what_the_pattern_of_words_finds(self):
        for text in ("Ada's first  byline,\nno_2 -- naïve 日本語 x", "", "  ", "語", "…", "½ cup of 𝒮 ﬁg"):
            found = WORD.findall(text)
            assert len(numbers := numbers_of(text).tolist()) == len(found)
            assert len(set(numbers)) == len(set(found))

    def test_a_letter_beyond_ascii_changes_one_word_only(self):
        plain = " ".join(f"word{number}" for number in range(300))
        for other in ("wörd7", "語"):
            assert 0 < (simhash(plain) ^ simhash(plain.replace("word7 ", f"{other} "))).bit_count() <= 6


SIGNATURE = 11297870562601281713


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das ist ein längerer Text, der in deutscher Sprache geschrieben ist und nicht in einer anderen. " * 3, "de"),
        ("C'est un texte assez long qui est écrit dans la langue française et pas dans une autre langue. " * 3, "fr"),
        ("Este es un texto bastante largo que está escrito en la lengua española y no en otra lengua. " * 3, "es"),
        (
            "Это довольно длинный текст, который написан на русском языке, а не на каком-то другом, как и все. " * 3,
            "ru",
        ),
        ("这是一段很长的中文文字，用来测试语言的判断是否正确。" * 8, "zh"),
        ("def main(): return foo(bar, baz) + qux[0] ** 2; print(xyz, abc, klm) " * 5, None),
        (
            "To je precej dolgo besedilo, ki je za ta preizkus napisano v slovenskem jeziku in se ne bere z lahkoto. "
            * 3,
            "sl",
        ),
        (
            "Toto je dosť dlhý text, ktorý je napísaný v slovenskom jazyku a nie je to text ako po česky, ale aj tak. "
            * 3,
            "sk",
        ),
        ("Too short.", None),
    ],
)
def test_language_guess(text, language):
    assert guess(text) == language
    # A letter that no western charset holds is no word of any language.
    assert guess(f"ș {text}") == language


@pytest.mark.parametrize("tag", ["header", "main", "article", "section", "x-page"])
def test_body_may_be_left_out(tag):
    page = read_page("https://example.com/", f"<title>T</title><{tag}><h1>H</h1>{PARAGRAPHS}</{tag}>".encode())
    assert page.h1 == "H"
    assert page.text.visible_words > 300


def test_the_opinions_of_a_plugin_are_no_main_text() -> None:
    """A carousel of customers' reviews may hold ten times the words of the page."""
    opinion = (
        "<div class='rplg-slider-review'><span class='rplg-review-text'>They helped me more than I can say here. " * 3
    )
    carousel = f"<div class='rplg-slider'>{(opinion + '</span></div>') * 40}</div>"
    own = "<p>" + "Our boats leave the harbour every evening at nine and arrive before breakfast. " * 12 + "</p>"
    page = read_page(
        "https://example.com/a", f"<body><div><h1>Boats</h1>{own}</div><div>{carousel}</div></body>".encode()
    )
    assert page.text.main.startswith("Boats") or page.text.main.startswith("Our boats")
    assert "They helped me" not in page.text.main

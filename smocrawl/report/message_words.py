"""A message in words: the subject, plain lines, and HTML for a mail."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.language import Language
from smocrawl.report.message import Entry, Message, Turned
from smocrawl.report.notes import in_words
from smocrawl.report.render import environment
from smocrawl.report.words import Words

SHOWN_REASONS = 5
"""Sentences on what was not seen."""


@frozen(kw_only=True)
class Block:
    """A heading with what stands under it."""

    heading: str
    entries: tuple[str, ...]


def subject(message: Message, language: Language) -> str:
    """``example.com: 71 of 100 for social sharing (+2.1)``."""
    _ = language.gettext
    name = safe.cut(message.name, 80)
    if message.score is None:
        return f"{name}: {_outcome(message, language)}"
    text = _("{name}: {score} of 100 for social sharing").format(name=name, score=language.number(message.score))
    return text if round(message.moved or 0, 1) == 0 else f"{text} ({language.signed(message.moved or 0, 1)})"


def _outcome(message: Message, language: Language) -> str:
    _ = language.gettext
    return {
        "nothing": _("nothing could be crawled"), "stopped": _("the crawl was stopped"),
        "failed": _("the crawl failed"),
    }.get(message.event, _("crawled, without a score"))  # fmt: skip


def lines(message: Message, language: Language, *, attached: bool = False, too_large: bool = False) -> Iterator[str]:
    """Plain text, without the subject."""
    yield from opening(message, language)
    for block in blocks(message, language):
        yield ""
        yield block.heading
        yield from (f"- {entry}" for entry in block.entries)
    if said := _where(message, language, attached=attached, too_large=too_large):
        yield ""
        yield said if not message.report_url else f"{said} {message.report_url}"


def opening(message: Message, language: Language) -> Iterator[str]:
    """When, how much, and the two scores."""
    _, date = language.gettext, language.date(message.started)
    if message.score is None:
        yield _("Crawl of {date}: {outcome}.").format(date=date, outcome=_outcome(message, language))
        if message.problem:
            yield safe.cut(in_words(message.problem, language))
        return
    pages = language.ngettext("{n} page was read", "{n} pages were read", message.pages)
    yield _("Crawl of {date}: {pages}.").format(date=date, pages=pages)
    grade = Words(language).grade(message.score)
    yield _("Score {score} of 100 ({grade}).").format(score=language.number(message.score), grade=grade) + _moved(
        message, language
    )
    if message.crosslinks is not None:
        yield _("Cross-links {score} of 100.").format(score=language.number(message.crosslinks))


def _moved(message: Message, language: Language) -> str:
    _ = language.gettext
    if message.before_started is None:
        return " " + _("This is the first crawl.")
    when = language.date(message.before_started)
    if message.moved is None:
        return " " + _("It cannot be compared with that of {date}.").format(date=when)
    number = language.number(abs(message.moved), 1)
    if number == language.number(0, 1):
        return " " + _("As on {date}.").format(date=when)
    text = _("{n} points more than on {date}.") if message.moved > 0 else _("{n} points less than on {date}.")
    return " " + text.format(n=number, date=when)


def blocks(message: Message, language: Language) -> Iterator[Block]:
    """What got worse, what is new, what was mended, what to mend next, what was not seen."""
    _ = language.gettext
    headings = {"regressed": _("Got worse"), "new": _("New faults"), "fixed": _("Mended")}
    for turn, heading in headings.items():
        turned = message.turned.get(turn)
        if turned and turned.total:
            yield Block(heading=f"{heading}: {language.number(turned.total)}", entries=tuple(_turned(turned, language)))
    if moved := tuple(_pages(message, language)):
        yield Block(heading=_("Pages"), entries=moved)
    if message.worst:
        yield Block(heading=_("Worth most now"), entries=tuple(_entry(one, language) for one in message.worst))
    if message.not_seen:
        sentences = tuple(safe.cut(in_words(one, language), 300) for one in message.not_seen[:SHOWN_REASONS])
        yield Block(heading=_("Good to know"), entries=sentences)


def _turned(turned: Turned, language: Language) -> Iterator[str]:
    for one in turned.first:
        yield _entry(one, language)
    named = sum(one.pages for one in turned.first)
    if turned.total > named:
        yield language.ngettext("and {n} more", "and {n} more", turned.total - named)


def _entry(one: Entry, language: Language) -> str:
    title = safe.cut(language.gettext(one.title), 160)
    if one.pages == 1 and one.example:
        return f"{title}: {safe.cut(one.example, 200)}"
    return f"{title}: {language.ngettext('{n} page', '{n} pages', one.pages)}" if one.pages > 1 else title


def _pages(message: Message, language: Language) -> Iterator[str]:
    if message.new_pages:
        yield language.ngettext("{n} new page", "{n} new pages", message.new_pages)
    if message.gone_pages:
        yield language.ngettext("{n} page is gone", "{n} pages are gone", message.gone_pages)
    if message.cards_changed:
        yield language.ngettext(
            "The card of {n} page changed: networks show the old one until they read it anew",
            "The cards of {n} pages changed: networks show the old ones until they read them anew", message.cards_changed,
        )  # fmt: skip


def _where(message: Message, language: Language, *, attached: bool, too_large: bool) -> str:
    _ = language.gettext
    if message.report_url:
        return _("The whole report:")
    if attached:
        return _("The whole report is attached.")
    return _("The whole report is too large for a mail; it was left out.") if too_large else ""


def html(message: Message, language: Language, *, attached: bool = False, too_large: bool = False) -> str:
    """The same for a mail program that shows HTML: no picture, no script, nothing from anywhere."""
    return environment(language).get_template("mail.html").render(
        language=language, subject=subject(message, language), opening=tuple(opening(message, language)),
        blocks=tuple(blocks(message, language)), url=safe.link(message.report_url),
        where=_where(message, language, attached=attached, too_large=too_large), moved=message.moved,
    )  # fmt: skip

"""What the markup says about sharing, talking back and following, apart from addresses of networks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body import names
from smocrawl.extract.body.blocks import Node, Survey
from smocrawl.extract.body.byline import read_byline
from smocrawl.extract.body.trail import is_trail
from smocrawl.extract.body.walls import LOADING, LONGEST_LOADING, read_wall
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.extract.social.topics import read_topics
from smocrawl.page import Area, Link, Sharing

MOST_TAGS = 50
MOST_COMMENTS = 10_000
LONGEST_TAG = 50
"""Characters of a visible tag; what is longer is a headline."""

SHARE_LABEL = re.compile(
    r"\b(?:share (?:this|on|via|the|article|page|post)|teilen|partager|compartir|condividi|delen|compartilhar)\b",
    re.IGNORECASE,
)
COPY_LABEL = re.compile(
    r"\b(?:copy (?:the |this |page |article )?(?:link|url|address)|link kopieren|adresse kopieren|copier le lien|copiar (?:el )?enlace"
    r"|copiar (?:o )?link|copia (?:il )?link|link kopi[eë]ren|kopiera länk|kopier lenk[eo]?|kopiuj link)\b|リンクをコピー|复制链接|複製連結",
    re.IGNORECASE,
)
COPY_SCRIPT = re.compile(r"clipboard\.writeText\s*\(\s*(?:window\.|document\.)?(?:location|url)\b", re.IGNORECASE)
NATIVE = ("navigator.share(", "navigator.share (", "navigator.canShare")

COMMENT_FORM = re.compile(r"comment|kommentar|commentaire|comentario|commento|respond|reply", re.IGNORECASE)
COMMENT_ID = re.compile(r"(?:li-)?comment-\d+")
CLOSED_MARKS = (
    "comments are", "comments have", "kommentare sind", "commentaires sont", "comentarios están", "commenti sono",
    "comentários estão",
)  # fmt: skip
"""One of these (lower case) stands where comments are said to be closed: a quick look before the slow one."""
CLOSED = re.compile(
    r"\b(?:comments (?:are|have been) (?:now )?(?:closed|disabled|turned off)|kommentare sind (?:derzeit |nun )?(?:geschlossen|deaktiviert)"
    r"|les commentaires sont (?:fermés|désactivés)|los comentarios están cerrados|i commenti sono chiusi|os comentários estão fechados)\b",
    re.IGNORECASE,
)
NEWSLETTER = re.compile(
    r"newsletter|subscri|mailing[- ]?list|mc4wp|mailchimp|list-manage|convertkit|klaviyo|substack|buttondown|mailerlite"
    r"|abonn|infolettre|rundbrief|nieuwsbrief|boletín|boletin",
    re.IGNORECASE,
)
CART = re.compile(
    r"add[\s_-]?to[\s_-]?(?:cart|basket|bag|trolley)|snipcart-add-item|buy[\s_-]now|in den (?:warenkorb|einkaufswagen)|ajouter au panier|añadir (?:al carrito|a la cesta)"
    r"|agregar al carrito|aggiungi al carrello|adicionar ao carrinho|in winkelwagen|do koszyka|lägg i (?:varukorg|kundvagn)"
    r"|læg i (?:kurv|indkøbskurv)|カートに入れる|加入购物车|加入購物車|в корзину",
    re.IGNORECASE,
)
TAG_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|schlagworte?|stichwort|keywords?|labels?|etiquetas?|mots?-cles?|hashtags?)/[^/]+/?(?:index\.\w{3,5})?(?:\?|$)"
    r"|[?&]tag=\w",
    re.IGNORECASE,
)
TAG_WORD = re.compile("tag|topic|them|wort|word|label|etiq|mot")
"""Some word of TAG_PATH, to spare most links the closer look."""
STARS = re.compile("★★|[★☆]{3}")
RATED = re.compile(r"\b\d(?:[.,]\d{1,2})?\s?(?:/|out of|von|sur|de|su|van|av|z)\s?(?:5|10)\Z", re.IGNORECASE)
FULL_MARKS = re.compile(r"(?:5(?<=[/\sfneruvzFNERUVZ]5)|10(?<=[/\sfneruvzFNERUVZ]10))\b")
"""Where a rating ends, which is quicker to find than where it begins."""
LONGEST_RATING = 16
SHELL_ROOTS = frozenset(
    (
        "root",
        "app",
        "__next",
        "__nuxt",
        "___gatsby",
        "q-app",
        "svelte",
        "main-app",
        "react-root",
        "application",
        "ember-app",
    )
)
PROPER = (Area.MAIN, Area.UNKNOWN)
"""Where links stand that are neither menus nor page furniture."""
COUNTED = 200
SHELL_WORDS = 20
"""Visible words up to which a page with an empty script root counts as drawn by scripts."""


def read_sharing(document: Document, survey: Survey, *, links: Sequence[Link] = (), title: str = "") -> Sharing:
    """The facts about sharing of one page."""
    look = Look(document, survey, links)
    byline = read_byline(document, survey)
    return Sharing(
        native_share=look.shares_natively() or look.has_element("share-button", "web-share"),
        copy_link=look.copies_link(),
        share_block=look.has_share_block(),
        external_scripts=sum(one in document.sources for one in document.scripts),
        comment_form=any(look.is_comment_form(form) for form in look.forms),
        comment_count=look.comments(),
        comments_closed=look.closes_comments(),
        byline=byline.name,
        byline_written=byline.written,
        byline_url=byline.url,
        app_shell=look.is_shell(),
        wall=read_wall(document, title=title, words=look.words, text=look.visible, has_form=bool(look.forms)),
        newsletter_form=any(map(is_newsletter_form, look.forms)),
        search_form=any(map(is_search_form, look.forms)) or look.has_element("search"),
        player=look.plays(),
        add_to_cart=look.sells(),
        tags=look.tags(),
        breadcrumb_nav=look.has_breadcrumb(),
        rating_visible=look.shows_rating(),
    )


class Look:
    """One page as seen through its survey, with what several facts share."""

    def __init__(self, document: Document, survey: Survey, links: Sequence[Link]) -> None:
        self.document = document
        self.survey = survey
        self.links = links
        self.forms = document.named.get("form", [])[:100]

    @cached_property
    def buttons(self) -> list[HtmlElement]:
        named = self.document.named
        found = [*named.get("button", ()), *(one for one in named.get("input", ()) if is_button(one))]
        playing = self.document.bearing.get("role", ())
        found += [one for one in playing if one.get("role") == "button" and one.tag in ("a", "div", "span")]
        return found[:500]

    @cached_property
    def spoken(self) -> list[str]:
        return [spoken(one) for one in self.buttons]

    @cached_property
    def meant(self) -> frozenset[str]:
        """Whether some button or link says that it copies the address, or sells."""
        return meant_by([*self.spoken, *(link.label for link in self.links)], "copy", "cart")

    def _named(self, meaning: str) -> Iterator[Node]:
        """The blocks whose class names or id speak of it."""
        return (node for node in self._telling if meaning in node.meanings)

    @cached_property
    def _telling(self) -> list[Node]:
        return [node for _, node in self.survey.telling if node.standing.meanings]

    @cached_property
    def _labelled(self) -> list[Node]:
        return [node for _, node in self.survey.telling if node.standing.label]

    @cached_property
    def visible(self) -> str:
        nodes = self.survey.nodes
        return "\n".join([block.text for block in self.survey.blocks if not nodes or not nodes[block.node].hidden])

    @cached_property
    def words(self) -> int:
        """Visible words, counted only as far as anybody asks."""
        return len(self.visible.split(maxsplit=COUNTED))

    def has_element(self, *names: str) -> bool:
        return any(name in self.document.named for name in names)

    def shares_natively(self) -> bool:
        scripts = self.document.inline
        return "navigator." in scripts and any(word in scripts for word in NATIVE)

    def copies_link(self) -> bool:
        return (
            "copy" in self.meant
            or any("copy" in meanings_of(one) for one in self.buttons)
            or ("lipboard.write" in self.document.inline and COPY_SCRIPT.search(self.document.inline) is not None)
            or any(
                (one.get("value") or one.get("data-clipboard-text") or "").startswith("http")
                for one in (*self.document.named.get("clipboard-copy", ()), *self._with_clipboard())
            )
        )

    def _with_clipboard(self) -> Iterator[HtmlElement]:
        marked = self.document.bearing.get("data-clipboard-text", ())
        return (one for one in marked if one.tag in ("a", "button", "span", "div"))

    def has_share_block(self) -> bool:
        return (
            next(self._named("share"), None) is not None
            or bool(meant_by([*self.spoken, *(node.label for node in self._labelled)], "share"))
            or self._has_share_button()
        )

    def _has_share_button(self) -> bool:
        """A link or button that its class says to share, whose address only a script knows."""
        telling = {said for said in self.document.class_lists if "share" in names.by_class(said).meanings}
        worn = self.document.values("class").items() if telling else ()
        return any(said in telling and one.tag in ("a", "button") for one, said in worn)

    def is_comment_form(self, form: HtmlElement) -> bool:
        """A form with room for a text, that says it is for comments."""
        said = " ".join((*names_of(form), form.get("action") or "", form.get("name") or ""))
        fields = list(form.iter("textarea"))
        return bool(fields) and bool(
            COMMENT_FORM.search(said)
            or any(COMMENT_FORM.search(f"{one.get('name')} {one.get('id')}") for one in fields)
        )

    def comments(self) -> int:
        """Visible comments, by their numbered ids, else by the class of the entries."""
        if "comment-" in "\n".join(self.document.values("id").values()):
            ids = [node.id for node in self.survey.nodes]
            if numbered := {one.removeprefix("li-") for one in ids if COMMENT_ID.fullmatch(one)}:
                return min(len(numbered), MOST_COMMENTS)
        if not any(name.lower() == "comment" for name in self.document.class_names if len(name) == len("comment")):
            return 0
        calling = {classes for classes in self.document.class_lists if is_comment(classes)}
        blocks = (node.standing for node in self.survey.nodes)
        return min(sum(one.classes in calling and one.tag in ("li", "article", "div") for one in blocks), MOST_COMMENTS)

    def closes_comments(self) -> bool:
        low = self.survey.low
        if "omment" not in low and "oment" not in low:
            return False
        return self.survey.says(CLOSED_MARKS) and any(CLOSED.search(block.text) for block in self.survey.blocks)

    def is_shell(self) -> bool:
        """Nearly no text, and an empty element that a script of the page fills, or a word that it is being loaded."""
        if self.words > COUNTED // 2 or not any(one in self.document.sources for one in self.document.scripts):
            return False
        own = " ".join([block.text for block in self.survey.blocks if block.node in self.survey.inside])
        if len(own) <= LONGEST_LOADING and LOADING.fullmatch(own.strip()):
            return True
        if self.words > SHELL_WORDS:
            return False
        asking = (text_of(one).lower() for one in self.document.named.get("noscript", ()))
        return any("enable javascript" in said for said in asking) or any(
            (one.get("id") in SHELL_ROOTS or one.tag == "app-root") and not text_of(one) and len(list(one)) <= 1
            for name in ("div", "main", "section", "app-root")
            for one in self.document.named.get(name, ())
        )

    def plays(self) -> bool:
        """A player of the page's own; a film without controls is decoration."""
        return any(
            "controls" in one.attrib and self.survey.area(self.survey.node_of(one)) in PROPER
            for one in self.document.in_order("audio", "video")
        )

    def sells(self) -> bool:
        """A button that puts something in a basket."""
        return (
            any("/cart/add" in (form.get("action") or "") for form in self.forms)
            or "cart" in self.meant
            or bool(meant_by((f"{one.get('class')} {one.get('id')}" for one in self.buttons), "cart"))
        )

    def tags(self) -> tuple[str, ...]:
        """Labels of the tag links of the page itself, not of menus and tag clouds, and topics listed as text."""
        near = [one for one in self.links if (one.in_main or one.area in PROPER) and "cloud" not in one.block.lower()]
        own = [link for link in near if is_tag(link, self.document.url)]
        found = dict.fromkeys((link.text or link.label).strip("#, ") for link in own)
        found.update(dict.fromkeys(read_topics(self.survey)))
        return tuple(label for label in found if 0 < len(label) <= LONGEST_TAG)[:MOST_TAGS]

    def has_breadcrumb(self) -> bool:
        labelled = (node for node in self._labelled if "breadcrumb" in node.label.lower())
        return any(
            next(node.element.iter("a"), None) is not None for node in (*self._named("breadcrumb"), *labelled)
        ) or is_trail(self.survey)

    def shows_rating(self) -> bool:
        if names_rating(self.visible):
            return True
        return any(
            node.tag in ("div", "section", "ul", "p") and not node.hidden and len(node.element) > 0
            for node in self._named("rating")
        )


def names_rating(text: str) -> bool:
    """Whether it shows stars or says "4.5 out of 5"."""
    if ("★" in text or "☆" in text) and STARS.search(text):
        return True
    return any(
        RATED.search(text[max(0, full.end() - LONGEST_RATING) : full.end()]) for full in FULL_MARKS.finditer(text)
    )


def is_comment(classes: str) -> bool:
    return "comment" in classes.lower().split()


def meanings_of(element: HtmlElement) -> frozenset[str]:
    """What class names and id speak of."""
    return names.by_class(element.get("class", "")).meanings | names.by_name(element.get("id", "")).meanings


MARKS = {
    "share": ("share ", "teilen", "partager", "compartir", "condividi", "delen", "compartilhar"),
    "copy": ("copy ", "kopi", "copia", "copie", "リンクをコピー", "复制链接", "複製連結"),
    "cart": (
        "cart", "basket", "bag", "trolley", "buy", "korb", "wagen", "panier", "carrito", "cesta", "carrello", "carrinho",
        "koszyka", "varukorg", "kundvagn", "kurv", "カート", "购物车", "購物車", "корзину",
    ),
}  # fmt: skip
"""One of these (lower case) is in every label of that meaning: a quick look before the slow one."""
SAID = {"share": SHARE_LABEL, "copy": COPY_LABEL, "cart": CART}


def meant_by(labels: Iterable[str], *meanings: str) -> frozenset[str]:
    """Which of *meanings* (share, copy, cart) buttons or links with these *labels* have.

    All labels together are asked first for telling words, as most hold none.
    """
    together = "\n".join(labels).lower()
    return frozenset(
        meaning
        for meaning in meanings
        if any(SAID[meaning].search(label) for mark in MARKS[meaning] for label in _lines_with(mark, together))
    )


def _lines_with(mark: str, text: str) -> Iterator[str]:
    place = text.find(mark)
    while place >= 0:
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield text[text.rfind("\n", 0, place) + 1 : end]
        place = text.find(mark, end)


def is_button(element: HtmlElement) -> bool:
    return element.tag == "button" or (element.get("type") or "").lower() in ("submit", "button")


def is_tag(link: Link, page_url: str) -> bool:
    """By its relation, else by a path for tags on the same site."""
    if link.rel and "tag" in link.rel and "category" not in link.rel:
        return True
    if not (link.in_main or "tag" in link.block.lower()) or not TAG_WORD.search(link.url):
        return False
    parts = urlsplit(link.url)
    path = f"{unquote(parts.path)}?{parts.query}" if parts.query else unquote(parts.path)
    return parts.netloc.removeprefix("www.") == urlsplit(page_url).netloc.removeprefix("www.") and bool(
        TAG_PATH.search(path)
    )


def is_newsletter_form(form: HtmlElement) -> bool:
    """A field for an e-mail address and a word of subscribing, but no password."""
    fields = list(form.iter("input"))
    if any((one.get("type") or "").lower() == "password" for one in fields):
        return False
    mail = any(
        (one.get("type") or "").lower() == "email" or "mail" in (one.get("name") or "").lower() for one in fields
    )
    if not mail or next(form.iter("textarea"), None) is not None:
        return False
    said = " ".join(
        (*names_of(form), form.get("action") or "", text_of(form)[:1_000], *(one.get("value") or "" for one in fields))
    )
    return NEWSLETTER.search(said) is not None


def is_search_form(form: HtmlElement) -> bool:
    if form.get("role") == "search":
        return True
    return any(
        (one.get("type") or "").lower() == "search"
        or (one.get("name") or "").lower() in ("q", "s", "search", "query", "suche")
        for one in form.iter("input")
    )


def names_of(element: HtmlElement) -> tuple[str, ...]:
    """Class names and id."""
    names = (element.get("class") or "").split()[:20]
    if element.get("id"):
        names.append(element.get("id", ""))
    return tuple(name[: limits.LABEL] for name in names)


def spoken(element: HtmlElement) -> str:
    """What a button says of itself."""
    return folded(
        element.get("aria-label") or text_of(element) or element.get("title") or element.get("value"), limits.LABEL
    )

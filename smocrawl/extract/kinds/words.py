"""The words of addresses, titles and generators that tell what a page is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smocrawl.extract.words import words

UTILITY = words(
    """search suche recherche buscar cart basket warenkorb panier carrito checkout kasse login log-in signin sign-in
    signup sign-up register registration anmelden account my-account mein-konto konto logout wp-login.php 404 404.html
    error print wishlist merkliste password lost-password unsubscribe cgi-bin wp-admin"""
)
LEGAL = words(
    """impressum imprint privacy privacy-policy privacy_policy datenschutz datenschutzerklaerung terms tos
    terms-of-service terms-of-use terms-and-conditions terms-conditions agb legal legal-notice disclaimer cookies
    cookie-policy mentions-legales aviso-legal note-legali informativa-privacy widerruf widerrufsbelehrung
    license licence licenses code-of-conduct accessibility-statement terminos terminos-de-uso terminos-y-condiciones
    condiciones-de-uso politica-de-privacidad politica-de-cookies privacidad termos-de-uso politica-de-privacidade
    termini-e-condizioni privacyverklaring algemene-voorwaarden conditions-generales politique-de-confidentialite
    confidentialite polityka-prywatnosci regulamin refund_returns refund-policy return-policy returns-policy
    shipping-policy cancellation-policy"""
)
LEGAL_TITLE = re.compile(
    r"(?:impressum|imprint|privacy (?:policy|notice)|datenschutz(?:erklärung)?|terms (?:of (?:use|service)|(?:and|&) conditions)"
    r"|cookie policy|legal notice|mentions légales|aviso legal|agb)(?:\s*[-|–—·:].*)?",
    re.IGNORECASE,
)
ARCHIVE = words(
    """tag tags category categories kategorie kategorien topic topics archive archives archiv label labels section
    thema themen categoria categorias categoría categorías categorie catégorie catégories kategoria kategori kategorier rubrique rubriques
    rubrik catalog catalogue collections date series schlagwort archiv archivio archivo arquivo archief arkiv
    archiwum arsiv"""
)
WHOLE_ARCHIVES = words("archive archives section date archiv archivio archivo arquivo archief arkiv archiwum arsiv")
"""Below these stand single posts as well (``/archives/123``)."""
LISTING_END = words("blog news articles posts stories press magazine magazin aktuelles products shop events videos")
POSTS = words(
    "blog blogs news article articles post posts story stories press magazine magazin journal aktuelles artikel beitrag"
)
EVENTS = words(
    """event events veranstaltung veranstaltungen termine evento eventos eventi evenement evenements événements
    evenementen wydarzenia udalosti akce agenda meetups"""
)
PEOPLE = words("author authors autor autoren user users profile profiles people team member members staff contributor")
DOCS = words(
    """docs doc documentation dokumentation manual handbook reference api apidocs javadoc guide guides howto wiki
    tutorials tutorial"""
)
DOCS_MAKER = re.compile(
    r"sphinx|mkdocs|docusaurus|vuepress|vitepress|gitbook|javadoc|doxygen|docfx|antora|readthedocs|docutils",
    re.IGNORECASE,
)
FORUM_MAKER = re.compile(r"phpbb|discourse|vbulletin|xenforo|mybb|flarum|vanilla|nodebb|simple machines", re.IGNORECASE)
SERVICE = words(
    """faq faqs help hilfe support contact kontakt contacto contatti contato contact-us nous-contacter services servicios
    servizi leistungen conocenos quienes-somos nosotros chi-siamo a-propos qui-sommes-nous sobre-nos about about-us ueber-uns uber-uns jobs careers karriere
    frequently-asked-questions who-we-are our-team our-story meet-the-team our-services get-in-touch contact-me about-me
    location venue directions how-to-get-there getting-here anfahrt lage
    ubicacion como-llegar dove-siamo acces lokalizacja jak-dojechat locatie
    shipping versand returns newsletter donate sitemap site-map links changelog download downloads"""
)
BEHIND_BLOG = {"blog": 1, "blogs": 2}
"""Segments of an address from which on a page below is a post; shops name the blog behind ``/blogs/``."""


def is_below_blog(segments: Sequence[str]) -> bool:
    last = len(segments) - 1
    return any(last - place >= BEHIND_BLOG[one] for place, one in enumerate(segments) if one in BEHIND_BLOG)

"""Pages that stand in place of the content: log in, agree, prove your age, prove that you are no machine."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from smocrawl.extract.document import Document

FEW_WORDS = 120
"""Visible words from which a page has content of its own beside the wall; our own judgement."""

CHALLENGE_TITLE = re.compile(
    r"just a moment\.*|one moment,? please\.*|attention required! \| cloudflare|checking your browser.*|please wait\.\.\.( \| cloudflare)?"
    r"|ddos-guard|access (?:to this page has been )?denied.*|pardon our interruption.*|are you (?:a robot|human|not a robot).*"
    r"|(?:human|security|bot) (?:verification|check|challenge).*|vercel security checkpoint|robot check|request rejected"
    r"|verify(?:ing)? (?:that )?you are human.*|making sure you're not a bot!?|client challenge",
    re.IGNORECASE,
)
CHALLENGE_MARKS = (b"/cdn-cgi/challenge-platform/h/", b"cf-chl-", b"_cf_chl_opt", b"captcha-delivery.com", b"px-captcha",
                   b"_Incapsula_Resource", b"/.within.website/x/cmd/anubis", b"ddos-guard.net/check", b"awsWafCookieDomainList",
                   b"/_sec/cp_challenge", b"geo.captcha", b"bm-verify")  # fmt: skip
CONSENT_HOST = re.compile(r"(?:consent|privacy|cmp|cmpv2|privacywall|zustimmung|myprivacy)\.", re.IGNORECASE)
CONSENT_PATH = re.compile(
    r"/(?:consent|cookie-?wall|privacy-?(?:wall|gate)|cookie-?consent|collectConsent|zustimmung|cookiewall)(?:[/?.]|$)",
    re.IGNORECASE,
)
CONSENT_TEXT = re.compile(
    r"\b(?:accept (?:all )?cookies|accept all|i agree|agree and (?:continue|close)|alle akzeptieren|akzeptieren und weiter|zustimmen|tout accepter"
    r"|accepter et (?:continuer|fermer)|aceptar (?:todo|y continuar)|accetta (?:tutto|e continua)|alles accepteren|before you continue)\b",
    re.IGNORECASE,
)
CONSENT_TITLE = re.compile(
    r"before you continue.*|bevor (?:sie|du) .{0,20}fortf.*|avant de continuer.*|antes de continuar.*|prima di continuare.*"
    r"|(?:cookie|privacy) (?:consent|settings|wall)|we value your privacy.*",
    re.IGNORECASE,
)
"""Titles of a page that asks for consent in place of another."""
LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|signon|sso|oauth2?|auth|account/login|wp-login\.php|anmelden|connexion|accedi|iniciar-sesion)(?:[/?.]|$)",
    re.IGNORECASE,
)
LOGIN_TITLE = re.compile(
    r"\b(?:log ?in|sign ?in|anmelden|anmeldung|einloggen|se connecter|connexion|iniciar sesión|accedi|inloggen)\b",
    re.IGNORECASE,
)
AGE = re.compile(
    r"\b(?:are you (?:over|at least|above|of legal|older than) (?:the age of )?(?:18|19|20|21|legal|drinking)|age (?:verification|gate|check)"
    r"|(?:you must be|i am|i'm) (?:at least |over |older than )?(?:18|19|20|21)(?: years| or (?:over|older)|\+)|(?:bist du|sind sie) (?:schon |mindestens |über )?(?:16|18)"
    r"|altersprüfung|altersverifikation|avez-vous (?:plus de |au moins )?18 ans|eres mayor de edad|hai più di 18 anni|confirm your age|verify your age)",
    re.IGNORECASE,
)
LONGEST_LOADING = 60
LOADING = re.compile(
    r"(?:loading|please wait|l(?:ä|ae)dt|wird geladen|chargement(?: en cours)?|cargando|caricamento(?: in corso)?|carregando|a carregar"
    r"|laden|bezig met laden|laddar|l(?:a|æ)ster inn|indlæser|ładowanie|načítá(?:ní|m|se)|yükleniyor|загрузка|идёт загрузка|завантаження"
    r"|memuat|đang tải|読み込み中(?:です)?|加载中|載入中|正在加载|로딩 ?중|جار(?:ي|ٍ)? التحميل)[\s.…!]*",
    re.IGNORECASE,
)
"""All that the main text says before scripts have fetched it."""


def read_wall(document: Document, *, title: str, words: int, text: str, has_form: bool) -> str | None:
    """login, consent, age or challenge where that is all the page has to show; None = no wall."""
    if CHALLENGE_TITLE.fullmatch(title.strip()) and words < FEW_WORDS:
        return "challenge"
    if words >= FEW_WORDS:
        return None
    if any(mark in document.body for mark in CHALLENGE_MARKS) and words < FEW_WORDS // 2:
        return "challenge"
    try:
        parts = urlsplit(document.url)
    except ValueError:
        return None
    can_answer = has_form or "button" in document.named
    stands_for_it = (
        CONSENT_HOST.match(parts.netloc) or CONSENT_PATH.search(parts.path) or CONSENT_TITLE.fullmatch(title.strip())
    )
    if can_answer and stands_for_it and CONSENT_TEXT.search(text):
        return "consent"
    if AGE.search(f"{title}\n{text}"):
        return "age"
    asks_password = any((one.get("type") or "").lower() == "password" for one in document.named.get("input", ()))
    if asks_password and (LOGIN_PATH.search(parts.path) or LOGIN_TITLE.search(title)):
        return "login"
    return None

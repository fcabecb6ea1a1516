"""Links in a paper: whose they are by the end of the host name alone. Nothing is opened."""

import re
import unicodedata
from collections.abc import Iterable

from bot.concepts.paper_reading import Link, LinkKind
from bot.concepts.paper_words import Domains, LenderContact
from bot.papers.text import PaperText

_ENDS = (
    "com|cn|net|org|top|xyz|vip|cc|icu|club|shop|live|online|site|work|ink|fun|win|pw|info|link|app"
    "|biz|im|me|ly|gl|so|run|lc|date|mk|nu|gg|lt|nz|la|pro|tech|store|wang|ltd|group|io|co|in|is"
    "|to|ru|hk|tw|us|tv|mobi|asia|cloud|space|website|life|world|today|plus|law|cyou|buzz|bond|sbs|rest|love|ren|kim|red|fit|art|bid|loan|men|gd|do|kr|jp|uk|eu|ws|mx|be|st"
)
_LINK = re.compile(
    r"(?P<scheme>https?[:：]/{1,2})(?P<rest>[!-~]+)"
    rf"|(?<![!-~])(?P<bare>(?:[a-z0-9-]+\.)+(?:{_ENDS})(?![a-z0-9-])(?:[:/?#][!-~]*)?)",
    re.IGNORECASE,
)
_BARE_BEHIND_WORD = re.compile(
    rf"(?<=[^\x00-\x7f])(?P<bare>(?:[a-z0-9-]+\.)+(?:{_ENDS})(?![a-z0-9-])(?:[:/?#][!-~]*)?)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_BROKEN = re.compile(
    r"(?<=[a-z0-9])\s*\.\s*(?=(?:gov|com|cn|net|top|xyz|vip|cc|court)(?![a-z]))", re.IGNORECASE
)
_TAIL = ".,;:!?)]}'\"】）。，；"


def read_links(
    text: PaperText, domains: Domains, lenders: Iterable[LenderContact]
) -> tuple[Link, ...]:
    """Each link once, in order."""
    lender_hosts = {*domains.lenders, *(host for each in lenders for host in each.domains)}
    plain = _BROKEN.sub(".", unicodedata.normalize("NFKC", text.raw))
    links: dict[str, Link] = {}
    places = [(m.start(), m) for p in (_LINK, _BARE_BEHIND_WORD) for m in p.finditer(plain)]
    for _, match in sorted(places, key=lambda each: each[0]):
        written = match[0].rstrip(_TAIL)
        if "@" in plain[max(0, match.start() - 1) : match.start()]:
            continue  # The host of an e-mail address.
        host = host_of(written)
        if host and written not in links and not any(written in each for each in links):
            links[written] = Link(written, host, _kind(written, host, domains, lender_hosts))
    return tuple(links.values())


def host_of(link: str) -> str:
    """The host name alone, in lower case: what stands behind @ and before port and path."""
    rest = re.sub(r"^https?:/{1,2}", "", link, flags=re.IGNORECASE)
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return host.rpartition("@")[2].partition(":")[0].lower().strip(".")


def without_keys(text: str) -> str:
    """The text with what stands behind the host names of links left out: it opens papers."""
    return re.sub(
        r"(https?://[^/\s?#]+|(?<![!-~])(?:[a-z0-9-]+\.)+[a-z]{2,})[/?#][!-~]*",
        r"\1/…",
        text,
        flags=re.IGNORECASE,
    )


def _kind(written: str, host: str, domains: Domains, lender_hosts: Iterable[str]) -> LinkKind:
    if "@" in re.split(r"[/?#]", re.sub(r"^https?:/+", "", written), maxsplit=1)[0]:
        return LinkKind.LOOK_ALIKE
    if _ADDRESS.fullmatch(host):
        return LinkKind.ADDRESS
    if _ends(host, domains.official):
        return LinkKind.OFFICIAL
    if _ends(host, lender_hosts):
        return LinkKind.LENDER
    if _ends(host, domains.unclear):
        return LinkKind.UNCLEAR
    if host in domains.shorteners:
        return LinkKind.SHORT
    if domains.borrowed.search(host) or host.startswith("xn--"):
        return LinkKind.LOOK_ALIKE
    return LinkKind.UNKNOWN


def _ends(host: str, ends: Iterable[str]) -> bool:
    return any(host == each or host.endswith(f".{each}") for each in ends)

"""Who says that a paper is from them, and for whom it is."""

import re
from collections.abc import Iterator

from bot.concepts.paper_words import PartyWords
from bot.papers.text import PaperText

_SIGNATURE = re.compile(r"[【\[［](?P<name>[^】\]］\n]{2,24})[】\]］]")
_SEAL = re.compile(r"[(（【\[]?(?:公?章|盖章|印章?|电子章|加盖公章)[)）】\]]?")
_HEAD, _FOOT = 3, 8
_BREAK = re.compile(r"[\s。；;，,]+")
_FIRST_PIECES, _LAST_PIECES = 2, 4
"""Of a paper in one paragraph, where its lines stood."""


def read_sender(text: PaperText, words: PartyWords) -> str | None:
    """The signature of a message, the letterhead, the seal line, or who introduces themselves."""
    return next((each for each in _senders(text, words) if each), None)


def read_addressee(text: PaperText, words: PartyWords) -> str | None:
    """The person whom a paper names as the one to get it."""
    match = words.addressee.search("\n".join(text.lines))
    return next((each for each in match.groups() if each), None) if match else None


def _senders(text: PaperText, words: PartyWords) -> Iterator[str | None]:
    whole = text.raw.strip()
    signed = [
        match for match in _SIGNATURE.finditer(whole) if not _is_generic(match["name"], words)
    ]
    at_ends = [m for m in signed if m.start() < _HEAD or m.end() > len(whole) - _HEAD]
    yield at_ends[0]["name"].strip() if at_ends else None
    pieces = [each for each in _BREAK.split(whole) if each]
    ends = (*pieces[:_FIRST_PIECES], *reversed(pieces[-_LAST_PIECES:]))
    for line in (*text.lines[:_HEAD], *reversed(text.lines[-_FOOT:]), *ends):
        yield _organisation(line, words)
    if (said := words.introduced.search(text.running)) is not None:
        yield next((each for each in said.groups() if each), None)
    yield signed[0]["name"].strip() if signed else None
    if (named := words.sender.search(text.running)) is not None:
        yield next((each for each in named.groups() if each), None)


def _organisation(line: str, words: PartyWords) -> str | None:
    """The body that a line names and nothing else, without the mark of its seal.

    Of a line that ends with a colon none: it names to whom the paper is sent.
    """
    if line.rstrip().endswith((":", "：")):
        return None
    plain = _SEAL.sub("", line.replace(" ", "")).strip("：:。.,，*#-—·")
    match = words.organisation.fullmatch(plain)
    return None if match is None else match["name"]


def _is_generic(name: str, words: PartyWords) -> bool:
    return bool(words.not_sender.fullmatch(name.strip().lower()))

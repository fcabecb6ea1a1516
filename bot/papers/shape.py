"""What a paper's shape shows without a model: its title, and whether it is a paper at all."""

import re
from collections.abc import Iterator

from bot.concepts.paper_reading import PaperFields
from bot.concepts.paper_words import PaperWords
from bot.papers.text import PaperText

_HEAD, _LINES_OF_A_PAPER = 4, 4
_SIGNED = re.compile(r"^[【\[].{2,24}?[】\]]|[【\[].{2,24}?[】\]]$")
_STATUTE = re.compile(r"《[^《》]{3,30}》")
_UNSUBSCRIBE = re.compile(r"(?:回|回复|拒收请?回复?|退订)[:]?[a-z]{1,2}(?:退订)?|退订")
_SIGNED_BEFORE = re.compile(r"[【\[][^】\]]{2,24}[】\]]")
_SHORT, _MESSAGE, _SENT = 90, 220, 320
"""Signs of a head, of the longest that may be a message, and that is one if it shows so."""
_OF_COURTS = frozenset({"summons", "answer_notice"})
_AT_COURTS = _OF_COURTS | {"sms_court", "sms_fake_court"}
_LENGTHS, _LINES = (70, 110, 160, 230, 340, 520, 800), (1, 2, 4, 7, 11, 16)
_TITLE, _HEADING, _SPEAKERS = 16, 20, 3
_LINES_UNDER_A_HEAD, _OF_SENTENCES = 3, re.compile(r"[，。;!?,:]")
_SPEAKER = re.compile(r"(?:[0-9]{1,2}:[0-9]{2} ?)?[^:,，。]{1,14}(?:[:]|[0-9]{1,2}:[0-9]{2}$)|我$")


def title_kind(text: PaperText, words: PaperWords) -> str | None:
    """The kind whose title stands at the head of a paper; None for a message without one."""
    if len(text.lines) < _HEAD:
        return None
    head = "".join(text.lines[:_HEAD])
    found = [
        (match.start(), -len(match[0]), name)
        for name, kind in words.kinds.items()
        if kind.titles is not None and (match := kind.titles.search(head))
    ]
    return min(found)[2] if found else None


def message_kind(kind: str, text: PaperText, fields: PaperFields, words: PaperWords) -> str:
    """The kind of a short message that is worded like a letter or a court's paper."""
    is_sent = _is_sent(text, words)
    is_long = len(text.running) > (_SENT if is_sent else _MESSAGE)
    if is_long or words.marks["posted"].search(text.running) or _is_titled(text, words):
        return kind
    if not is_sent and (_is_headed(text) or _is_signed(text, fields) or title_kind(text, words)):
        return kind
    if kind == "lawyer_letter":
        return "sms_lawyer_style"
    if kind == "collection_letter":
        return "sms_bank" if "lender_known" in fields.found else "sms_agency"
    if kind in _OF_COURTS and not is_sent and _is_one_paragraph(text, fields, words):
        return kind
    if kind in _AT_COURTS and not is_sent and (named := _titled_first(text, fields, words)):
        return named
    if kind in _OF_COURTS or (is_sent and kind == "judgment"):
        return "sms_court" if "number_fits" in fields.found else "sms_fake_court"
    return kind


def finer_kind(kind: str, text: PaperText, words: PaperWords) -> str:
    """The first finer kind of it that its words tell: which ruling, an award and no notice."""
    for name, finer in words.kinds.items():
        if kind not in finer.of or finer.told is None:
            continue
        is_stopped = finer.not_told is not None and finer.not_told.search(text.running)
        if finer.told.search(text.running) and not is_stopped:
            return name
    return kind


def is_pasted(raw: str, words: PaperWords) -> bool:
    """Whether a text surely is a message or a paper, and nobody telling or asking something."""
    compact = "".join(raw.split())
    return bool(words.pasted.search(compact)) and not words.own_words.search(compact)


def _is_sent(text: PaperText, words: PaperWords) -> bool:
    """Whether it surely came as a message: from a number, or signed in front."""
    is_from = words.shapes["message"].search(text.running) is not None
    return is_from or _SIGNED_BEFORE.match(text.running) is not None


def _is_headed(text: PaperText) -> bool:
    """Whether it begins with a line that is no sentence, as papers do."""
    head = text.lines[0] if len(text.lines) >= _LINES_UNDER_A_HEAD else ""
    return 0 < len(head) <= _HEADING and not _OF_SENTENCES.search(head)


def _is_one_paragraph(text: PaperText, fields: PaperFields, words: PaperWords) -> bool:
    """Whether it is a court's paper pasted without its lines: its title, its number or its end."""
    is_titled = words.marks["one_paragraph"].search(text.running) is not None
    return is_titled and _has_number_or_end(text, fields, words)


def _titled_first(text: PaperText, fields: PaperFields, words: PaperWords) -> str | None:
    """The court's paper in one paragraph that begins with its title and its number."""
    title = words.marks["titled_first"].search(text.running)
    if title is None or not _has_number_or_end(text, fields, words):
        return None
    of_summons = words.kinds["summons"].titles
    return "summons" if of_summons and of_summons.search(title[0]) else "answer_notice"


def _has_number_or_end(text: PaperText, fields: PaperFields, words: PaperWords) -> bool:
    """Whether a court's paper has a number that fits, or ends as one that was signed."""
    is_ended = words.marks["in_office"].search(text.running) is not None
    return "number_fits" in fields.found or is_ended


def _is_signed(text: PaperText, fields: PaperFields) -> bool:
    return fields.dates.issued is not None and len(text.lines) >= _LINES_OF_A_PAPER


def _is_titled(text: PaperText, words: PaperWords) -> bool:
    """Whether a title stands alone on one of its first lines."""
    return any(len(line) <= _TITLE and _is_title(line, words) for line in text.lines[:_HEAD])


def _is_title(line: str, words: PaperWords) -> bool:
    return any(
        kind.titles is not None and kind.titles.search(line.replace(" ", ""))
        for kind in words.kinds.values()
    )


def features_of(text: PaperText, fields: PaperFields, words: PaperWords) -> Iterator[str]:
    """What of a paper's shape a model may learn from, by name."""
    yield from fields.found
    yield from (f"claims_{each}" for each in fields.claims)
    if (titled := title_kind(text, words)) is not None:
        yield f"title_{titled}"
    for name, kind in words.kinds.items():
        if kind.titles is not None and kind.titles.search(text.running[:_SHORT]):
            yield f"named_{name}"
    flat = text.running
    if _SIGNED.search(flat):
        yield "signed"
    if _STATUTE.search(flat):
        yield "statute"
    if _UNSUBSCRIBE.search(flat):
        yield "unsubscribe"
    yield f"signs_{sum(len(flat) > each for each in _LENGTHS)}"
    yield f"lines_{sum(len(text.lines) > each for each in _LINES)}"
    if _is_titled(text, words):
        yield "title_alone"
    if sum(bool(_SPEAKER.match(line)) for line in text.lines) >= _SPEAKERS:
        yield "chat"
    yield from (name for name, sign in words.shapes.items() if sign.search(flat))
    if fields.dates.issued is not None:
        yield "dated"
    yield from (name for name in ("has_amounts",) if fields.amounts)
    yield from (name for name in ("has_phones",) if fields.phones)
    yield from (name for name in ("has_links",) if fields.links)

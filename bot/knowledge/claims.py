"""Finds claims that may not be made, by what they mean: patterns over plain sentences.

Three kinds. Promises and untruths, unless the sentence denies them; statements of law in a
paragraph without a mark; advice to hide, lie or stop paying, unless it is warned of.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from bot.facts.folding import fold
from bot.facts.numerals import read_number
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import ASK, CITATION, CONTACT, FIGURE, QUOTATION, TOLD
from bot.knowledge.patterns import PatternReader, either, never
from bot.knowledge.said_texts import Saying, said_by_file, said_in
from bot.knowledge.yaml_reader import read_yaml

FILE = "claims.yml"
PROMISES, LAW, ADVICE = "promises", "law", "advice"
_SOURCE = "§"
_TOLD_BY_THE_LAW = "laws/"
"""What laws say in plain words is compared with the laws, not with what may be said of them."""
_A_FIGURE = "15"
_NUMERAL = re.compile(
    r"百分之([零一二三四五六七八九十百]+)"
    r"|(?<![零〇一二三四五六七八九十百千万])([零〇一二三四五六七八九十百千万两]+)"
    r"(?=[年月日天次点通个遍元块周期折倍条成%号家万张套笔种大小时])"
)
_DROPPED = re.compile(r"[^\w%§,，。!?;:、~/.“”《》()+\-]|[\U0001f000-\U0001ffff]|\s")
_LEADING = re.compile(r"^(?:\d+\.|[->])?(?:〔[^〕]*〕)?")
_LABEL = re.compile(r"〔[^〕]*〕")
_ENDS = re.compile(r"(?<=[。!;])")
_QUESTION = re.compile(r"[?]+[”)]?$")
_BREAKS = ",，、:。;?"
_NEAR = 14
_SPOKEN = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Claim:
    """A meaning that may not be said: its kind, the patterns, what excuses it, and why."""

    kind: str
    says: re.Pattern[str]
    unless: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All of claims.yml."""

    claims: tuple[Claim, ...]
    denials: re.Pattern[str]
    warned: re.Pattern[str]
    harms: re.Pattern[str]
    no_law: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may not be said, as they stand in the plain sentence, their kind, and why."""

    words: str
    kind: str
    why: str


def read_claims(folder: Path) -> tuple[Claims | None, list[Fault], str]:
    """The claims; None, with every fault, when the file cannot be used; and its text."""
    faults: list[Fault] = []
    if (text := read_text(folder, FILE, faults)) is None:
        return None, faults, ""
    data, lines, more = read_yaml(text, FILE, "claims")
    if data is None:
        return None, more, text
    parts = {name: f"(?:{either(words)})" for name, words in data["parts"].items()}
    reader = PatternReader(data, lines, parts, FILE)
    claims = Claims(
        claims=tuple(_claim(entry, number, reader) for number, entry in enumerate(data["claims"])),
        denials=reader.pattern(("denials",)),
        warned=reader.compile(f"(?:{data['warned']})", ("warned",)),
        harms=reader.pattern(("harms",)),
        no_law=reader.pattern(("no_law",)),
    )
    return (None if reader.faults else claims), reader.faults, text


def claims_in(claims: Claims, text: str, *, has_source: bool = False) -> tuple[Found, ...]:
    """What may not be said in one paragraph; `has_source` when its article stands beside it."""
    plain = plain_words(text)
    is_cited = has_source or _SOURCE in plain
    return tuple(
        found
        for statement in _statements(plain)
        for claim in claims.claims
        if (found := _found(claims, claim, statement, is_cited=is_cited))
    )


def statements_in(text: str) -> tuple[str, ...]:
    """The plain sentences of a paragraph that state something."""
    return tuple(_statements(plain_words(text)))


def check_claims(folder: Path) -> tuple[list[Fault], list[Fault]]:
    """What is wrong with claims.yml, and every paragraph of the folder that claims too much."""
    unreadable: list[Fault] = []
    text = read_text(folder, FILE, unreadable) or ""
    # Patterns are compiled only where a text is new: each takes longer than to read it.
    read = cache(partial(read_claims, folder))
    faults = kept(lambda: tuple(read()[1]), "faults of claims", text, *map(str, unreadable))
    if faults:
        return [*faults], []

    def look(sayings: tuple[Saying, ...]) -> tuple[Fault, ...]:
        claims = read()[0]
        return () if claims is None else _faults(claims, sayings)

    return [], [
        fault
        for file, sayings in said_by_file(folder).items()
        if not file.startswith(_TOLD_BY_THE_LAW)
        for fault in kept(partial(look, sayings), "claims", text, file, *map(str, sayings))
    ]


def claims_of_file(claims: Claims, file: str, text: str) -> tuple[Fault, ...]:
    """The claims in one file, with this text."""
    return _faults(claims, said_in(file, text))


def plain_words(text: str) -> str:
    """A paragraph without marks, labels, spaces and small pictures; numbers in digits."""
    text = ASK.sub("", TOLD.sub("", QUOTATION.sub(_SOURCE, text)))
    text = FIGURE.sub(_A_FIGURE, CONTACT.sub(lambda mark: mark[1], CITATION.sub(_SOURCE, text)))
    text = re.sub(r"\{\{\s*cite[^}]*\}\}", _SOURCE, text).replace("**", "")
    text = _DROPPED.sub("", _LABEL.sub("", fold(text.strip())))
    return _NUMERAL.sub(_in_digits, _LEADING.sub("", text))


def _in_digits(numeral: re.Match[str]) -> str:
    if numeral[1]:
        return f"{read_number(numeral[1]) or numeral[1]}%"
    if set(numeral[2]) <= set("零〇一二三四五六七八九") and len(numeral[2]) > 1:
        return "".join(
            str("零一二三四五六七八九".find(each.replace("〇", "零"))) for each in numeral[2]
        )
    number = read_number(numeral[2])
    return numeral[0] if number is None else str(number)


def _statements(plain: str) -> Iterator[str]:
    """Sentence by sentence; a question states nothing."""
    for part in filter(None, _ENDS.split(plain)):
        if not _QUESTION.search(part):
            yield part


def _claim(entry: Mapping[str, Any], number: int, reader: PatternReader) -> Claim:
    path = ("claims", number)
    return Claim(
        kind=entry["kind"],
        says=reader.pattern((*path, "says")),
        unless=reader.pattern((*path, "unless")) if "unless" in entry else never(),
        why=entry["why"],
    )


def _found(claims: Claims, claim: Claim, statement: str, *, is_cited: bool) -> Found | None:
    if claim.kind == LAW:
        statement = _SPOKEN.sub("“”", statement)
        if is_cited or claims.no_law.search(statement):
            return None
    if claim.unless.search(statement):
        return None
    if claim.kind == PROMISES and claims.denials.search(statement):
        return None
    if claim.kind == ADVICE and claims.harms.search(statement):
        return None
    for match in claim.says.finditer(statement):
        if claim.kind == LAW or not _is_warned(claims, statement, match.start()):
            return Found(match[0], claim.kind, claim.why)
    return None


def _is_warned(claims: Claims, statement: str, start: int) -> bool:
    """Whether a word of warning stands right before, in the same clause."""
    before = statement[max(0, start - _NEAR) : start]
    clause = before[max(map(before.rfind, _BREAKS)) + 1 :]
    return claims.warned.search(clause) is not None


def _faults(claims: Claims, sayings: tuple[Saying, ...]) -> tuple[Fault, ...]:
    return tuple(
        Fault(saying.file, saying.line, f"不要说“{found.words[:20]}”：{found.why}")
        for saying in sayings
        for found in claims_in(claims, saying.text, has_source=saying.has_source)
    )

"""Finds things by their words, by what they cite, and by their state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.desk.entries import KINDS, Entry, fold
from bot.knowledge.faults import Fault

SOON = timedelta(days=30)
_SNIPPETS = 2
_AROUND = 36
"""Characters shown before and after the words that were found."""


class State(Enum):
    """Whether something must be looked after."""

    LATE = "late"
    SOON = "soon"
    FAULTY = "faulty"


STATES: Mapping[State, str] = {
    State.LATE: "过了复核日",
    State.SOON: "30 天内要复核",
    State.FAULTY: "检查有问题",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for: words, all of which must be there; an article, a figure; a state."""

    words: str = ""
    cites: str = ""
    kind: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line that holds the words, cut around them: pieces, of which some are the words."""

    line: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that fits, with its states."""

    entry: Entry
    states: tuple[State, ...]
    faults: tuple[Fault, ...]


def find(
    entries: Sequence[Entry], wish: Wish, faults: Collection[Fault], today: date
) -> list[Found]:
    """What fits the wish, the best first."""
    words = fold(wish.words).split()
    order = {kind: place for place, kind in enumerate(KINDS)}
    by_file = _by_file(faults)
    scored = []
    for entry in entries:
        if wish.kind and entry.kind != wish.kind:
            continue
        if wish.cites and not names(entry, wish.cites):
            continue
        score = _score(entry, words)
        if score is None:
            continue
        own = tuple(each for each in by_file.get(entry.file, ()) if _is_in(each, entry))
        states = states_of(entry, own, today)
        if wish.state is not None and wish.state not in states:
            continue
        rank = (
            entry.kind == "learning",
            -score,
            order[entry.kind],
            entry.review_by or date.max,
            entry.file,
            entry.line,
        )
        scored.append((rank, entry, states, own))
    return [
        Found(entry=entry, states=states, faults=own)
        for _, entry, states, own in sorted(scored, key=lambda each: each[0])
    ]


def snippets(entry: Entry, wish: Wish) -> tuple[Snippet, ...]:
    """The first lines that show why it fits."""
    words = [*fold(wish.words).split(), *([fold(wish.cites)] if wish.cites else [])]
    found: list[Snippet] = []
    for number, line in enumerate(entry.text.splitlines(), entry.line):
        if len(found) == _SNIPPETS:
            break
        folded = fold(line)
        places = [place for word in words if (place := folded.find(word)) >= 0]
        if places and len(folded) == len(line):
            found.append(Snippet(number, _pieces(line, min(places), words)))
    return tuple(found)


def names(entry: Entry, cites: str) -> bool:
    """Whether it names this article, any article of this law, or this figure or hotline."""
    if "#" in cites:
        return cites in entry.cites
    if any(cited.partition("#")[0] == cites for cited in entry.cites):
        return True
    marks = (f"{{{{{cites}}}}}", f"[[contact:{cites}]]", f": {cites}\n")
    return any(mark in entry.text for mark in marks)


def states_of(entry: Entry, faults: Collection[Fault], today: date) -> tuple[State, ...]:
    """Late, or due soon; faulty."""
    found = []
    if entry.review_by is not None and today > entry.review_by:
        found.append(State.LATE)
    elif entry.review_by is not None and today + SOON >= entry.review_by:
        found.append(State.SOON)
    return (*found, State.FAULTY) if faults else tuple(found)


def _by_file(faults: Collection[Fault]) -> dict[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.file, []).append(fault)
    return found


def _is_in(fault: Fault, entry: Entry) -> bool:
    return fault.line == 0 or entry.line <= fault.line <= entry.last_line


def _score(entry: Entry, words: Sequence[str]) -> int | None:
    """How well the words fit; None when one is missing."""
    title, name, text = fold(entry.title), entry.id, entry.folded
    score = 0
    for word in words:
        if word in title:
            score += 20
        elif word in name:
            score += 15
        elif word not in text:
            return None
        score += min(text.count(word), 5)
    return score


def _pieces(line: str, first: int, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The line around its first word, divided into words and the rest."""
    start = max(0, first - _AROUND)
    shown = line[start : first + 3 * _AROUND].strip()
    folded = fold(shown)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = 0
    while at < len(shown):
        hits = [(folded.find(word, at), -len(word)) for word in words if word in folded[at:]]
        if not hits:
            break
        place, length = min(hits)
        pieces += [(shown[at:place], False), (shown[place : place - length], True)]
        at = place - length
    return (*pieces, (shown[at:], False))

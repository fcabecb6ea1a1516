"""What short messages look like that lean on the matter in hand: shapes.yml, compiled."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.concepts.aspects import ASPECTS
from bot.concepts.case import DEEDS
from bot.concepts.case_papers import PAPERS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.patterns import Pattern, PatternReader, never
from bot.knowledge.yaml_reader import read_yaml

FILE = "shapes.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Patterns for squeezed text.

    `aspects` are searched for in a short message; `leans` names by aspect the topics and tasks
    that sound like it, so that they are no other matter. `leads` mean a matter whatever is talked
    about, `named` one where that of another paper was heard, `said` the utterance or talk of their
    name, `wrong` that an answer of ours was; `insults` are meant for us, `reads_little` tells that
    plain words are needed, `feelings` are told,
    unless `others` are spoken of, of whom `theirs` are the ones who want money; `calls` tell that
    somebody reached the person. `acts` name by act of a collector the topic that is about it.
    `finishes` asks, half filled in, for the result; `corrects` puts an earlier answer right,
    `leaves` stops for now and `takes_up` goes on with what was left.
    `deadlines` name by paper the kind of its last day, `decisions` are papers that are answered
    by the next steps at once, `tool_homes` by tool the topic that is asked about in it and after
    it. `deeds` mean a button below the last reply. `homes` name by
    role, or role__stage, the topic that speaks to it, `event_homes` by what happened; `letters`
    the letter by role; `offers` are topics that tell by themselves to pay nothing, unless money
    is `gone`;
    `company` tells, after the card for danger, that somebody is there, `obstacles` name
    what keeps them from calling for help, `taken_back` that nothing was meant by it, unless
    `not_taken_back` stands there too.
    """

    aspects: Mapping[str, Pattern]
    leans: Mapping[str, frozenset[str]]
    leads: Mapping[str, Pattern]
    named: Mapping[str, Pattern]
    said: Mapping[str, Pattern]
    wrong: Pattern
    insults: Pattern
    reads_little: Pattern
    feelings: Pattern
    others: Pattern
    theirs: Pattern
    calls: Pattern
    acts: Mapping[str, str]
    finishes: Pattern
    corrects: Pattern
    leaves: Pattern
    takes_up: Pattern
    deadlines: Mapping[str, str]
    decisions: frozenset[str]
    tool_homes: Mapping[str, str]
    deeds: Mapping[str, Pattern]
    homes: Mapping[str, str]
    event_homes: Mapping[str, str]
    letters: Mapping[str, str]
    offers: frozenset[str]
    gone: Pattern
    company: Pattern
    obstacles: Mapping[str, Pattern]
    taken_back: Pattern
    not_taken_back: Pattern


_Named = tuple[tuple[str | int, ...], str, Collection[str], str]

NO_SHAPES = Shapes(
    aspects={},
    leans={},
    leads={},
    named={},
    said={},
    wrong=never(),
    insults=never(),
    reads_little=never(),
    feelings=never(),
    others=never(),
    theirs=never(),
    calls=never(),
    acts={},
    finishes=never(),
    corrects=never(),
    leaves=never(),
    takes_up=never(),
    deadlines={},
    decisions=frozenset(),
    tool_homes={},
    deeds={},
    homes={},
    event_homes={},
    letters={},
    offers=frozenset(),
    gone=never(),
    company=never(),
    obstacles={},
    taken_back=never(),
    not_taken_back=never(),
)
"""Of a folder whose file cannot be used."""


def read_shapes(folder: Path) -> tuple[Shapes, list[Fault]]:
    """The shapes of the folder, and what is wrong with the file."""
    faults: list[Fault] = []
    text = read_text(folder, FILE, faults)
    data, lines, more = read_yaml(text, FILE, "shapes") if text is not None else (None, {}, [])
    if data is None:
        return NO_SHAPES, [*faults, *more]
    reader = PatternReader(data, lines, {}, FILE)
    shapes = Shapes(
        aspects={name: reader.pattern(("aspects", name)) for name in data["aspects"]},
        leans={name: frozenset(matters) for name, matters in data["leans"].items()},
        leads={name: reader.pattern(("leads", name)) for name in data["leads"]},
        named={name: reader.pattern(("named", name)) for name in data["named"]},
        said={name: reader.pattern(("said", name)) for name in data["said"]},
        wrong=reader.pattern(("wrong",)),
        insults=reader.pattern(("insults",)),
        reads_little=reader.pattern(("reads_little",)),
        feelings=reader.pattern(("feelings",)),
        others=reader.pattern(("others",)),
        theirs=reader.pattern(("theirs",)),
        calls=reader.pattern(("calls",)),
        acts=dict(data["acts"]),
        finishes=reader.pattern(("finishes",)),
        corrects=reader.pattern(("corrects",)),
        leaves=reader.pattern(("leaves",)),
        takes_up=reader.pattern(("takes_up",)),
        deadlines=dict(data["deadlines"]),
        decisions=frozenset(data["decisions"]),
        tool_homes=dict(data["tool_homes"]),
        deeds={name: reader.pattern(("deeds", name)) for name in data["deeds"]},
        homes=dict(data["homes"]),
        event_homes=dict(data["event_homes"]),
        letters=dict(data["letters"]),
        offers=frozenset(data["offers"]),
        gone=reader.pattern(("gone",)),
        company=reader.pattern(("company",)),
        obstacles={name: reader.pattern(("obstacles", name)) for name in data["obstacles"]},
        taken_back=reader.pattern(("taken_back",)),
        not_taken_back=reader.pattern(("not_taken_back",)),
    )
    return shapes, [*more, *reader.faults]


def check_shapes(folder: Path, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Whatever is named there must be known: aspects, what there is to tell or to do, papers."""
    text = read_text(folder, FILE, [])
    data, lines, _ = read_yaml(text or "{}", FILE, "shapes")
    for place, name, known, kind in _named(data, knowledge) if data is not None else ():
        if name not in known:
            yield Fault(FILE, lines[place], f"没有叫 {name} 的{kind}，请改正拼写。")


def _named(data: Any, knowledge: KnowledgeBase) -> Iterator[_Named]:
    """Every name with its place, what it must be one of, and what that is called."""
    for group in ("aspects", "leans"):
        yield from (((group, name), name, ASPECTS, "方面") for name in data[group])
    for name in data["leads"]:
        known = [name] if knowledge.has_matter(name) else []
        yield ("leads", name), name, known, "主题或任务"
    for name in data["said"]:
        # While one of both files cannot be read, that is told once.
        can_be_read = knowledge.utterances and knowledge.talk
        sayings = {*knowledge.utterances, *knowledge.talk} if can_be_read else {name}
        yield ("said", name), name, sayings, "话"
    for name in data["named"]:
        yield ("named", name), name, knowledge.answers, "主题"
    for group in ("homes", "event_homes", "acts", "tool_homes"):
        for name, topic in data[group].items():
            yield (group, name), topic, knowledge.answers, "主题"
    for name in data["deadlines"]:
        yield ("deadlines", name), name, {*PAPERS, *DEEDS}, "文书或做过的事"
    for place, name in enumerate(data["offers"]):
        yield ("offers", place), name, knowledge.answers, "主题"
    for place, name in enumerate(data["decisions"]):
        yield ("decisions", place), name, PAPERS, "文书"
    for name, matters in data["leans"].items():
        for place, each in enumerate(matters):
            known = [each] if knowledge.has_matter(each) else []
            yield ("leans", name, place), each, known, "主题、任务或闲谈"

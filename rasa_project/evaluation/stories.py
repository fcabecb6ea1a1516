"""How well stories are read: by the word lists alone, and with what the model of clauses heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.answering.call_check import CallChecker
from bot.concepts.clauses import THREATS, HeardClause
from rasa_project.components.clauses import clauses_of

STORIES = Path(__file__).parents[2] / "tests" / "stories"
UNSEEN = "unseen"
SETS = {"stories": "stories.yml", "further": "further_stories.yml", UNSEEN: "unseen_stories.yml"}
"""By name; the unseen ones were written by somebody who saw no code, and are never looked at."""

LISTS, BOTH = "lists", "lists and model"
_ON = date(2026, 11, 23)
_FACTS = ("time", "night", "count", "per", "contacted", "lender", "channel")

Story = Mapping[str, Any]
Hear = Callable[[str], Sequence[HeardClause]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFigures:
    """Shares of the stories, but for those of acts: precision, recall and F1 over all acts.

    `laws_found` has all that are to be named, `laws_too_many` one that is never to be named;
    `false_all_clear` was surely called proper and is not, `threats_cleared` of those with a
    threat, `missed` nothing improper was heard of (asked back or not), `false_alarm` of the
    proper ones was told an act, `asked_back` was asked a question.
    """

    stories: int
    time: float
    night: float
    count: float
    per: float
    contacted: float
    lender: float
    channel: float
    acts_exact: float
    acts_precision: float
    acts_recall: float
    acts_f1: float
    laws_found: float
    laws_too_many: float
    urgent: float
    false_all_clear: float
    threats_cleared: float
    missed: float
    false_alarm: float
    asked_back: float


StoryMeasures = Mapping[str, Mapping[str, StoryFigures]]
"""By set, then by who reads."""


def measure_stories(checker: CallChecker, hear: Hear, folder: Path = STORIES) -> StoryMeasures:
    """Both ways to read each set that is there."""
    sets = {name: read_stories(folder / file) for name, file in SETS.items()}
    return {
        name: {
            LISTS: story_figures(stories, checker, lambda _: ()),
            BOTH: story_figures(stories, checker, hear),
        }
        for name, stories in sets.items()
        if stories
    }


def read_stories(path: Path) -> Sequence[Story]:
    """The annotated stories of a file; none where there is no such file."""
    from rasa.shared.utils.io import read_yaml

    if not path.exists():
        return ()
    stories: Sequence[Story] = read_yaml(path.read_text(encoding="utf-8"))
    return stories


def told_clauses(folder: Path = STORIES) -> list[str]:
    """The clauses of every story of every set."""
    stories = [story for file in SETS.values() for story in read_stories(folder / file)]
    return [clause for story in stories for clause in clauses_of(story["text"])]


def story_figures(stories: Sequence[Story], checker: CallChecker, hear: Hear) -> StoryFigures:
    """All figures of one set, read in one way."""
    pairs: list[tuple[Story, Mapping[str, Any]]] = [
        (each, checker.check_as_json(each["text"], _ON, hear(each["text"]))) for each in stories
    ]
    right = {
        name: _share(told["facts"][name] == story["facts"][name] for story, told in pairs)
        for name in _FACTS
    }
    improper = [pair for pair in pairs if not pair[0]["clean"]]
    proper = [pair for pair in pairs if pair[0]["clean"]]
    threats = [pair for pair in improper if {*THREATS} & {*pair[0]["facts"]["acts"]}]
    cleared = [pair for pair in improper if _is_all_clear(pair[1])]
    return StoryFigures(
        stories=len(pairs),
        **right,
        **_acts(pairs),
        laws_found=_share({*story.get("laws", ())} <= _laws(told) for story, told in pairs),
        laws_too_many=_share(
            bool({*story.get("never_laws", ())} & _laws(told)) for story, told in pairs
        ),
        urgent=_share(told["urgent"] is story["urgent"] for story, told in pairs),
        false_all_clear=len(cleared) / max(1, len(pairs)),
        threats_cleared=_share(_is_all_clear(told) for _, told in threats),
        missed=_share(bool(told["clean"]) for _, told in improper),
        false_alarm=_share(not told["clean"] for _, told in proper),
        asked_back=_share(not told["sure"] for _, told in pairs),
    )


def _is_all_clear(told: Mapping[str, Any]) -> bool:
    return bool(told["clean"] and told["sure"])


def _laws(told: Mapping[str, Any]) -> set[str]:
    return {str(rule["law"]) for rule in told["rules"]}


def _acts(pairs: Sequence[tuple[Story, Mapping[str, Any]]]) -> dict[str, float]:
    acts = [({*story["facts"]["acts"]}, {*told["facts"]["acts"]}) for story, told in pairs]
    both = sum(len(meant & told) for meant, told in acts)
    precision = both / max(1, sum(len(told) for _, told in acts))
    recall = both / max(1, sum(len(meant) for meant, _ in acts))
    return {
        "acts_exact": _share(meant == told for meant, told in acts),
        "acts_precision": precision,
        "acts_recall": recall,
        "acts_f1": 2 * precision * recall / max(1e-9, precision + recall),
    }


def _share(statements: Any) -> float:
    values = [float(each) for each in statements]
    return sum(values) / max(1, len(values))

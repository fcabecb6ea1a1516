"""From what `/model/parse` says of a text to frozen things, without a network."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.concepts.clauses import HeardClause
from bot.concepts.danger import DangerLevel, Opinion
from bot.concepts.paper_reading import PaperOpinion
from bot.concepts.understanding import Candidate, Understanding

FALLBACK = "nlu_fallback"
_SHOWN_CANDIDATES = 5


def read_parsed(parsed: Mapping[str, Any]) -> Understanding:
    """What was understood; KeyError, TypeError or ValueError for another shape."""
    ranking = tuple(
        Candidate(entry["name"], float(entry["confidence"]))
        for entry in _entries(parsed.get("intent_ranking"))
        if entry.get("name") not in (None, FALLBACK)
    )
    best = ranking[0] if ranking else Candidate("out_of_scope", 0.0)
    intent, aspect = parsed.get("intent") or {}, parsed.get("aspect") or {}
    accepted = bool(ranking) and intent.get("name") not in (None, FALLBACK)
    return Understanding(
        topic=best.topic,
        confidence=best.confidence,
        accepted=accepted,
        ranking=ranking[:_SHOWN_CANDIDATES],
        matters=tuple(parsed.get("matters") or (best.topic,)),
        danger=_opinion(parsed),
        aspect=aspect.get("name"),
        aspect_confidence=float(aspect.get("confidence") or 0.0),
        asked_next={
            str(each["name"]): float(each["likeness"])
            for each in _entries(parsed.get("asked_next"))
        },
        paper=_paper(parsed.get("paper")),
        heard=tuple(_clause(each) for each in _entries(parsed.get("heard"))),
    )


def _clause(entry: Mapping[str, Any]) -> HeardClause:
    return HeardClause(
        likely={str(label): float(share) for label, share in entry["likely"].items()},
        is_known=bool(entry["known"]),
        says=str(entry["says"]),
    )


def _opinion(parsed: Mapping[str, Any]) -> Opinion:
    level = parsed.get("danger")
    return Opinion(DangerLevel(level) if level else None, bool(parsed.get("is_harmless")))


def _paper(seen: object) -> PaperOpinion | None:
    if not isinstance(seen, Mapping):
        return None
    return PaperOpinion(
        str(seen["kind"]), float(seen["confidence"]), float(seen.get("is_paper") or 0.0)
    )


def _entries(value: object) -> Sequence[Mapping[str, Any]]:
    return value if isinstance(value, list) else ()

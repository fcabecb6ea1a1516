"""The story that was checked last, as a conversation keeps it: texts by name."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.call_check import CallChecker
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import STORY_TOOL, Conversation, Draft
from bot.concepts.facts import ContactFacts

UNHEARD = "unheard"
"""Where the draft of a checked story keeps what the person took back of it."""
MORE = "more"
"""Where it keeps what was told after the story, a line each."""
HEARD = "heard"
"""Where it keeps what the model heard: for the story and each line after it, a list of clauses."""
ASKED = "is_asked"
"""Marks a story about which the deciding question was asked: what is told next answers it."""
SETTLED = "is_settled"
"""Marks a story of which the person has said that nothing else happened."""
_WRONG = "is_wrong"
_OF_WHAT_HAPPENED = ("act_", "contacted_", "time", "count")


def case_of(
    story: str,
    heard: Sequence[Sequence[HeardClause]],
    unheard: Collection[str] = (),
    more: str = "",
    *,
    is_replaced: bool = False,
) -> dict[str, str]:
    """A checked story; what was heard in it; what was taken back of it; what was told after it.

    `is_replaced` when something told after it takes the place of something in it.
    """
    told = {
        "story": story,
        UNHEARD: ",".join(sorted(unheard)),
        MORE: more,
        HEARD: _as_text(heard),
    }
    return {**told, _WRONG: "yes"} if is_replaced else told


def with_story(talk: Conversation, story: Mapping[str, str]) -> Conversation:
    """The talk with a checked story, for the letter or the record that may follow."""
    draft = Draft(tool=STORY_TOOL, answers={"story": story["story"]}, is_open=False)
    return replace(talk.with_draft(draft), story=story)


def told_story(talk: Conversation) -> Mapping[str, str] | None:
    """The story that was checked last, unless something else was begun since."""
    return talk.story if talk.is_story_in_hand else None


def unheard_in(case: Mapping[str, str]) -> frozenset[str]:
    """What the person took back of a checked story."""
    return frozenset(filter(None, case.get(UNHEARD, "").split(",")))


def heard_in(case: Mapping[str, str]) -> list[list[HeardClause]]:
    """What the model heard in the story and in each line after it; nothing where it is broken."""
    try:
        kept = json.loads(case.get(HEARD) or "[]")
        return [[_clause(each) for each in told] for told in kept]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []


def story_to_tell_again(case: Mapping[str, str]) -> str | None:
    """The story, when something that it tells was not so: nobody may sign it as it is."""
    is_untrue = any(each.startswith(_OF_WHAT_HAPPENED) for each in unheard_in(case))
    return whole_story(case) if is_untrue or is_wrong(case) else None


def whole_story(case: Mapping[str, str]) -> str:
    """The story with what was told after it."""
    return "\n".join(filter(None, (case.get("story"), case.get(MORE))))


def is_wrong(case: Mapping[str, str]) -> bool:
    """Whether something told later took the place of something in the story."""
    return _WRONG in case


def heard_facts(checker: CallChecker, case: Mapping[str, str], on: date) -> ContactFacts:
    """The facts of a checked story, as the person has corrected them."""
    heard = iter(heard_in(case))
    facts = checker.read(case["story"], on, next(heard, ()))
    for line in case.get(MORE, "").splitlines():
        newer = checker.read(line, on, next(heard, ()))
        facts = facts.corrected_by(newer)
        if ASKED in case:
            facts = replace(facts, doubts=newer.doubts)
    facts = facts.without(unheard_in(case))
    return replace(facts, doubts=(), is_heard=True) if SETTLED in case else facts


def _as_text(heard: Sequence[Sequence[HeardClause]]) -> str:
    """Labels and likelihoods alone: the words stand in the story."""
    kept = [
        [{"known": each.is_known, "likely": dict(each.likely)} for each in told] for told in heard
    ]
    return json.dumps(kept, separators=(",", ":"))


def _clause(entry: Mapping[str, object]) -> HeardClause:
    likely = entry["likely"]
    if not isinstance(likely, Mapping):
        raise TypeError(likely)
    shares = {str(label): float(share) for label, share in likely.items()}
    return HeardClause(likely=shares, is_known=bool(entry["known"]))

"""The last day that runs from the paper in hand: it is said first, and one is reminded of it."""

from dataclasses import replace

from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.dialogue.step import EffectKind, Step, task, utterance
from bot.dialogue.wishes import REMINDER, reminder_offered
from bot.knowledge.library import Book

_COURT = frozenset({"sued", "judgment", "enforcement"})
_DEBTOR = (None, "debtor")
_HOW_LONG = "how_long"
_PAGES = frozenset({EffectKind.ANSWER, EffectKind.LAYER})
_CHANGES = ("role", "stage", "paper")
"""Facts with which a topic has other words, or other days."""


def with_last_day(step: Step, case: Case, book: Book) -> Step:
    """What is said of a matter, below the last day of the paper in hand."""
    first, kind = step.effects[0], _kind_of(case, book)
    if first.kind not in _PAGES or kind is None or case.served_on is None:
        return step
    told = task("last_day", kind=kind, day=case.served_on.isoformat(), topic=first.name)
    # What reckons the last day is not offered beside it, nor does a debtor read all papers' days.
    rest = [each for each in step.effects[1:] if each.name != "offer_second"]
    is_dated = first.kind is EffectKind.ANSWER and case.role in _DEBTOR
    said = replace(first, arguments={**first.arguments, "is_dated": True}) if is_dated else first
    return replace(step, effects=(told, said, *rest))


def with_day_mended(step: Step, before: Case, book: Book) -> Step:
    """That a fact was put right, and the last day, where the day of arrival was that fact."""
    case = step.conversation.case
    kind = _kind_of(case, book)
    if kind is None or case.served_on is None or case.served_on == before.served_on:
        return step
    told = task("last_day", kind=kind, day=case.served_on.isoformat())
    return replace(step, effects=(*step.effects, told))


def asks_how_long(step: Step) -> bool:
    """Whether what is said is how long something takes."""
    first = step.effects[0]
    return first.kind is EffectKind.LAYER and first.arguments.get("layer") == _HOW_LONG


def with_court_days(step: Step, known: Case, before: Case, book: Book) -> Step:
    """To who just told of a suit, a judgment or its enforcement: when what came, if not told.

    Not below a matter that tells the days itself, nor where the day was told.
    """
    first = step.effects[0]
    is_told = known.stage in _COURT and known.stage != before.stage and known.served_on is None
    is_whole = first.kind is EffectKind.ANSWER and not first.arguments.get("is_shorter")
    if not is_told or first.kind not in _PAGES or (is_whole and _tells_days(first.name, book)):
        return step
    is_named = _kind_of(known, book) is not None
    return replace(
        step, effects=(*step.effects, utterance("court_day" if is_named else "court_days"))
    )


def with_whole_answer(step: Step, known: Case, before: Case) -> Step:
    """Not the short form for who read it before as somebody else, or before it came so far."""
    first = step.effects[0]
    is_changed = any(getattr(known, each) != getattr(before, each) for each in _CHANGES)
    if first.kind is not EffectKind.ANSWER or not is_changed:
        return step
    rest = {name: value for name, value in first.arguments.items() if name != "is_shorter"}
    return replace(step, effects=(replace(first, arguments=rest), *step.effects[1:]))


def _tells_days(topic: str, book: Book) -> bool:
    """Whether the last day of a matter runs from a paper that is served."""
    matter = book.knowledge.answers.get(topic)
    kind = None if matter is None else book.deadlines.kinds.get(matter.deadline or "")
    return kind is not None and kind.served is not None


def reminder_of(conversation: Conversation, book: Book) -> Choice | None:
    """What sets a reminder: the button below the last reply, else the paper in hand."""
    case = conversation.case
    kind, offered = _kind_of(case, book), reminder_offered(conversation)
    if offered is not None or kind is None or case.served_on is None:
        return offered
    return Choice(Verb.DEED, f"{REMINDER}{kind}_{case.served_on:%Y%m%d}")


def _kind_of(case: Case, book: Book) -> str | None:
    """The kind of the last day that can be counted from the paper in hand."""
    kind = book.shapes.deadlines.get(case.paper or "")
    return kind if kind in book.deadlines.kinds else None

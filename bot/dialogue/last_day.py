"""The last day that runs from the paper in hand: it is said first, and one is reminded of it."""

from dataclasses import replace

from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.dialogue.step import EffectKind, Step, task, utterance
from bot.dialogue.wishes import REMINDER, reminder_offered
from bot.knowledge.library import Book

_COURT = frozenset({"sued", "judgment", "enforcement"})
_HOW_LONG = "how_long"
_PAGES = frozenset({EffectKind.ANSWER, EffectKind.LAYER})


def with_last_day(step: Step, case: Case, book: Book) -> Step:
    """What is said of a matter, below the last day of the paper in hand."""
    first, kind = step.effects[0], _kind_of(case, book)
    if first.kind not in _PAGES or kind is None or case.served_on is None:
        return step
    told = task("last_day", kind=kind, day=case.served_on.isoformat(), topic=first.name)
    # What reckons the last day is not offered beside it.
    rest = (each for each in step.effects if each.name != "offer_second")
    return replace(step, effects=(told, *rest))


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
    """To who just told of a suit, a judgment or its enforcement: that days run, and from when.

    Not below a matter that tells the days itself, nor where the day was told.
    """
    first = step.effects[0]
    is_told = known.stage in _COURT and known.stage != before.stage and known.served_on is None
    if not is_told or first.kind is not EffectKind.ANSWER or _tells_days(first.name, book):
        return step
    return replace(step, effects=(*step.effects, utterance("court_days")))


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

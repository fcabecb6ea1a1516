"""A conversation as plain JSON and back. What is broken or unknown is dropped, never an error."""

from collections.abc import Mapping
from dataclasses import fields

from bot.concepts.case import Case
from bot.concepts.conversation import SUMMARY, Conversation, Draft

_FLAGS = ("is_plain", "is_traditional", "is_after_card", "is_in_danger")


def as_stored(conversation: Conversation) -> dict[str, object]:
    """Plain JSON; what says nothing is left out."""
    empty = Conversation()
    stored: dict[str, object] = {
        each.name: getattr(conversation, each.name)
        for each in fields(Conversation)
        if getattr(conversation, each.name) != getattr(empty, each.name)
    }
    if conversation.draft is not None:
        draft = conversation.draft
        kept = {each.name: getattr(draft, each.name) for each in fields(Draft)}
        stored["draft"] = {**kept, "answers": dict(draft.answers)}
    if "case" in stored:
        stored["case"] = conversation.case.as_stored()
    for name in ("story", "record", "paper", "aside"):
        if name in stored:
            stored[name] = dict(getattr(conversation, name))
    return stored


def of_stored(stored: Mapping[str, object]) -> Conversation:
    """The conversation that was stored, by this version or by the one that kept drafts alone."""
    given = _of_former_version(stored) if "tool" in stored else stored
    return Conversation(
        topic=_text(given.get("topic")) or None,
        shown=_names(given.get("shown")),
        asked=_text(given.get("asked")) or None,
        offered=_pairs(given.get("offered")),
        draft=_draft(given.get("draft")),
        aside=_by_tool(given.get("aside")),
        story=_texts(given.get("story")),
        record=_texts(given.get("record")),
        paper=_texts(given.get("paper")),
        case=Case.of_stored(case if isinstance(case := given.get("case"), Mapping) else {}),
        misses=misses if isinstance(misses := given.get("misses"), int) else 0,
        unclear=_names(given.get("unclear")),
        waiting=_text(given.get("waiting")),
        question=_text(given.get("question")),
        **{name: bool(given.get(name)) for name in _FLAGS},
    )


def _of_former_version(stored: Mapping[str, object]) -> Mapping[str, object]:
    """A row that held one draft, with the checked story in it."""
    draft = {name: stored.get(name) for name in ("tool", "answers", "asking", "is_review")}
    return {
        "draft": {**draft, "is_open": stored.get("is_open")} if stored.get("tool") else None,
        "story": stored.get("case"),
        "aside": stored.get("aside"),
    }


def _draft(given: object) -> Draft | None:
    if not isinstance(given, Mapping) or not _text(given.get("tool")):
        return None
    return Draft(
        tool=_text(given.get("tool")),
        answers=_texts(given.get("answers")),
        asking=_text(given.get("asking")) or SUMMARY,
        is_review=bool(given.get("is_review")),
        is_open=bool(given.get("is_open")),
        doubted=_text(given.get("doubted")),
        candidate=_text(given.get("candidate")),
    )


def _text(given: object) -> str:
    return given if isinstance(given, str) else ""


def _names(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list | tuple) else ()


def _pairs(given: object) -> tuple[tuple[str, str], ...]:
    pairs = given if isinstance(given, list | tuple) else ()
    return tuple(
        (str(each[0]), str(each[1]))
        for each in pairs
        if isinstance(each, list | tuple) and len(each) == 2
    )


def _texts(given: object) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        return {}
    return {str(name): str(text) for name, text in given.items()}


def _by_tool(given: object) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(given, Mapping):
        return {}
    return {str(tool): _texts(answers) for tool, answers in given.items()}

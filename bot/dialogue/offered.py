"""The buttons below the last reply: their words may be typed instead of tapped."""

import re
from collections.abc import Mapping

from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Reply

Offered = tuple[tuple[str, str], ...]
"""Labels and choices, as a conversation keeps them."""

_SIGN = re.compile(r"^\W+")
_BEGUN_AT_LEAST = 2
"""Characters of a button's words that stand for it, where no other button begins so."""
_IN_WHOLE_WORDS = {Choice(Verb.DEED, "erase")}


def offered_by(reply: Reply) -> Offered:
    """The buttons that the person sees now."""
    return tuple(
        (_SIGN.sub("", button.label), str(button.choice))
        for row in reply.buttons
        for button in row
    )


def typed_choice(offered: Offered, text: str) -> Choice | None:
    """The button whose words, or how they begin, were typed; None when they are of none."""
    said = _SIGN.sub("", text.strip().rstrip("。.!！"))
    choices = {
        label: choice for label, stored in offered if (choice := Choice.parse(stored)) is not None
    }
    return choices.get(said) or _begun(choices, said)


def _begun(offered: Mapping[str, Choice], said: str) -> Choice | None:
    """The only button that begins so: of a question that is open, one of its choices only."""
    if len(said) < _BEGUN_AT_LEAST:
        return None
    is_asked = any(choice.verb is Verb.CONTROL for choice in offered.values())
    begun = {
        choice
        for label, choice in offered.items()
        if label.startswith(said) and (choice.verb is Verb.PICK or not is_asked)
    }
    return begun.pop() if len(begun) == 1 and not begun & _IN_WHOLE_WORDS else None

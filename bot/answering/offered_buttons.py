"""The buttons below the last reply to a person, whose words may be typed. In memory only."""

import re
from collections import OrderedDict
from collections.abc import Collection, Mapping

from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Reply

PEOPLE_AT_MOST = 1000
"""Of how many people the last buttons are remembered."""

_SIGN = re.compile(r"^\W+")
_BEGUN_AT_LEAST = 2
"""Characters of a button's words that stand for it, where no other button begins so."""
_IN_WHOLE_WORDS = {Choice(Verb.DEED, "erase")}


class OfferedButtons:
    """Forgets whoever was silent longest; holds our own words, and nothing that people wrote."""

    def __init__(self) -> None:
        self._offered: OrderedDict[str, dict[str, Choice]] = OrderedDict()

    def remember(self, sender: str, reply: Reply) -> None:
        """These are the buttons that the person sees now."""
        self._offered[sender] = {
            _SIGN.sub("", button.label): button.choice for row in reply.buttons for button in row
        }
        self._offered.move_to_end(sender)
        if len(self._offered) > PEOPLE_AT_MOST:
            self._offered.popitem(last=False)

    def offers(self, sender: str, choices: Collection[Choice]) -> bool:
        """Whether one of these stands below the last reply."""
        return any(choice in choices for choice in self._offered.get(sender, {}).values())

    def typed(self, sender: str, text: str) -> Choice | None:
        """The button whose words, or how they begin, were typed; None when they are of none."""
        said = _SIGN.sub("", text.strip().rstrip("。.!！"))
        offered = self._offered.get(sender, {})
        return offered.get(said) or _begun(offered, said)


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

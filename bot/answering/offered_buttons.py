"""The buttons below the last reply to a person, whose words may be typed. In memory only."""

from collections import OrderedDict

from bot.concepts.choice import Choice
from bot.concepts.reply import Reply

PEOPLE_AT_MOST = 1000
"""Of how many people the last buttons are remembered."""


class OfferedButtons:
    """Forgets whoever was silent longest; holds our own words, and nothing that people wrote."""

    def __init__(self) -> None:
        self._offered: OrderedDict[str, dict[str, Choice]] = OrderedDict()

    def remember(self, sender: str, reply: Reply) -> None:
        """These are the buttons that the person sees now."""
        self._offered[sender] = {
            button.label: button.choice for row in reply.buttons for button in row
        }
        self._offered.move_to_end(sender)
        if len(self._offered) > PEOPLE_AT_MOST:
            self._offered.popitem(last=False)

    def typed(self, sender: str, text: str) -> Choice | None:
        """The button whose words were typed; None when they are of none."""
        said = text.strip().rstrip("。.!！")
        return self._offered.get(sender, {}).get(said)

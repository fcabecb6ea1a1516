"""The line to Telegram goes wrong by chance, as it does in the world."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.bot_api_server.records import Call, Fault
from tests.bot_api_server.rules import Refused

_ANSWERS = frozenset({"sendMessage", "editMessageText"})
_TOUCHED = _ANSWERS | {"getUpdates", "answerCallbackQuery", "sendChatAction"}
SLOWEST = 3.0
"""Seconds; what was sent before a kill may be taken so much later."""

_SHARE = 0.12
"""So many calls go wrong; each way is as likely as the others."""


@dataclass(slots=True)
class Weather:
    """`lost` counts, for each chat, answers of Telegram that never reached the bot."""

    chance: Random
    is_calm: bool = True
    faults: int = 0
    lost: Counter[int] = field(default_factory=Counter)

    def __call__(self, call: Call) -> Fault | None:
        """What happens to a call."""
        if self.is_calm or call.method not in _TOUCHED or self.chance.random() > _SHARE:
            return None
        self.faults += 1
        match self.chance.randrange(5):
            case 0:
                return Fault(Refused(500, "Internal Server Error"))
            case 1:
                wait = self.chance.randint(1, 3)
                return Fault(Refused(429, f"Too Many Requests: retry after {wait}", wait))
            case 2:
                return Fault()
            case 3:
                if call.method in _ANSWERS:
                    self.lost[int(call.parameters["chat_id"])] += 1
                return Fault(is_done=True)
            case _:
                return Fault(seconds=self.chance.uniform(0.2, SLOWEST))

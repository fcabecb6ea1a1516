"""What a turn of one person costs after many: CPU alone, without Telegram and without a model."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

from bot.bootstrap import open_program
from bot.concepts.clock import now
from bot.concepts.message import IncomingMessage
from tests.rasa_stand_in import RasaStandIn

PLACES = (1, 100, 1000)
_AROUND = 9
"""So many turns in a row are measured, since one alone is chance."""


async def cpu_of_turns(folder: Path, text: str, topic: str) -> Sequence[float]:
    """Milliseconds of CPU of the turns from each of these places on, all of one person."""
    rasa = RasaStandIn()
    rasa.means(text, topic)
    costs = []
    async with open_program(rasa.settings(folder)) as program:
        for _ in range(PLACES[-1] + _AROUND):
            began = process_time()
            await program.respond(IncomingMessage(sender_id="1", sent_on=now(), text=text))
            costs.append((process_time() - began) * 1000)
    await rasa.die()
    return [median(costs[place - 1 :][:_AROUND]) for place in PLACES]

"""The short form: some of each blow, and nothing lost, repeated for no reason or set aside."""

from collections import Counter
from pathlib import Path

from tests.torture.counting import counted
from tests.torture.crowd import Deed
from tests.torture.session import soak, torture

BLOWS = (
    *("kill", "burst", "kill in the start", "rasa gone, kill", "disk full", "read-only"),
    *("database locked", "rasa slow", "stop", "clock", "clock, kill"),
)


async def test_whatever_is_done_to_the_bot_everybody_is_answered(tmp_path: Path) -> None:
    session = await torture(tmp_path, seed=1, seconds=0, people=5, names=BLOWS)
    assert session.count.is_good, (session.count.rows(), session.log)
    assert session.count.sent > len(BLOWS)
    assert session.kills == 4


async def test_a_line_that_goes_wrong_at_times_loses_nobody(tmp_path: Path) -> None:
    session = await soak(tmp_path, seed=1, seconds=4, people=10)
    assert session.count.is_good, (session.count.rows(), session.log)
    assert len(session.megabytes) == 10


def deed(person: int, done_at: float, *answers: float) -> Deed:
    return Deed(person, "call_hours", done_at, list(answers))


def test_each_answer_is_counted_where_it_belongs() -> None:
    deeds = [
        deed(1, 0, 1),
        deed(1, 2, 40),
        deed(2, 0),
        deed(3, 0, 1, 9),
        deed(4, 0, 1, 2),
        deed(5, 0, 1, 2),
    ]
    count = counted(deeds, deaths=[8], lost=Counter({4: 1}), set_aside=0)
    assert (count.sent, count.answered, count.lost, count.late) == (6, 5, 1, 1)
    assert (count.twice, count.twice_after_a_kill, count.twice_after_a_lost_answer) == (1, 1, 1)
    assert not count.is_good


def test_an_answer_before_the_one_that_was_asked_for_earlier_is_out_of_order() -> None:
    deeds = [deed(1, 0, 5), deed(1, 1, 4), deed(2, 0, 1), deed(2, 1, 2)]
    assert counted(deeds, [], Counter(), 0).out_of_order == 1

"""What came of it all: sent, answered, lost, twice, late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import groupby, pairwise

from tests.torture.crowd import Deed
from tests.torture.weather import SLOWEST

LATE = 30.0
"""Seconds after which an answer counts as late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """`twice` is what nothing excuses; the excused follow it."""

    sent: int
    answered: int
    lost: int
    twice: int
    twice_after_a_kill: int
    twice_after_a_lost_answer: int
    out_of_order: int
    late: int
    set_aside: int
    median_seconds: float
    p99_seconds: float
    longest_seconds: float

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing set aside, nothing answered twice without a reason."""
        return not (self.lost or self.twice or self.out_of_order or self.set_aside)

    def rows(self) -> list[str]:
        """One line for each number."""
        found = [(each.name.replace("_", " "), getattr(self, each.name)) for each in fields(self)]
        return [f"{name:26}{value:>10.4g}" for name, value in found]


def counted(
    deeds: Sequence[Deed], deaths: Sequence[float], lost: Counter[int], set_aside: int
) -> Count:
    """What came of all that people did; `lost` are Telegram's lost answers by chat."""
    answered = [deed for deed in deeds if deed.answers]
    waits = sorted(deed.answers[0] - deed.done_at for deed in answered) or [0.0]
    excuses, twice = Counter(lost), Counter[str]()
    for deed in answered:
        for first, second in pairwise(deed.answers):
            if any(first - SLOWEST <= death <= second for death in deaths):
                twice["kill"] += 1
            elif excuses[deed.person]:
                excuses[deed.person] -= 1
                twice["line"] += 1
            else:
                twice["no reason"] += 1
    return Count(
        sent=len(deeds),
        answered=len(answered),
        lost=len(deeds) - len(answered),
        twice=twice["no reason"],
        twice_after_a_kill=twice["kill"],
        twice_after_a_lost_answer=twice["line"],
        out_of_order=_out_of_order(answered),
        late=sum(wait > LATE for wait in waits),
        set_aside=set_aside,
        median_seconds=waits[len(waits) // 2],
        p99_seconds=waits[int(len(waits) * 0.99)],
        longest_seconds=waits[-1],
    )


def _out_of_order(answered: Sequence[Deed]) -> int:
    """Answers to one person that came before the answer to what was said earlier."""
    by_person = sorted(answered, key=lambda deed: (deed.person, deed.done_at))
    return sum(
        later.answers[0] < earlier.answers[0]
        for _, deeds in groupby(by_person, key=lambda deed: deed.person)
        for earlier, later in pairwise(deeds)
    )

"""What went wrong, in groups by likeness, held in memory beside the database for the desk.

Only groups of enough people are ever given out. What people delete is gone at the next look.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.concepts.missed import Decision, KeptMiss, MissKind
from bot.desk.likeness import Groups
from bot.storage.missed_records import Mark, MissedRecords

_AT_ONCE = 250
"""Messages that are placed before others get a turn."""

_WAYS = 5
"""Wordings of a group that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissGroup:
    """Messages that are alike and nobody has decided on, from `people` different people.

    `text` is the wording used most, `ways` are others; `guesses` the topics that were taken for
    them, the most frequent first; `numbers` all messages, for a decision.
    """

    id: int
    text: str
    ways: tuple[str, ...]
    kinds: Mapping[MissKind, int]
    guesses: tuple[str, ...]
    people: int
    messages: int
    numbers: tuple[int, ...]


class MissBook:
    """Groups of what went wrong; look with `refresh`, then read."""

    def __init__(self, records: MissedRecords, shown_from: int) -> None:
        """`shown_from` is the number of people from which a group is shown."""
        self._records = records
        self._shown_from = shown_from
        self._groups = Groups()
        self._kept: dict[int, KeptMiss] = {}
        self._decisions: Mapping[int, Decision | None] = {}
        self._members: dict[int, list[int]] = defaultdict(list)
        self._group_of: dict[int, int] = {}
        self._mark: Mark | None = None
        self._shown: tuple[MissGroup, ...] = ()
        self._lock = asyncio.Lock()
        self._beside: asyncio.Task[None] | None = None

    async def look(self) -> int:
        """Take in what is new, if it is little, and say how many messages still wait.

        More than that is taken in beside, so that no page waits for it.
        """
        mark = await self._records.mark()
        if mark == self._mark:
            return 0
        waiting = mark.count - len(self._kept)
        if waiting <= _AT_ONCE and not self._lock.locked():
            await self.refresh()
            return 0
        if self._beside is None or self._beside.done():
            self._beside = asyncio.create_task(self.refresh())
        return max(waiting, 1)

    async def refresh(self) -> None:
        """Take in all that has changed since; StorageError when the database fails."""
        async with self._lock:
            mark = await self._records.mark()
            if mark == self._mark:
                return
            self._decisions = await self._records.decisions()
            self._forget(set(self._kept) - set(self._decisions))
            last = max(self._kept, default=0)
            while new := await self._records.after(last, _AT_ONCE):
                for each in new:
                    self._take(each)
                last = new[-1].number
                # Other pages must not wait for ten thousand messages.
                await asyncio.sleep(0)
            self._shown = self._arranged()
            self._mark = mark

    async def close(self) -> None:
        """End what is done beside."""
        if self._beside is not None:
            self._beside.cancel()
            await asyncio.wait([self._beside])

    @property
    def groups(self) -> Sequence[MissGroup]:
        """What may be shown: from most people first."""
        return self._shown

    def group(self, group_id: int) -> MissGroup | None:
        """One of them."""
        return next((each for each in self._shown if each.id == group_id), None)

    async def decide(self, group: MissGroup, decision: Decision) -> None:
        """Note what was made of all messages of a group."""
        await self._records.decide(group.numbers, decision)
        await self.refresh()

    async def take_back(self, numbers: Sequence[int]) -> None:
        """Nothing was made of these after all."""
        await self._records.decide(numbers, None)
        await self.refresh()

    def _take(self, new: KeptMiss) -> None:
        # What was taken back of a story and what was asked are never one matter.
        about = new.missed.guesses[0] if new.missed.kind is MissKind.CORRECTED else ""
        group = self._groups.place(new.number, f"{about}{new.missed.text}")
        self._kept[new.number] = new
        self._members[group].append(new.number)
        self._group_of[new.number] = group

    def _forget(self, gone: set[int]) -> None:
        for number in gone:
            del self._kept[number]
            group = self._group_of.pop(number)
            self._members[group].remove(number)
        empty = [group for group, members in self._members.items() if not members]
        self._groups.drop(empty)
        for group in empty:
            del self._members[group]

    def _arranged(self) -> tuple[MissGroup, ...]:
        found = (self._group(group, members) for group, members in self._members.items())
        shown = [each for each in found if each is not None]
        return tuple(sorted(shown, key=lambda each: (-each.people, each.id)))

    def _group(self, group: int, members: Sequence[int]) -> MissGroup | None:
        """A group as it may be shown; None for fewer people than that, or nothing left to do."""
        if len(members) < self._shown_from:
            return None
        open_ones = [self._kept[each] for each in members if self._decisions.get(each) is None]
        people = {each.missed.sender for each in open_ones}
        if len(people) < self._shown_from or self._is_refused_rightly(open_ones, members):
            return None
        texts = Counter(each.missed.text for each in open_ones)
        guesses = Counter(guess for each in open_ones for guess in each.missed.guesses)
        (text, _), *others = texts.most_common(_WAYS + 1)
        return MissGroup(
            id=group,
            text=text,
            ways=tuple(way for way, _ in others),
            kinds=Counter(each.missed.kind for each in open_ones),
            guesses=tuple(guess for guess, _ in guesses.most_common(3)),
            people=len(people),
            messages=len(open_ones),
            numbers=tuple(each.number for each in open_ones),
        )

    def _is_refused_rightly(self, open_ones: Sequence[KeptMiss], members: Sequence[int]) -> bool:
        """Whether all that came since somebody said "not ours" was refused, as it should be."""
        is_refused = all(each.missed.kind is MissKind.REFUSED for each in open_ones)
        return is_refused and any(
            self._decisions.get(each) is Decision.NOT_OURS for each in members
        )

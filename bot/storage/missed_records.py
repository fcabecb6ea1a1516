"""What went wrong, for the advocates who learn from it: sealed, and gone when its sender says so.

The sender is a keyed hash, here only to count people and to delete.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from bot.concepts.missed import Decision, KeptMiss, Missed, MissKind
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import MissedTable

_AT_ONCE = 500
"""Numbers in one statement: databases allow only so many."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Tells one state of the table from another without reading it."""

    count: int
    last: int
    decided: int


class MissedRecords:
    """Every method raises StorageError when the database fails or a text cannot be read."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def add(self, missed: Missed) -> None:
        """Keep a message, its personal numbers masked already."""
        body = self._cipher.seal({"text": missed.text, "guesses": list(missed.guesses)})
        row = {
            "sender": missed.sender,
            "kind": missed.kind.value,
            "body": body,
            "asked_on": missed.on,
        }
        async with self._database.transaction() as connection:
            await connection.execute(insert(MissedTable).values(row))

    async def mark(self) -> Mark:
        """The state of the table."""
        wanted = select(
            func.count(), func.max(MissedTable.id), func.count(MissedTable.decision)
        ).select_from(MissedTable)
        async with self._database.transaction() as connection:
            count, last, decided = (await connection.execute(wanted)).one()
        return Mark(int(count), int(last or 0), int(decided))

    async def decisions(self) -> Mapping[int, Decision | None]:
        """The numbers of all that is kept, in order, with what was decided."""
        wanted = select(MissedTable.id, MissedTable.decision).order_by(MissedTable.id)
        async with self._database.transaction() as connection:
            rows = await connection.execute(wanted)
            return {number: _decision(decided) for number, decided in rows}

    async def after(self, number: int, limit: int) -> tuple[KeptMiss, ...]:
        """What was kept after a number, oldest first."""
        wanted = (
            select(
                MissedTable.id,
                MissedTable.sender,
                MissedTable.kind,
                MissedTable.body,
                MissedTable.asked_on,
                MissedTable.decision,
            )
            .where(MissedTable.id > number)
            .order_by(MissedTable.id)
            .limit(limit)
        )
        async with self._database.transaction() as connection:
            rows = (await connection.execute(wanted)).all()
        return tuple(
            KeptMiss(
                number=found,
                missed=self._missed(sender, kind, body, day),
                decision=_decision(decided),
            )
            for found, sender, kind, body, day, decided in rows
        )

    async def decide(self, numbers: Collection[int], decision: Decision | None) -> None:
        """Note what was made of these, or that it was taken back."""
        wanted = sorted(numbers)
        async with self._database.transaction() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = MissedTable.id.in_(wanted[start : start + _AT_ONCE])
                value = None if decision is None else decision.value
                await connection.execute(update(MissedTable).where(some).values(decision=value))

    async def forget_before(self, day: date) -> None:
        """Delete what was asked before that day."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(MissedTable).where(MissedTable.asked_on < day))

    def _missed(self, sender: str, kind: str, body: str, day: date) -> Missed:
        kept = self._cipher.unseal(body)
        guesses = kept.get("guesses")
        return Missed(
            sender=sender,
            kind=MissKind(kind),
            text=str(kept.get("text", "")),
            guesses=tuple(map(str, guesses)) if isinstance(guesses, Sequence) else (),
            on=day,
        )


def _decision(stored: str | None) -> Decision | None:
    return None if stored is None else Decision(stored)

"""The letter or form that a person is filling in, so that it outlives a restart. Encrypted."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.concepts.records import Draft
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import DraftTable


class Drafts:
    """One for each person. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def keep(self, sender: str, draft: Draft, on: datetime) -> None:
        """Keep it in the place of the person's former draft."""
        body = self._cipher.seal(
            {
                "tool": draft.tool,
                "answers": dict(draft.answers),
                "asking": draft.asking,
                "is_review": draft.is_review,
                "is_open": draft.is_open,
            }
        )
        async with self._database.transaction() as connection:
            changed = await connection.execute(
                update(DraftTable)
                .where(DraftTable.sender == sender)
                .values(body=body, changed_on=on)
            )
            if changed.rowcount == 0:
                row = {"sender": sender, "body": body, "changed_on": on}
                await connection.execute(insert(DraftTable).values(row))

    async def of(self, sender: str) -> Draft | None:
        """The person's draft; None without one. StorageError when it cannot be read."""
        async with self._database.transaction() as connection:
            body = await connection.scalar(
                select(DraftTable.body).where(DraftTable.sender == sender)
            )
        if body is None:
            return None
        told = self._cipher.unseal(body)
        answers = told.get("answers")
        given = answers if isinstance(answers, dict) else {}
        return Draft(
            tool=str(told.get("tool") or ""),
            answers={str(question): str(answer) for question, answer in given.items()},
            asking=str(told.get("asking") or ""),
            is_review=bool(told.get("is_review")),
            is_open=bool(told.get("is_open")),
        )

    async def drop(self, sender: str) -> None:
        """Forget the person's draft: it is finished or given up."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(DraftTable).where(DraftTable.sender == sender))

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was last changed before the moment."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(DraftTable).where(DraftTable.changed_on < moment))

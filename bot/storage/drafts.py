"""The letter or form that a person is filling in, so that it outlives a restart. Encrypted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.concepts.records import Draft
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import DraftTable

_FINISHED = Draft(tool="", answers={}, asking="", is_open=False)


class Drafts:
    """One for each person. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def keep(self, sender: str, draft: Draft, on: datetime) -> None:
        """Keep it in the place of the person's former draft; without a new case its case stays."""
        async with self._database.transaction() as connection:
            former = await self._read(connection, sender)
            if former is not None and not draft.case:
                draft = replace(draft, case=former.case)
            changed = await connection.execute(
                update(DraftTable)
                .where(DraftTable.sender == sender)
                .values(body=self._seal(draft), changed_on=on)
            )
            if changed.rowcount == 0:
                row = {"sender": sender, "body": self._seal(draft), "changed_on": on}
                await connection.execute(insert(DraftTable).values(row))

    async def of(self, sender: str) -> Draft | None:
        """The person's draft; None without one. StorageError when it cannot be read."""
        async with self._database.transaction() as connection:
            return await self._read(connection, sender)

    async def finish(self, sender: str) -> None:
        """Forget what was filled in, but not the case that it was filled in for."""
        async with self._database.transaction() as connection:
            former = await self._read(connection, sender)
            if former is None or not former.case:
                await connection.execute(delete(DraftTable).where(DraftTable.sender == sender))
                return
            body = self._seal(replace(_FINISHED, case=former.case))
            await connection.execute(
                update(DraftTable).where(DraftTable.sender == sender).values(body=body)
            )

    async def drop(self, sender: str) -> None:
        """Forget the person's draft and its case."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(DraftTable).where(DraftTable.sender == sender))

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was last changed before the moment."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(DraftTable).where(DraftTable.changed_on < moment))

    async def _read(self, connection: AsyncConnection, sender: str) -> Draft | None:
        body = await connection.scalar(select(DraftTable.body).where(DraftTable.sender == sender))
        if body is None:
            return None
        told = self._cipher.unseal(body)
        return Draft(
            tool=str(told.get("tool") or ""),
            answers=_texts(told.get("answers")),
            asking=str(told.get("asking") or ""),
            is_review=bool(told.get("is_review")),
            is_open=bool(told.get("is_open")),
            case=_texts(told.get("case")),
        )

    def _seal(self, draft: Draft) -> str:
        return self._cipher.seal(
            {
                "tool": draft.tool,
                "answers": dict(draft.answers),
                "asking": draft.asking,
                "is_review": draft.is_review,
                "is_open": draft.is_open,
                "case": dict(draft.case),
            }
        )


def _texts(given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        return {}
    return {str(name): str(text) for name, text in given.items()}

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


class Drafts:
    """One for each person. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def keep(self, sender: str, draft: Draft, on: datetime) -> None:
        """Keep it in the place of the former draft, which is put aside when it is half filled.

        Without a new case the former case stays.
        """
        async with self._database.transaction() as connection:
            former = await self._read(connection, sender)
            if former is not None:
                draft = replace(draft, case=draft.case or former.case, aside=_aside(draft, former))
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

    async def finish(self, sender: str, tool: str, *, is_case_closed: bool = False) -> None:
        """Forget what was filled in of a tool, and the case too when it is closed.

        What was left half filled of another tool is put aside.
        """
        async with self._database.transaction() as connection:
            former = await self._read(connection, sender)
            if former is None:
                return
            case = {} if is_case_closed else former.case
            done = Draft(tool=tool, answers={}, asking="", is_open=False, case=case)
            left = replace(done, tool="", aside=_aside(done, former))
            of_sender = DraftTable.sender == sender
            if left.case or left.aside:
                keeping = update(DraftTable).where(of_sender).values(body=self._seal(left))
                await connection.execute(keeping)
            else:
                await connection.execute(delete(DraftTable).where(of_sender))

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
            aside=_texts_by_tool(told.get("aside")),
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
                "aside": {tool: dict(answers) for tool, answers in draft.aside.items()},
            }
        )


def _aside(draft: Draft, former: Draft) -> Mapping[str, Mapping[str, str]]:
    """What was put aside before, and the former draft where another tool takes its place."""
    aside = {tool: told for tool, told in former.aside.items() if tool != draft.tool}
    if former.tool != draft.tool and former.is_half_filled:
        aside |= {former.tool: former.answers}
    return aside


def _texts_by_tool(given: object) -> Mapping[str, Mapping[str, str]]:
    return {str(k): _texts(v) for k, v in given.items()} if isinstance(given, dict) else {}


def _texts(given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        return {}
    return {str(name): str(text) for name, text in given.items()}

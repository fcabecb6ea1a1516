"""A person's log of contacts, with the files that prove them. What was told is encrypted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.concepts.records import Attachment, ContactRecord, KeptRecord
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import AttachmentTable, ContactRecordTable, RecordCounterTable

_WORDS = ("channel", "time", "contact", "claimed", "said", "lender", "evidence")
_LISTS = ("reached", "acts")
_RECORD = (
    ContactRecordTable.id,
    ContactRecordTable.number,
    ContactRecordTable.noted_on,
    ContactRecordTable.happened_on,
    ContactRecordTable.body,
)


class ContactRecords:
    """Every method raises StorageError when the database fails or a text cannot be read."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def add(self, sender: str, record: ContactRecord, noted_on: datetime) -> KeptRecord:
        """Keep a record under the person's next number.

        `noted_on` is the time of the message: the same record noted at the same moment is one
        message handled twice, and is kept once.
        """
        async with self._database.transaction() as connection:
            at_that_moment = await self._read(
                connection, sender, ContactRecordTable.noted_on == noted_on
            )
            for kept in at_that_moment:
                if kept.record == record:
                    return kept
            number = await _next_number(connection, sender)
            row = {
                "sender": sender,
                "number": number,
                "noted_on": noted_on,
                "happened_on": record.happened_on,
                "body": self._seal(record),
            }
            await connection.execute(insert(ContactRecordTable).values(row))
        return KeptRecord(number=number, noted_on=noted_on, record=record)

    async def of(self, sender: str) -> tuple[KeptRecord, ...]:
        """The person's whole log, in order of number."""
        async with self._database.transaction() as connection:
            return await self._read(connection, sender)

    async def one(self, sender: str, number: int) -> KeptRecord | None:
        """One record of the person; None when there is none of that number."""
        async with self._database.transaction() as connection:
            found = await self._read(connection, sender, ContactRecordTable.number == number)
        return found[0] if found else None

    async def change(self, sender: str, number: int, record: ContactRecord) -> KeptRecord | None:
        """Put another record in the place of one; its attachments stay. None without one."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(ContactRecordTable)
                .where(ContactRecordTable.sender == sender, ContactRecordTable.number == number)
                .values(happened_on=record.happened_on, body=self._seal(record))
            )
        return await self.one(sender, number)

    async def remove(self, sender: str, number: int) -> bool:
        """Delete one record with its attachments; whether there was one."""
        async with self._database.transaction() as connection:
            done = await connection.execute(
                delete(ContactRecordTable).where(
                    ContactRecordTable.sender == sender, ContactRecordTable.number == number
                )
            )
        return done.rowcount > 0

    async def attach(self, sender: str, number: int, new: Attachment) -> KeptRecord | None:
        """Add a file to a record, once for each content; None when there is no such record."""
        async with self._database.transaction() as connection:
            record_id = await connection.scalar(
                select(ContactRecordTable.id).where(
                    ContactRecordTable.sender == sender, ContactRecordTable.number == number
                )
            )
            if record_id is None:
                return None
            known = await connection.scalar(
                select(AttachmentTable.id)
                .where(
                    AttachmentTable.record_id == record_id, AttachmentTable.sha256 == new.sha256
                )
                .limit(1)
            )
            if known is None:
                row = {
                    "record_id": record_id,
                    "kind": new.kind,
                    "reference": self._cipher.encrypt(new.reference),
                    "size": new.size,
                    "media_type": new.media_type,
                    "sha256": new.sha256,
                    "received_on": new.received_on,
                }
                await connection.execute(insert(AttachmentTable).values(row))
        return await self.one(sender, number)

    async def _read(
        self, connection: AsyncConnection, sender: str, *also: ColumnElement[bool]
    ) -> tuple[KeptRecord, ...]:
        mine = (ContactRecordTable.sender == sender, *also)
        rows = await connection.execute(
            select(*_RECORD).where(*mine).order_by(ContactRecordTable.number)
        )
        records = rows.all()
        attachments = await self._attachments(connection, mine) if records else {}
        return tuple(
            KeptRecord(
                number=number,
                noted_on=noted_on,
                record=self._unseal(body, happened_on),
                attachments=tuple(attachments.get(record_id, ())),
            )
            for record_id, number, noted_on, happened_on, body in records
        )

    async def _attachments(
        self, connection: AsyncConnection, mine: Sequence[ColumnElement[bool]]
    ) -> Mapping[int, Sequence[Attachment]]:
        wanted = (
            select(AttachmentTable)
            .where(AttachmentTable.record_id.in_(select(ContactRecordTable.id).where(*mine)))
            .order_by(AttachmentTable.id)
        )
        found: dict[int, list[Attachment]] = defaultdict(list)
        for row in await connection.execute(wanted):
            found[row.record_id].append(
                Attachment(
                    kind=row.kind,
                    reference=self._cipher.decrypt(row.reference),
                    size=row.size,
                    media_type=row.media_type,
                    sha256=row.sha256,
                    received_on=row.received_on,
                )
            )
        return found

    def _seal(self, record: ContactRecord) -> str:
        told = {name: getattr(record, name) for name in (*_WORDS, *_LISTS)}
        return self._cipher.seal(told)

    def _unseal(self, body: str, happened_on: date | None) -> ContactRecord:
        # A record of an older version may lack a value, one of a newer version have more.
        told = self._cipher.unseal(body)
        words = {name: str(told.get(name) or "") for name in _WORDS}
        lists = {name: _texts(told.get(name)) for name in _LISTS}
        return ContactRecord(
            channel=words["channel"],
            happened_on=happened_on,
            time=words["time"],
            contact=words["contact"],
            claimed=words["claimed"],
            said=words["said"],
            reached=lists["reached"],
            lender=words["lender"],
            evidence=words["evidence"],
            acts=lists["acts"],
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


async def _next_number(connection: AsyncConnection, sender: str) -> int:
    mine = RecordCounterTable.sender == sender
    counted = await connection.execute(
        update(RecordCounterTable).where(mine).values(last=RecordCounterTable.last + 1)
    )
    if counted.rowcount == 0:
        await connection.execute(insert(RecordCounterTable).values(sender=sender, last=1))
    return await connection.scalar(select(RecordCounterTable.last).where(mine)) or 1

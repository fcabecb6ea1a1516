"""What the shell keeps of a person while it runs: nothing reaches a disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.answering.tasks.all_tasks import Stores
from bot.concepts.contact_chart import ContactChart
from bot.concepts.missed import Missed
from bot.concepts.paper import Paper
from bot.concepts.records import (
    Attachment,
    ContactRecord,
    KeptRecord,
    PlannedReminder,
    Preference,
    Reminder,
)


class Memory:
    """Stands where the bot has a database, and where it makes files."""

    def __init__(self) -> None:
        self._log = _Log()
        self._reminders = _Reminders()

    def stores(self) -> Stores:
        """What tasks need of it."""
        return Stores(
            contacts=self._log,
            reminders=self._reminders,
            preferences=_Preferences(),
            sent=_Sent(),
            personal_data=_PersonalData(self._log, self._reminders),
        )

    async def note_missed(self, missed: Missed) -> None:
        """Nothing: the shell is for developers."""

    async def note_feedback(self, topic: str, is_useful: bool, on: date) -> None:
        """Nothing, likewise."""

    async def delete_messages(self, address: str, message_ids: tuple[int, ...]) -> int:
        """A shell has no messages to delete."""
        return 0

    def fill_template(self, template: bytes, values: Mapping[str, object], on: date) -> bytes:
        """A shell hands over no file; the words of a letter are shown in the talk."""
        return b""

    def to_docx(self, paper: Paper) -> bytes:
        """Likewise."""
        return b""

    def to_picture(self, chart: ContactChart) -> bytes:
        """Likewise."""
        return b""


class _Log:
    def __init__(self) -> None:
        self.kept: dict[str, list[KeptRecord]] = {}
        self._last: dict[str, int] = {}

    async def add(self, sender: str, record: ContactRecord, noted_on: datetime) -> KeptRecord:
        number = self._last[sender] = self._last.get(sender, 0) + 1
        kept = KeptRecord(number=number, noted_on=noted_on, record=record)
        self.kept.setdefault(sender, []).append(kept)
        return kept

    async def of(self, sender: str) -> tuple[KeptRecord, ...]:
        return tuple(self.kept.get(sender, ()))

    async def change(self, sender: str, number: int, record: ContactRecord) -> KeptRecord | None:
        for place, each in enumerate(self.kept.get(sender, [])):
            if each.number == number:
                changed = KeptRecord(
                    number=number,
                    noted_on=each.noted_on,
                    record=record,
                    attachments=each.attachments,
                )
                self.kept[sender][place] = changed
                return changed
        return None

    async def remove(self, sender: str, number: int) -> bool:
        before = self.kept.get(sender, [])
        self.kept[sender] = [each for each in before if each.number != number]
        return len(self.kept[sender]) < len(before)

    async def attach(self, sender: str, number: int, new: Attachment) -> KeptRecord | None:
        return None


class _Reminders:
    def __init__(self) -> None:
        self.kept: dict[str, list[Reminder]] = {}
        self._last = 0

    async def add(self, sender: str, address: str, planned: PlannedReminder) -> Reminder:
        self._last += 1
        reminder = Reminder(
            id=self._last,
            sender=sender,
            address=address,
            kind=planned.kind,
            due_on=planned.due_on,
            remind_at=planned.remind_at,
            utterance=planned.utterance,
            values=planned.values,
        )
        self.kept.setdefault(sender, []).append(reminder)
        return reminder

    async def of(self, sender: str) -> tuple[Reminder, ...]:
        return tuple(self.kept.get(sender, ()))

    async def cancel(self, sender: str, reminder_id: int) -> bool:
        before = self.kept.get(sender, [])
        self.kept[sender] = [each for each in before if each.id != reminder_id]
        return len(self.kept[sender]) < len(before)


class _Preferences:
    async def of(self, sender: str) -> Preference:
        return Preference()

    async def set(self, sender: str, preference: Preference) -> None:
        return None


class _Sent:
    async def recent(self, sender: str, now: datetime) -> tuple[int, ...]:
        return ()

    async def forget(self, sender: str) -> None:
        return None


class _PersonalData:
    def __init__(self, log: _Log, reminders: _Reminders) -> None:
        self._log = log
        self._reminders = reminders

    async def export(
        self, sender: str, chat: str | None
    ) -> Mapping[str, list[Mapping[str, object]]]:
        return {}

    async def erase(self, sender: str, chat: str | None, on: datetime) -> Mapping[str, int]:
        self._log.kept.pop(sender, None)
        self._reminders.kept.pop(sender, None)
        return {}

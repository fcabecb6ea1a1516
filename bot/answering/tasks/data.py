"""A person's own data: all of it as one file, all of it gone, and a phone that others see."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answering.pages import Pages
from bot.answering.ports import DeleteMessages, PersonalStore, PreferenceBook, SentBook
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.records import Preference
from bot.concepts.reply import Button, Document, Reply
from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTask:
    """The handlers of `export_my_data`, `delete_my_data` and of shared-phone mode."""

    pages: Pages
    knowledge: KnowledgeBase
    personal_data: PersonalStore
    preferences: PreferenceBook
    sent: SentBook
    delete_messages: DeleteMessages

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {"export_my_data": self._export, "delete_my_data": self._ask_first}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {
            "erase": self._erase,
            "keep_data": self._keep,
            "discreet_on": self._discreet(is_on=True),
            "discreet_off": self._discreet(is_on=False),
            "delete_messages": self._delete_messages,
        }

    async def _export(self, request: TaskRequest) -> Reply:
        kept = await self.personal_data.export(request.sender, request.address)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        document = Document(
            f"my-data-{request.on.isoformat()}.json", text.encode("utf-8", "replace")
        )
        return replace(self.pages.utterance("my_data"), documents=(document,))

    async def _ask_first(self, request: TaskRequest) -> Reply:
        labels = self.knowledge.labels
        reply = self.pages.utterance("ask_before_erasing")
        blocks = reply.blocks
        if await self.sent.recent(request.sender, request.now):
            blocks += self.pages.utterance("ask_before_erasing_messages").blocks
        yes = Button(labels["erase_all"], Choice(Verb.DEED, "erase"))
        first = Button(labels["export_first"], Choice(Verb.ANSWER, "export_my_data"))
        no = Button(labels["keep_data"], Choice(Verb.DEED, "keep_data"))
        return Reply(blocks=blocks, buttons=((yes, first), (no,)))

    async def _keep(self, _: TaskRequest) -> Reply:
        return self.pages.utterance("data_kept")

    async def _erase(self, request: TaskRequest) -> Said:
        messages = await self.sent.recent(request.sender, request.now)
        if messages:
            await self.delete_messages(request.address, messages)
        await self.personal_data.erase(request.sender, request.address, request.now)
        return Said(self.pages.utterance("erased"), Conversation())

    def _discreet(self, *, is_on: bool) -> Handler:
        async def switch(request: TaskRequest) -> Reply:
            await self.preferences.set(request.sender, Preference(is_discreet=is_on))
            return self.pages.utterance("discreet_on" if is_on else "discreet_off")

        return switch

    async def _delete_messages(self, request: TaskRequest) -> Reply:
        messages = await self.sent.recent(request.sender, request.now)
        count = await self.delete_messages(request.address, messages)
        await self.sent.forget(request.sender)
        return self.pages.utterance("messages_deleted", count=str(count))

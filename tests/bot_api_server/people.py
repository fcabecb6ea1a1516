"""What people do: each deed becomes an update, as Telegram would send it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Protocol

from tests.bot_api_server.rules import entities_of

Fields = dict[str, Any]

BOT: Fields = {
    "id": 4711,
    "is_bot": True,
    "first_name": "知权",
    "username": "zhiquan_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}


_PICTURE: Fields = {"width": 720, "height": 1280, "duration": 3}
_SHAPES: dict[str, Fields] = {
    "document": {},
    "audio": {"duration": 3},
    "voice": {"duration": 3},
    "video": _PICTURE,
    "animation": _PICTURE,
    "video_note": {"duration": 3, "length": 240},
}


class HasClock(Protocol):
    """Whose clock a test may change at any time."""

    @property
    def clock(self) -> Callable[[], datetime]: ...


class Updates:
    """Builds updates with growing numbers."""

    def __init__(self, around: HasClock) -> None:
        self._around = around
        self._numbers = count(1000)
        self.message_ids = count(1)

    def number(self, **content: object) -> Fields:
        """An update around some content."""
        return {"update_id": next(self._numbers), **content}

    def message(
        self,
        chat_id: int,
        person_id: int | None = None,
        *,
        text: str | None = None,
        age: timedelta = timedelta(),
        **fields: Any,
    ) -> Fields:
        """A message of a person, in private or (chat_id below 0) in a group."""
        message: Fields = {
            "message_id": next(self.message_ids),
            "from": person(person_id or abs(chat_id)),
            "chat": chat(chat_id),
            "date": int((self._around.clock() - age).timestamp()),
            **fields,
        }
        if text is not None:
            message["text"] = text
            if entities := entities_of(text):
                message["entities"] = entities
        return message

    def tap(self, message: Fields, data: str, query_id: str) -> Fields:
        """A tap on a button under a message."""
        owner = message["chat"]
        assert isinstance(owner, dict)
        return self.number(
            callback_query={
                "id": query_id,
                "from": person(abs(int(owner["id"]))),
                "message": message,
                "chat_instance": "1",
                "data": data,
            }
        )

    def file(self, kind: str, file_id: str, name: str, media_type: str, size: int) -> Fields:
        """The field of a message that holds a file of a kind."""
        file: Fields = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}
        if kind == "photo":
            small = {**file, "file_id": f"small{file_id}", "file_size": 1}
            sizes = [{**small, "width": 90, "height": 160}, {**file, "width": 720, "height": 1280}]
            return {"photo": sizes}
        file |= _SHAPES[kind]
        if kind != "video_note":
            file["mime_type"] = media_type
        if kind not in {"voice", "video_note"}:
            file["file_name"] = name
        # An animation comes as a document too, for programs of long ago.
        return {kind: file, "document": file} if kind == "animation" else {kind: file}


def person(person_id: int) -> Fields:
    """A person; the names try to break markup and logs."""
    return {
        "id": person_id,
        "is_bot": False,
        "first_name": "张三 & <李四>",
        "language_code": "zh-hans",
    }


def chat(chat_id: int) -> Fields:
    """A private chat, or a supergroup for a number below 0."""
    if chat_id < 0:
        return {"id": chat_id, "type": "supergroup", "title": "互助群"}
    return {"id": chat_id, "type": "private", "first_name": "张三 & <李四>"}

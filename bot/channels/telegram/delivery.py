"""What is still to be sent to one chat; pure, it sends nothing itself."""

from collections import deque
from dataclasses import dataclass, field

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import FileSizeLimit, InlineKeyboardButtonLimit, MessageLimit

from bot.concepts.reply import Document, Reply
from bot.rendering.telegram_html import HtmlLimits, HtmlMessage, render_telegram_html

LIMITS = HtmlLimits(
    units=MessageLimit.MAX_TEXT_LENGTH,
    entities=MessageLimit.MESSAGE_ENTITIES,
    button_bytes=InlineKeyboardButtonLimit.MAX_CALLBACK_DATA,
)

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, *(60.0,) * 10)
"""Seconds between attempts while the line is down: the inbox sets an update aside too soon."""


@dataclass(slots=True, kw_only=True)
class Delivery:
    """What is still to be sent to a chat; it shrinks as Telegram takes it.

    `update_id` names the update that is answered, None when nobody asked. `edit_id` names the
    message that the first part replaces, `quote_id` the one that is answered in a group, `link`
    (label, URL) stands under the last message instead of its buttons.
    """

    update_id: int | None
    chat_id: int
    messages: deque[HtmlMessage]
    documents: deque[Document] = field(default_factory=deque)
    edit_id: int | None = None
    quote_id: int | None = None
    thread_id: int | None = None
    link: tuple[str, str] | None = None
    pauses: tuple[float, ...] = PAUSES
    floods: int = field(default=0, init=False)
    is_plain: bool = field(default=False, init=False)
    is_discreet: bool = field(default=False, init=False)

    @property
    def is_done(self) -> bool:
        """Nothing is left."""
        return not self.messages and not self.documents

    def drop_first(self) -> None:
        """The first part is taken, or refused for good; documents come after the words."""
        if self.messages:
            self.messages.popleft()
        else:
            self.documents.popleft()
        self.edit_id, self.is_plain = None, False

    def keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons under the first message that is left."""
        if self.link is not None and len(self.messages) == 1:
            label, url = self.link
            return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]])
        rows = [
            [InlineKeyboardButton(label, callback_data=choice) for label, choice in row]
            for row in self.messages[0].rows
        ]
        return InlineKeyboardMarkup(rows) if rows and self.link is None else None


def delivery_of(reply: Reply, chat_id: int, update_id: int | None) -> Delivery:
    """A whole reply, ready to be sent; ValueError for one that Telegram cannot carry."""
    messages = deque(render_telegram_html(reply, LIMITS))
    if not messages and not reply.documents:
        raise ValueError("a reply without words")
    for document in reply.documents:
        if not 0 < len(document.content) <= FileSizeLimit.FILESIZE_UPLOAD:
            raise ValueError("a document that is empty, or larger than Telegram takes")
    return Delivery(
        update_id=update_id,
        chat_id=chat_id,
        messages=messages,
        documents=deque(reply.documents),
    )

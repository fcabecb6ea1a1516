"""Reads a Telegram message: what kind it is, whether we are addressed, what was written."""

import re
from dataclasses import dataclass
from datetime import timedelta

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.gathering import ALBUM, BESIDE

EDIT_WINDOW = timedelta(minutes=5)
"""An edit within it mends a slip of the finger and is answered like a new message."""

# A table of what carries no words: the first that fits names the utterance.
KINDS: tuple[tuple[filters.BaseFilter, str], ...] = (
    (filters.Sticker.ALL | filters.ANIMATION, "sticker"),
    (filters.VOICE | filters.AUDIO | filters.Document.AUDIO, "not_read_sound"),
    (filters.VIDEO | filters.VIDEO_NOTE | filters.Document.VIDEO, "not_read_video"),
    (filters.PHOTO | filters.Document.ALL, "not_read_other_kind"),
    (filters.CONTACT, "contact"),
    (filters.LOCATION | filters.VENUE, "location"),
    (filters.ALL, "other_kind"),
)

_COMMAND = re.compile(r"[/／]([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
_SLASHES = "/／ \t\n\u3000"


# What a file is called, and where in a message it stands; a GIF is a short video.
_FILES = (
    ("animation", "video"),
    ("video", "video"),
    ("video_note", "video"),
    ("audio", "audio"),
    ("voice", "voice"),
    ("document", "document"),
)
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as a message names it: `reference` fetches it, `size` in bytes is mostly known."""

    kind: str
    reference: str
    size: int | None
    media_type: str | None

    @property
    def may_be_read(self) -> bool:
        """A picture or a document, as far as one can tell without its content."""
        is_media = (self.media_type or "").startswith(("video/", "audio/"))
        return self.kind in {"photo", "document"} and not is_media


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message with all that was sent along with it.

    `beside` is what the person wrote beside a paper; `text` is what was typed, or of a forwarded
    message what somebody else wrote.
    """

    message: Message
    attachments: tuple[Attachment, ...]
    text: str
    beside: str
    is_forwarded: bool

    @property
    def words(self) -> str:
        """All that was written, the person's own words first."""
        return "\n".join(part for part in (self.beside, self.text) if part)


@dataclass(frozen=True, slots=True)
class Command:
    """`/name@bot rest`; `bot` is empty where nobody is named."""

    name: str
    bot: str
    rest: str


def kind_of(update: Update) -> str:
    """The utterance that answers a message without words."""
    return next(name for each, name in KINDS if each.check_update(update))


def parcel_of(message: Message) -> Parcel:
    """A message with the pictures and the words that the inbox joined to it."""
    rest = message.api_kwargs.get(ALBUM, ())
    messages = (message, *(Message.de_json(each, None) for each in rest))
    captions = "\n".join(filter(None, map(read_words, messages)))
    attachments = tuple(filter(None, map(attachment_of, messages)))
    is_forwarded = message.forward_origin is not None
    is_comment = bool(attachments) and not is_forwarded
    sent_before = str(message.api_kwargs.get(BESIDE, ""))
    beside = "\n".join(filter(None, (sent_before, captions if is_comment else "")))
    return Parcel(
        message=message,
        attachments=attachments,
        text="" if is_comment else captions,
        beside=beside,
        is_forwarded=is_forwarded,
    )


def attachment_of(message: Message) -> Attachment | None:
    """The file in a message; of a photo the largest size. None for stickers and words."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(
            kind="photo", reference=largest.file_id, size=largest.file_size, media_type=None
        )
    for field, kind in _FILES:
        if (file := getattr(message, field)) is not None:
            return Attachment(
                kind=kind,
                reference=file.file_id,
                size=file.file_size,
                media_type=_clean_media_type(getattr(file, "mime_type", None)),
            )
    return None


def is_service(update: Update) -> bool:
    """Joined, left, pinned and the like: nobody speaks."""
    return bool(filters.StatusUpdate.ALL.check_update(update))


def is_private(message: Message) -> bool:
    """Between one person and the bot."""
    return message.chat.type == ChatType.PRIVATE


def is_group(message: Message) -> bool:
    """Among several people; a Telegram channel is not a group."""
    return message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def is_fresh_edit(message: Message) -> bool:
    """Changed so soon that it mends what was just written."""
    edited_on = message.edit_date or message.date
    return edited_on - message.date <= EDIT_WINDOW


def read_words(message: Message) -> str:
    """The text, or the caption of a picture, voice or file."""
    return (message.text or message.caption or "").strip()


def read_command(words: str) -> Command | None:
    """The command that a text is; None for words, also where they begin with a slash."""
    match = _COMMAND.fullmatch(words)
    if match is None:
        return None
    return Command(match[1].lower(), (match[2] or "").lower(), _unslashed(match[3] or ""))


def spoken(words: str) -> str:
    """The words without slashes before them: what begins with one is an order to Rasa."""
    return _unslashed(words)


def sender_of(message: Message) -> str:
    """Who speaks, as one id: the chat, and in a group the person in it."""
    if is_private(message) or message.from_user is None:
        return str(message.chat.id)
    return f"{message.chat.id}.{message.from_user.id}"


def words_for_us(message: Message, bot_id: int, bot_name: str) -> str | None:
    """What is said to the bot in a group; None when it is not addressed."""
    words = read_words(message)
    if (command := read_command(words)) is not None:
        return command.rest if command.bot == bot_name.lower() else None
    if _mentions(message, bot_id, bot_name):
        return spoken(re.sub(rf"@{re.escape(bot_name)}\b", " ", words, flags=re.IGNORECASE))
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.id != bot_id:
        return None
    return spoken(words)


def _mentions(message: Message, bot_id: int, bot_name: str) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    is_text = message.text is not None
    parse = message.parse_entities if is_text else message.parse_caption_entities
    found = parse(kinds) if read_words(message) else {}
    return any(
        text.lower() == f"@{bot_name.lower()}"
        or (entity.user is not None and entity.user.id == bot_id)
        for entity, text in found.items()
    )


def _clean_media_type(media_type: str | None) -> str | None:
    """The sender's program wrote it: anything may stand there."""
    return media_type if media_type and _MEDIA_TYPE.fullmatch(media_type) else None


def _unslashed(words: str) -> str:
    return words.lstrip(_SLASHES).rstrip()

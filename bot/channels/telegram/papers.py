"""Pictures and documents of the private talk: read as one paper, or taken as evidence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.channels.telegram.files import LARGEST, FetchedFile
from bot.channels.telegram.reading import Attachment, Parcel, sender_of, spoken
from bot.channels.telegram.words import Read, Respond, Words
from bot.concepts.message import IncomingMessage, Origin, ReceivedFile
from bot.concepts.recognition import NotRead, Reading
from bot.concepts.reply import Reply

Fetch = Callable[[Attachment], Awaitable[FetchedFile | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What an answer needs of the world; "typing" is shown while one of them is open."""

    ask: Respond
    fetch: Fetch
    read: Read


class Papers:
    """Fetches what was sent, and says what came of it."""

    def __init__(self, words: Words) -> None:
        self._words = words

    async def attach(self, parcel: Parcel, doors: Doors) -> Reply:
        """Pass files on unread with their captions, or say that they could not be taken."""
        proofs = list[ReceivedFile]()
        for attachment in parcel.attachments:
            if file := await doors.fetch(attachment):
                proofs.append(file.proof)
        if not proofs:
            return await self._refused("file_too_large", parcel, doors)
        reply = await doors.ask(incoming(parcel, text=spoken(parcel.text), files=tuple(proofs)))
        is_whole = len(proofs) == len(parcel.attachments)
        return reply if is_whole else below(reply, self._words.say("file_too_large"))

    async def read(self, parcel: Parcel, doors: Doors) -> Reply:
        """Answer what stands on the pictures or pages, or say why nothing was read."""
        files = await _fetched(parcel.attachments, doors.fetch)
        if not files:
            return await self._refused(_words_for(NotRead.TOO_LARGE), parcel, doors)
        read = await doors.read([file.content for file in files])
        if isinstance(read, NotRead):
            return await self._refused(_words_for(read), parcel, doors)
        proofs = tuple(file.proof for file in files)
        # A forwarded caption was written by the sender of the picture, not beside it.
        text = "\n".join(part for part in (parcel.text, read.text) if part)
        reply = await doors.ask(incoming(parcel, text=text, files=proofs, reading=read))
        is_whole = len(files) == len(parcel.attachments) and not read.is_cut
        return reply if is_whole else below(reply, self._words.say("reading_cut"))

    async def _refused(self, refusal: str, parcel: Parcel, doors: Doors) -> Reply:
        """Why the files were not taken, below the answer to the words that came with them."""
        said = self._words.say(refusal)
        if not parcel.words:
            return said
        return below(await doors.ask(incoming(parcel, text=spoken(parcel.text))), said)


def incoming(
    parcel: Parcel,
    *,
    text: str,
    files: tuple[ReceivedFile, ...] = (),
    reading: Reading | None = None,
) -> IncomingMessage:
    """The message for the rest of the program."""
    return IncomingMessage(
        sender_id=sender_of(parcel.message),
        sent_on=parcel.message.date,
        text=text,
        origin=_origin(parcel, reading),
        beside=spoken(parcel.beside),
        reading=reading,
        files=files,
    )


def below(reply: Reply, note: Reply) -> Reply:
    """A reply with a note under it."""
    return replace(reply, blocks=(*reply.blocks, *note.blocks))


def _origin(parcel: Parcel, reading: Reading | None) -> Origin:
    if reading is not None:
        is_picture = any(_is_picture(each) for each in parcel.attachments)
        return Origin.PICTURE if is_picture else Origin.DOCUMENT
    return Origin.FORWARDED if parcel.is_forwarded else Origin.TYPED


def _is_picture(attachment: Attachment) -> bool:
    return attachment.kind == "photo" or (attachment.media_type or "").startswith("image/")


async def _fetched(attachments: tuple[Attachment, ...], fetch: Fetch) -> list[FetchedFile]:
    """As many of the files as may be read together, in their order."""
    files, size = list[FetchedFile](), 0
    for attachment in attachments:
        if not attachment.may_be_read or size + (attachment.size or 0) > LARGEST:
            continue
        file = await fetch(attachment)
        if file is None or size + len(file.content) > LARGEST:
            continue
        files.append(file)
        size += len(file.content)
    return files


def _words_for(reason: NotRead) -> str:
    return f"not_read_{reason.value}"

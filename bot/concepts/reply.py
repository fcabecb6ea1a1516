"""Our return, without any channel's markup: blocks of text and rows of buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.concepts.choice import Choice

_SIGNS = 4


class Style(Enum):
    """How a run of characters looks."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one style."""

    text: str
    style: Style = Style.PLAIN


class BlockKind(Enum):
    """What a block is; a list has one block for each of its items."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEP = "step"
    BULLET = "bullet"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item. `number` counts the steps from 1."""

    kind: BlockKind
    spans: tuple[Span, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Button:
    """What it says and what it does."""

    label: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over. Its name shows in notifications: it says nothing about the person.

    A picture is shown, not only handed over.
    """

    name: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Whether it is to be looked at in the chat."""
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a reply is about: a topic, and the side of it that was asked for."""

    topic: str
    aspect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What we answer. `in_place` asks the channel to edit the message whose button was tapped.

    Documents follow the words. `about` is what a layout could not tell.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    documents: tuple[Document, ...] = ()
    in_place: bool = False
    about: Matter | None = None


def heading(text: str) -> Block:
    """A heading of plain characters."""
    return Block(BlockKind.HEADING, (Span(text),))


def paragraph(text: str) -> Block:
    """A paragraph of plain characters."""
    return Block(BlockKind.PARAGRAPH, (Span(text),))


def shown_length(blocks: Iterable[Block]) -> int:
    """Characters that a phone shows: the words, the signs of list items, the gaps between."""
    return sum(len(block.text) + _SIGNS for block in blocks)

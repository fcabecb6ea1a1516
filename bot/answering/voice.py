"""The voice of a reply: plain words for who asks for them, and the script that they write."""

import re
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from bot.concepts.conversation import Conversation
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style

_CITATION = re.compile(r"（《[^《》]*》(?:[^（）]|（[^（）]*）)*）")
_SENTENCE_END = re.compile(r"(?<=[。！？])(?=[^\n”」）])")
_HAN = re.compile(r"[一-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_WORDS_AT_LEAST = 3


def in_voice(reply: Reply, talk: Conversation) -> Reply:
    """The reply as this person wants to read it."""
    if talk.is_plain:
        reply = replace(reply, blocks=tuple(filter(None, map(_plain, reply.blocks))))
    return _traditional(reply) if talk.is_traditional else reply


def is_traditional(text: str) -> bool | None:
    """Whether a text is written in Traditional characters; None where nothing shows it."""
    simplified, traditional = _converter("t2s"), _converter("s2t")
    is_simple, is_full = simplified.convert(text) == text, traditional.convert(text) == text
    return None if is_simple == is_full else is_full


def is_foreign(text: str) -> bool:
    """Whether a text is of several words, and none of them Chinese."""
    return not _HAN.search(text) and len(_LATIN_WORD.findall(text)) >= _WORDS_AT_LEAST


def _plain(block: Block) -> Block | None:
    """Without citations, a sentence a line; the line of sources is one button away."""
    is_sources = len(block.spans) == 1 and block.spans[0].style is Style.EMPHASIS
    if is_sources and block.kind is BlockKind.PARAGRAPH:
        return None
    spans = tuple(
        Span(_SENTENCE_END.sub("\n", _CITATION.sub("", span.text)), span.style)
        for span in block.spans
    )
    return replace(block, spans=spans)


def _traditional(reply: Reply) -> Reply:
    convert = _converter("s2t").convert
    return replace(
        reply,
        blocks=tuple(
            replace(block, spans=tuple(Span(str(convert(s.text)), s.style) for s in block.spans))
            for block in reply.blocks
        ),
        buttons=tuple(
            tuple(Button(str(convert(each.label)), each.choice) for each in row)
            for row in reply.buttons
        ),
    )


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)

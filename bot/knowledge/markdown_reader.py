"""From the small part of Markdown that content uses to blocks and spans."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.concepts.reply import Block, BlockKind, Span, Style
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_HEADINGS = {"h2": 2, "h3": 3}
_LIST = (BlockKind.STEP, BlockKind.BULLET)
# Markdown does not close `**甲。**乙`: between punctuation and a word a mark only opens.
_STARS = "这里的 ** 没有变成粗体。前后要成对；句末的标点写在 ** 外面，像 **要紧**。"


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading at `line`; `level` is 2 for `##` and 3 for `###`."""

    title: str
    line: int
    blocks: tuple[Block, ...]
    level: int = 2


def read_blocks(
    text: str, file: str, first_line: int = 1
) -> tuple[tuple[Block, ...], list[Fault]]:
    """Read a text without headings."""
    sections, faults = read_sections(text, file, first_line)
    faults += [
        Fault(file, section.line, "这里不能有标题，请改成普通段落。")
        for section in sections
        if section.title
    ]
    return tuple(block for section in sections for block in section.blocks), faults


def read_sections(text: str, file: str, first_line: int = 1) -> tuple[list[Section], list[Fault]]:
    """Read a text divided by headings; what stands before the first has the title ""."""
    sections, faults = kept(
        lambda: _read_sections(text, file, first_line), "markdown", file, str(first_line), text
    )
    return [*sections], [*faults]


def _read_sections(text: str, file: str, first_line: int) -> tuple[list[Section], list[Fault]]:
    faults: list[Fault] = []
    found: list[tuple[str, int, list[Block], int]] = [("", first_line, [], 2)]
    tokens = _parser().parse(text)
    kinds: list[BlockKind] = []
    numbers: list[int] = []
    for position, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + first_line
        match token.type:
            case "heading_open":
                if token.tag not in _HEADINGS:
                    faults.append(Fault(file, line, "标题只用两个井号（##）；接着会问里用三个。"))
                level = _HEADINGS.get(token.tag, 2)
                found.append((tokens[position + 1].content, line, [], level))
            case "ordered_list_open" | "bullet_list_open":
                numbers.append(int(token.attrs.get("start", 1)) - 1)
                is_ordered = token.type == "ordered_list_open"
                kinds.append(BlockKind.STEP if is_ordered else BlockKind.BULLET)
            case "blockquote_open":
                kinds.append(BlockKind.QUOTE)
            case "list_item_open":
                numbers[-1] += 1
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
                kinds.pop()
            case "blockquote_close":
                kinds.pop()
            case "inline" if tokens[position - 1].type == "paragraph_open":
                kind = kinds[-1] if kinds else BlockKind.PARAGRAPH
                number = numbers[-1] if kind is BlockKind.STEP else 0
                block = Block(kind, _spans(token), number)
                is_first = tokens[position - 2].type == "list_item_open"
                found[-1][2].append(block)
                faults += [Fault(file, line, each) for each in _wrong(block, len(kinds), is_first)]
    sections = [Section(title, line, tuple(each), level) for title, line, each, level in found]
    return sections, faults


def _wrong(block: Block, depth: int, is_first: bool) -> Iterator[str]:
    """What is wrong with how a block stands; `is_first` where it begins its item of a list."""
    if depth > 1:
        yield "列表里不要再套列表，请拆成并列的几项。"
    elif block.kind in _LIST and not is_first:
        yield "列表的一项只写一段，请并成一段或另起一项。"
    if block.text.startswith("#"):
        yield "标题的井号（#）后面要有一个空格。"
    if "**" in block.text:
        yield _STARS


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["blockquote", "list", "heading", "emphasis"])


def _spans(inline: "Token") -> tuple[Span, ...]:
    spans: list[Span] = []
    styles = [Style.PLAIN]
    for child in inline.children or []:
        match child.type:
            case "strong_open":
                styles.append(Style.STRONG)
            case "em_open":
                styles.append(Style.EMPHASIS)
            case "strong_close" | "em_close":
                styles.pop()
            case "softbreak":
                spans.append(Span("\n", styles[-1]))
            case _ if child.content:
                spans.append(Span(child.content, styles[-1]))
    return tuple(spans)

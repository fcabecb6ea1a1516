"""A reply as plain text, for the terminal and wherever markup fails."""

from bot.concepts.reply import Block, BlockKind

_LIST = {BlockKind.STEP, BlockKind.BULLET}


def render_plain_text(blocks: tuple[Block, ...]) -> str:
    """Blocks with an empty line between them; the items of one list stand together."""
    text = ""
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            is_same_list = block.kind is previous.kind and block.kind in _LIST
            text += "\n" if is_same_list else "\n\n"
        text += _render(block)
        previous = block
    return text


def _render(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"【{block.text}】"
        case BlockKind.STEP:
            return f"{block.number}. {block.text}"
        case BlockKind.BULLET:
            return f"· {block.text}"
        case BlockKind.QUOTE:
            return "\n".join(f"│ {line}" for line in block.text.split("\n"))
    return block.text

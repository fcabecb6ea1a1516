"""What must be true of the form of an answer: sections, lengths, what may be asked next."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.concepts.passages import Passages, fitting, variants
from bot.concepts.reply import Block, BlockKind
from bot.knowledge.base import Answer, FollowUp, KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.marks import ASK, BLANK, CITATION, CONTACT, FIGURE, TOLD
from bot.knowledge.text_checks import line_with

SHORT_LIMIT = 180
"""Characters of 简答 that one person sees, without marks: the first reply has 300 in all."""
SECTION_LIMIT = 440
"""Characters of 怎么做 or 注意 that one person sees, without citations: a layer has 500 in all."""
FOLLOW_UP_LIMIT = 150
CITATIONS_AT_MOST = 2
ASPECTS_AT_LEAST = 5
_WAYS_AT_LEAST = 3


def answers_have_their_form(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """A short answer that stands alone, numbered steps, quoted sayings, bulleted cautions."""
    for answer in knowledge.answers.values():
        file = f"topics/{answer.id}.md"
        at = line_with(knowledge, file, "## 简答")
        for message in _short_faults(answer):
            yield Fault(file, at, message)
        forms = [
            ("怎么做", answer.steps, BlockKind.STEP, 3, 6),
            ("可以这样说", answer.sayings, BlockKind.QUOTE, 0, 8),
            ("注意", answer.cautions, BlockKind.BULLET, 2, 5),
        ]
        for title, passages, kind, at_least, at_most in forms:
            line = line_with(knowledge, file, f"## {title}")
            for known in variants(passages):
                blocks = fitting(passages, known)
                for message in _form_faults(title, blocks, kind, at_least, at_most):
                    yield Fault(file, line, message)
            longest = max(_length(passages, known) for known in variants(passages))
            if longest > SECTION_LIMIT:
                message = f"“{title}”{longest} 个字（不算引用标记），最多 {SECTION_LIMIT} 个。"
                yield Fault(file, line, message)


def follow_ups_have_their_form(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Enough aspects, each asked in several ways, answered in a breath."""
    for answer in knowledge.answers.values():
        file = f"topics/{answer.id}.md"
        if len({each.aspect for each in answer.follow_ups}) < ASPECTS_AT_LEAST:
            at = line_with(knowledge, file, "## 接着会问")
            yield Fault(file, at, f"“接着会问”至少要有 {ASPECTS_AT_LEAST} 个方面。")
        for entry in answer.follow_ups:
            line = line_with(knowledge, file, f"### {entry.aspect}：{''.join(entry.asks[:1])}")
            for message in _follow_up_faults(entry):
                yield Fault(file, line, f"{entry.aspect}：{message}")


def _short_faults(answer: Answer) -> Iterator[str]:
    if any(each.block.kind is not BlockKind.PARAGRAPH for each in answer.short):
        yield "简答只用普通段落。"
    if (
        answer.short
        and answer.short[-1].fit
        and not any(each.fit and each.fit.is_rest for each in answer.short)
    ):
        yield "简答的〔〕要以〔其余〕结束，不知道情况的人也要有话看。"
    for known in variants(answer.short):
        blocks = fitting(answer.short, known)
        who = "、".join(value for value in known.values() if value) or "什么都不知道时"
        length = _length(answer.short, known)
        if length > SHORT_LIMIT:
            yield f"简答（{who}）{length} 个字（不算引用标记），最多 {SHORT_LIMIT} 个。"
        if _citations(blocks) > CITATIONS_AT_MOST:
            yield f"简答（{who}）最多 {CITATIONS_AT_MOST} 处引用。"
        if sum(len(ASK.findall(block.text)) for block in blocks) > 1:
            yield f"简答（{who}）最多问一句。"
        if not blocks:
            yield f"简答（{who}）什么也没说。"


def _follow_up_faults(entry: FollowUp) -> Iterator[str]:
    ways = len(entry.asks) + sum(map(len, entry.leads.values()))
    if ways < _WAYS_AT_LEAST:
        yield f"至少写 {_WAYS_AT_LEAST} 种问法，用“ · ”隔开。"
    for known in variants(entry.says):
        length = _length(entry.says, known)
        if length > FOLLOW_UP_LIMIT:
            yield f"{length} 个字（不算引用标记），最多 {FOLLOW_UP_LIMIT} 个。"
        if _citations(fitting(entry.says, known)) > CITATIONS_AT_MOST:
            yield f"最多 {CITATIONS_AT_MOST} 处引用。"


def _length(passages: Passages, known: Mapping[str, str | None]) -> int:
    """Characters that a person sees, citations left out; figures and hotlines as long as most."""
    texts = (block.text for block in fitting(passages, known))
    return sum(len(CONTACT.sub("12378", FIGURE.sub("15", _uncited(text)))) for text in texts)


def _uncited(text: str) -> str:
    return CITATION.sub("", ASK.sub("", TOLD.sub(BLANK * 4, text)))


def _citations(blocks: Sequence[Block]) -> int:
    return sum(len(set(CITATION.findall(block.text))) for block in blocks)


def _form_faults(
    title: str, blocks: Sequence[Block], kind: BlockKind, at_least: int, at_most: int
) -> Iterator[str]:
    if not at_least <= len(blocks) <= at_most:
        yield f"“{title}”要有 {at_least} 到 {at_most} 条，现在 {len(blocks)} 条。"
    if any(block.kind is not kind for block in blocks):
        wanted = {"step": "1. 编号列表", "quote": "> 引用段", "bullet": "- 列表"}[kind.value]
        yield f"“{title}”只用{wanted}。"

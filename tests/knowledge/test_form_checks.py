"""The form of an answer, told for the very people to whom a passage is said."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.concepts.passages import Fit, Passage, Passages
from bot.concepts.reply import Block, BlockKind, Span
from bot.knowledge.base import Answer, FollowUp
from bot.knowledge.form_checks import (
    FOLLOW_UP_LIMIT,
    SECTION_LIMIT,
    SHORT_LIMIT,
    answers_have_their_form,
    follow_ups_have_their_form,
)
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

CARD = Fit({"product": frozenset({"credit_card"})})
REST = Fit(is_rest=True)
ASKS = ("甲", "乙", "丙")


def said(*parts: tuple[str, Fit | None], kind: BlockKind = BlockKind.PARAGRAPH) -> Passages:
    return tuple(Passage(Block(kind, (Span(text),)), fit) for text, fit in parts)


def all_of(kind: BlockKind, *texts: str) -> Passages:
    return said(*((text, None) for text in texts), kind=kind)


def follow_up(aspect: str, text: str = "甲。", **changes: object) -> FollowUp:
    entry = FollowUp(aspect=aspect, asks=ASKS, says=said((text, None)), leads={})
    return replace(entry, **changes)  # type: ignore[arg-type]


ASPECTS = ("why", "how", "how_long", "fails", "doubt")
GOOD: Answer = replace(
    real_knowledge().answers["call_hours"],
    short=said(("不该打。", None)),
    steps=all_of(BlockKind.STEP, "一", "二", "三"),
    sayings=(),
    cautions=all_of(BlockKind.BULLET, "一", "二"),
    follow_ups=tuple(map(follow_up, ASPECTS)),
)


def faults_of(**changes: object) -> Sequence[str]:
    answer = replace(GOOD, **changes)  # type: ignore[arg-type]
    knowledge = replace(real_knowledge(), answers={"call_hours": answer})
    found = [
        *answers_have_their_form(knowledge, REVIEW_DAY),
        *follow_ups_have_their_form(knowledge, REVIEW_DAY),
    ]
    assert {fault.file for fault in found} <= {"topics/call_hours.md"}
    return [fault.message for fault in found]


def test_a_plain_answer_has_no_fault() -> None:
    assert faults_of() == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("一" * SHORT_LIMIT, 0),
        ("一" * (SHORT_LIMIT + 1), SHORT_LIMIT + 1),
        ("一" * SHORT_LIMIT + "[[civil-code#第一条]]", 0),
        ("一" * SHORT_LIMIT + "{{ask:product}}", 0),
        ("一" * (SHORT_LIMIT - 2) + "{{quiet_hours_start}}", 0),
        ("一" * (SHORT_LIMIT - 5) + "[[contact:psychological_help]]", 0),
        ("一" * (SHORT_LIMIT - 1) + "{{days}}", SHORT_LIMIT + 1),
    ],
)
def test_a_short_answer_is_counted_as_it_is_seen(text: str, length: int) -> None:
    told = f"简答（什么都不知道时）{length} 个字（不算引用标记），最多 {SHORT_LIMIT} 个。"
    assert faults_of(short=said((text, None))) == ([told] if length else [])


def test_a_short_answer_is_counted_for_each_case() -> None:
    half = "一" * (SHORT_LIMIT // 2 + 1)
    apart = said((half, None), ("卡", CARD), (half, REST))
    assert [each.partition(" ")[0] for each in faults_of(short=apart)] == [
        f"简答（什么都不知道时）{len(half) * 2}"
    ]
    apart = said((half, None), (half, CARD), ("余", REST))
    assert [each.partition(" ")[0] for each in faults_of(short=apart)] == [
        f"简答（credit_card）{len(half) * 2}"
    ]


def test_a_short_answer_says_something_to_everybody() -> None:
    told = faults_of(short=said(("卡", CARD)))
    assert "简答的〔〕要以〔其余〕结束，不知道情况的人也要有话看。" in told
    assert "简答（什么都不知道时）什么也没说。" in told
    assert faults_of(short=said(("卡", CARD), ("余", REST))) == []


def test_a_short_answer_asks_one_thing_and_cites_few() -> None:
    asks = said(("甲{{ask:product}}", None), ("乙{{ask:role}}", None))
    assert faults_of(short=asks) == ["简答（什么都不知道时）最多问一句。"]
    cites = said(("[[a#一]][[b#一]]", None), ("[[a#二]]", None))
    assert faults_of(short=cites) == ["简答（什么都不知道时）最多 2 处引用。"]


def test_a_short_answer_is_of_paragraphs() -> None:
    assert faults_of(short=all_of(BlockKind.BULLET, "甲")) == ["简答只用普通段落。"]


@pytest.mark.parametrize(
    ("section", "title", "kind", "count"),
    [
        ("steps", "怎么做", BlockKind.STEP, 2),
        ("steps", "怎么做", BlockKind.STEP, 7),
        ("cautions", "注意", BlockKind.BULLET, 1),
        ("cautions", "注意", BlockKind.BULLET, 6),
        ("sayings", "可以这样说", BlockKind.QUOTE, 9),
    ],
)
def test_a_section_has_neither_too_few_nor_too_many(
    section: str, title: str, kind: BlockKind, count: int
) -> None:
    (told,) = faults_of(**{section: all_of(kind, *("甲" * count))})
    assert told.startswith(f"“{title}”要有 ")
    assert told.endswith(f"现在 {count} 条。")


def test_steps_are_counted_as_each_case_sees_them() -> None:
    steps = said(("一", None), ("二", None), ("卡", CARD), ("余", REST), kind=BlockKind.STEP)
    assert faults_of(steps=steps) == []
    steps = said(("一", None), ("二", None), ("卡", CARD), kind=BlockKind.STEP)
    assert faults_of(steps=steps) == ["“怎么做”要有 3 到 6 条，现在 2 条。"]


@pytest.mark.parametrize(
    ("section", "title", "wanted"),
    [
        ("steps", "怎么做", "1. 编号列表"),
        ("cautions", "注意", "- 列表"),
        ("sayings", "可以这样说", "> 引用段"),
    ],
)
def test_a_section_is_of_one_kind(section: str, title: str, wanted: str) -> None:
    paragraphs = all_of(BlockKind.PARAGRAPH, "一", "二", "三")
    assert faults_of(**{section: paragraphs}) == [f"“{title}”只用{wanted}。"]


def test_a_section_fits_a_screen() -> None:
    third = "一" * (SECTION_LIMIT // 2)
    (told,) = faults_of(cautions=all_of(BlockKind.BULLET, third, third, "一"))
    assert told == f"“注意”{SECTION_LIMIT + 1} 个字（不算引用标记），最多 {SECTION_LIMIT} 个。"


def test_enough_is_asked_next() -> None:
    few = tuple(map(follow_up, ("why", "why", "how", "doubt", "doubt", "fails")))
    assert faults_of(follow_ups=few) == ["“接着会问”至少要有 5 个方面。"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"asks": ("甲", "乙")}, "至少写 3 种问法，用“ · ”隔开。"),
        ({"asks": ()}, "至少写 3 种问法，用“ · ”隔开。"),
        ({"asks": ("甲",), "leads": {"greet": ("乙", "丙")}}, None),
        (
            {"says": said(("一" * (FOLLOW_UP_LIMIT + 1), None))},
            f"{FOLLOW_UP_LIMIT + 1} 个字（不算引用标记），最多 {FOLLOW_UP_LIMIT} 个。",
        ),
        ({"says": said(("[[a#一]][[b#一]][[c#一]]", None))}, "最多 2 处引用。"),
        ({"says": ()}, None),
    ],
)
def test_a_next_question_is_asked_in_several_ways_and_answered_in_a_breath(
    changes: dict[str, object], told: str | None
) -> None:
    entry = follow_up("cost", **changes)  # type: ignore[arg-type]
    found = faults_of(follow_ups=(*GOOD.follow_ups, entry))
    assert found == ([f"cost：{told}"] if told else [])

"""What stands under 接着会问 is read by aspect, with what leads elsewhere."""

import pytest

from bot.concepts.passages import Fit, Passage
from bot.concepts.reply import paragraph
from bot.knowledge.base import FollowUp
from bot.knowledge.follow_up_reader import read_follow_ups
from bot.knowledge.markdown_reader import read_sections
from bot.knowledge.part_names import PartNames

NAMES = PartNames(rest="其余", labels={"家人": ("role", "relative")}, asks={}, choices={})


def read(text: str) -> tuple[tuple[FollowUp, ...], list[tuple[int, str]]]:
    faults: list[tuple[int, str]] = []
    sections = [each for each in read_sections(text, "a.md")[0] if each.title]
    entries = read_follow_ups(
        sections, NAMES, lambda line, message: faults.append((line, message))
    )
    return entries, faults


def test_a_question_has_its_aspect_its_ways_of_asking_and_its_reply() -> None:
    (entry,), faults = read(
        "### why：凭什么 · 哪条写的·有依据吗\n\n规定写的。\n\n〔家人〕也一样。\n"
    )
    assert faults == []
    assert entry == FollowUp(
        aspect="why",
        asks=("凭什么", "哪条写的", "有依据吗"),
        says=(
            Passage(paragraph("规定写的。")),
            Passage(paragraph("也一样。"), Fit({"role": frozenset({"relative"})})),
        ),
        leads={},
    )


def test_lines_with_an_arrow_lead_elsewhere() -> None:
    (entry,), faults = read(
        "### other_case：换成上门\n\n→ home_visit：上门 · 敲门\n→ lawsuit：起诉\n\n→ greet：你好\n"
    )
    assert faults == []
    assert entry.says == ()
    assert entry.leads == {
        "home_visit": ("上门", "敲门"), "lawsuit": ("起诉",), "greet": ("你好",),
    }  # fmt: skip


def test_words_and_leads_may_stand_together() -> None:
    (entry,), _ = read("### say：怎么说 · 咋讲\n\n这样说。\n\n→ write_letter：帮我写\n")
    assert [each.block.text for each in entry.says] == ["这样说。"]
    assert entry.leads == {"write_letter": ("帮我写",)}


def test_a_line_that_is_no_lead_is_said() -> None:
    (entry,), _ = read("### say：怎么说\n\n→ 见下面\n→ write_letter：帮我写\n")
    assert (entry.leads, len(entry.says)) == ({}, 1)


def test_one_aspect_may_have_several_questions() -> None:
    entries, _ = read("### why：甲\n\n乙。\n\n### why：丙\n\n丁。\n")
    assert [(each.aspect, each.asks) for each in entries] == [("why", ("甲",)), ("why", ("丙",))]


@pytest.mark.parametrize(
    "heading", ["reason：甲", "simpler：甲", "why", "why：", "为什么：甲", "why:甲"]
)
def test_a_heading_of_another_form_is_a_fault_and_no_question(heading: str) -> None:
    entries, faults = read(f"### {heading}\n\n乙。\n")
    assert entries == ()
    ((line, message),) = faults
    assert line == 1
    assert message.startswith("写成“### 方面：问法 · 问法”，方面是 why、how、")


def test_a_question_without_a_reply_is_a_fault() -> None:
    _, faults = read("### why：甲 · 乙\n\n### how：丙\n\n丁。\n")
    assert faults == [(1, "“why”下面是空的，请写上内容。")]


def test_an_unknown_label_has_the_line_of_its_question() -> None:
    _, faults = read("### why：甲\n\n〔邻居〕乙。\n")
    assert faults == [(1, "〔邻居〕里的“邻居”不是标签。可以用的有：家人、其余。")]

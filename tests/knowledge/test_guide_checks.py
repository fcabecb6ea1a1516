"""deadlines.yml, complaints.yml and budget.yml: read strictly, every fault told at once."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import load_budget, read_budget
from bot.knowledge.complaints import load_complaints, read_complaints
from bot.knowledge.deadlines import load_deadlines, read_deadlines
from bot.knowledge.guide_checks import Guides, check_guides
from bot.knowledge.loader import read_knowledge

_FOLDER = Path(__file__).parents[2] / "knowledge"
_TODAY = date(2026, 11, 23)
_KINDS = {
    "bank_complaint_reply",
    "bank_complaint_extended",
    "bank_complaint_special",
    "complaint_review_request",
    "payment_order_objection",
    "answer_to_suit",
    "appeal",
    "appeal_ruling",
    "credit_objection",
    "instalment_date",
    "limitation",
}


@cache
def _knowledge() -> KnowledgeBase:
    return read_knowledge(_FOLDER)[0]


@cache
def _guides() -> Guides:
    letters = {path.parent.name for path in _FOLDER.glob("letters/*/letter.yml")}
    return Guides(
        deadlines=load_deadlines(_FOLDER),
        complaints=load_complaints(_FOLDER),
        budget=load_budget(_FOLDER),
        letters=letters,
    )


def faults(guides: Guides, today: date = _TODAY) -> list[str]:
    return [str(fault) for fault in check_guides(guides, _knowledge(), today)]


def deadlines_with(old: str, new: str) -> Guides:
    book, found = read_deadlines(_guides().deadlines.text.replace(old, new, 1))
    assert book is not None
    assert found == []
    return replace(_guides(), deadlines=book)


def complaints_with(old: str, new: str) -> Guides:
    book, found = read_complaints(_guides().complaints.text.replace(old, new, 1))
    assert book is not None
    assert found == []
    return replace(_guides(), complaints=book)


def test_the_three_files_have_no_faults() -> None:
    assert faults(_guides()) == []


def test_every_wanted_kind_of_deadline_is_there() -> None:
    assert set(_guides().deadlines.kinds) >= _KINDS


def test_a_court_period_names_the_article_by_which_it_is_counted() -> None:
    for kind in _guides().deadlines.kinds.values():
        assert not kind.moves or kind.counted_by is not None


def test_an_unknown_article_is_told_with_its_line() -> None:
    found = faults(deadlines_with("[[civil-procedure-law#第八十九条]]", "[[no-such-law#第一条]]"))
    assert len(found) == 1
    assert found[0].startswith("deadlines.yml 第 ")
    assert "no-such-law" in found[0]


def test_an_article_that_does_not_set_the_days_is_a_fault() -> None:
    found = faults(
        deadlines_with(
            "article: civil-procedure-law#第二百二十七条",
            "article: civil-procedure-law#第二百二十八条",
        )
    )
    assert ["payment_order_objection" in line and "不一致" in line for line in found] == [True]


def test_a_figure_that_does_not_exist_is_a_fault() -> None:
    found = faults(deadlines_with("days: appeal_days", "days: appeal_dayz"))
    assert ["appeal_dayz" in line for line in found] == [True]


def test_an_unknown_letter_and_an_unknown_topic_are_faults() -> None:
    guides = deadlines_with("letter: payment_order_objection", "letter: no_such_letter")
    assert ["no_such_letter" in line for line in faults(guides)] == [True]
    guides = deadlines_with("next: [payment_order,", "next: [payment_orders,")
    assert ["payment_orders" in line for line in faults(guides)] == [True]


def test_what_is_long_past_its_review_is_a_fault() -> None:
    found = faults(_guides(), date(2027, 7, 1))
    assert len([line for line in found if "复核" in line]) > len(_KINDS)


def test_a_forbidden_sentence_is_a_fault() -> None:
    found = faults(deadlines_with("是自然日，不是工作日。", "是 15 个工作日。"))
    assert ["15 个工作日" in line for line in found] == [True]


def test_an_unknown_answer_in_a_route_is_a_fault() -> None:
    found = faults(complaints_with("when: {matter: [spam]}", "when: {matter: [spam, noise]}"))
    assert ["spam_report" in line and "noise" in line for line in found] == [True]


def test_a_way_of_answering_that_leads_nowhere_is_a_fault() -> None:
    found = faults(complaints_with("when: {matter: [scam]}", "when: {matter: [spam]}"))
    assert found
    assert all("没有去处" in line and "scam" in line for line in found)


def test_an_unknown_deadline_or_contact_in_a_route_is_a_fault() -> None:
    found = faults(complaints_with("deadline: credit_objection", "deadline: credit_day"))
    assert ["credit_day" in line for line in found] == [True]
    found = faults(complaints_with("contact: anti_fraud", "contact: anti_frauds"))
    assert ["anti_frauds" in line for line in found] == [True]


def test_a_budget_that_counts_an_unknown_question_is_a_fault() -> None:
    text = _guides().budget.text.replace("living: [housing,", "living: [houses,", 1)
    book, found = read_budget(text)
    assert book is not None
    assert found == []
    assert ["houses" in line for line in faults(replace(_guides(), budget=book))] == [True]


def test_an_id_used_twice_is_a_fault() -> None:
    _, found = read_deadlines(
        _guides().deadlines.text.replace("id: bank_complaint_extended", "id: appeal", 1)
    )
    assert ["appeal 用了两次" in str(fault) for fault in found] == [True]
    _, found = read_complaints(
        _guides().complaints.text.replace("id: police_now", "id: mediation", 1)
    )
    assert ["mediation 用了两次" in str(fault) for fault in found] == [True]


@pytest.mark.parametrize(
    ("front_matter", "says"),
    [
        ({"letter": "no_such_letter"}, "letters/ 里没有 no_such_letter，请改正拼写。"),
        ({"deadline": "no_such_day"}, "deadlines.yml 里没有 no_such_day，请改正拼写。"),
    ],
    ids=["letter", "deadline"],
)
def test_an_answer_names_no_unknown_letter_or_deadline(
    front_matter: dict[str, str], says: str
) -> None:
    (name,) = front_matter
    text = _knowledge().texts["topics/mediation.md"]
    line = text[: text.index(f"\n{name}:")].count("\n") + 2
    answer = replace(_knowledge().answers["mediation"], **front_matter)  # type: ignore[arg-type]
    knowledge = replace(_knowledge(), answers={"mediation": answer})
    told = [str(fault) for fault in check_guides(_guides(), knowledge, _TODAY)]
    assert f"topics/mediation.md 第 {line} 行：{says}" in told


def test_a_letter_for_a_paper_or_a_stage_is_of_one_that_there_is() -> None:
    answer = replace(_knowledge().answers["arbitration"], letter_at={"awards": "no_such_letter"})
    knowledge = replace(_knowledge(), answers={"arbitration": answer})
    told = "\n".join(str(fault) for fault in check_guides(_guides(), knowledge, _TODAY))
    assert "没有叫 awards 的文书或阶段" in told
    assert "letters/ 里没有 no_such_letter" in told


def test_unknown_keys_and_wrong_shapes_are_told_in_chinese() -> None:
    text = _guides().deadlines.text.replace(
        "    moves: false\n", "    moves: 不\n    move: 1\n", 1
    )
    book, found = read_deadlines(text)
    assert book is None
    assert sorted(str(fault).partition("：")[2] for fault in found) == [
        "“moves”应当是true 或 false。",
        "不认识的键：move。请改正拼写或删去。",
    ]


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    for load, name in (
        (load_deadlines, "deadlines.yml"),
        (load_complaints, "complaints.yml"),
        (load_budget, "budget.yml"),
    ):
        with pytest.raises(KnowledgeError, match=name):
            load(tmp_path)

"""The facts of a case, message by message, from the data files beside this one."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.concepts.case import FACTS, Case, Deed
from bot.facts.cases import case_of, read_case
from bot.facts.corrections import read_correction
from bot.facts.telling import Telling
from tests.facts.stories import cases
from tests.facts.vocabulary import NOW, vocabulary

_PIECES = [
    *(
        "我",
        "不是",
        "欠",
        "招行",
        "平安",
        "三万",
        "逾期",
        "4个月",
        "每月能还",
        "800",
        "两张卡",
        "，",
        "。",
    ),
    *(
        "没有",
        "起诉",
        "传票",
        "收到",
        "昨天",
        "11月3号",
        "投诉过",
        "我妈",
        "担保",
        "工资",
        "记错了",
        "是",
        "?",
    ),
]
_TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES)).map("".join))


def corrected_by(text: str, case: Case) -> Case | None:
    telling = Telling.of(text, vocabulary(), NOW)
    return read_correction(telling, case_of(telling), case)


def told(case: Case) -> dict[str, object]:
    """What was said, in the form of the data files."""
    facts = {name: value for name, value in case.as_stored().items() if name in FACTS}
    if case.done:
        facts["done"] = sorted(_spoken(deed) for deed in case.done)
    return facts


def wanted(entry: dict[str, Any]) -> dict[str, object]:
    """The facts of an entry."""
    facts = {name: entry[name] for name in FACTS if entry.get(name) not in (None, [])}
    if "served_on" in facts:
        facts["served_on"] = str(facts["served_on"])
    if "done" in facts:
        facts["done"] = sorted(facts["done"])
    return facts


def _spoken(deed: Deed) -> str:
    return f"{deed.kind} {deed.on}" if deed.on else deed.kind


@pytest.mark.parametrize("entry", cases("cases"), ids=lambda entry: entry["text"][:24])
def test_a_message_tells_these_facts_and_no_others(entry: dict[str, Any]) -> None:
    assert told(read_case(entry["text"], vocabulary(), NOW)) == wanted(entry)


@pytest.mark.parametrize("entry", cases("talks"), ids=lambda entry: entry["texts"][-1][:24])
def test_what_is_told_in_several_messages_comes_together(entry: dict[str, Any]) -> None:
    case = Case()
    for text in entry["texts"]:
        case = case.updated(read_case(text, vocabulary(), NOW))
    assert told(case) == wanted(entry)


@pytest.mark.parametrize("entry", cases("corrections"), ids=lambda entry: entry["text"][:24])
def test_a_told_case_is_put_right_by_words(entry: dict[str, Any]) -> None:
    before = Case()
    for text in entry["told"]:
        before = before.updated(read_case(text, vocabulary(), NOW))
    after = corrected_by(entry["text"], before)
    if entry["now"] is None:
        assert after is None
    else:
        assert after is not None
        assert {name: told(after).get(name) for name in entry["now"]} == {
            name: wanted(entry["now"]).get(name) for name in entry["now"]
        }


@pytest.mark.parametrize("entry", cases("shares"), ids=lambda entry: entry["texts"][-1][:24])
def test_what_is_owed_to_each_lender_is_known_and_put_right(entry: dict[str, Any]) -> None:
    case = Case()
    for text in entry["texts"]:
        mended = corrected_by(text, case) if case.told else None
        case = mended or case.updated(read_case(text, vocabulary(), NOW))
    assert (dict(case.shares), case.amount) == (entry["shares"], entry["amount"])


@settings(deadline=None, max_examples=200)
@given(_TEXTS)
def test_no_text_breaks_the_reading_of_a_case(text: str) -> None:
    case = read_case(text, vocabulary(), NOW)
    assert Case.of_stored(case.as_stored()) == case


@settings(deadline=None, max_examples=200)
@given(_TEXTS, _TEXTS)
def test_no_text_breaks_a_correction(first: str, second: str) -> None:
    case = read_case(first, vocabulary(), NOW)
    corrected = corrected_by(second, case)
    assert corrected is None or corrected != case


def test_each_fact_has_the_words_from_which_it_was_read() -> None:
    case = read_case("你好，我欠招行3万，逾期4个月", vocabulary(), NOW)
    assert case.sources["amount"] == "我欠招行3万"
    assert case.sources["overdue_months"] == "逾期4个月"
    assert set(case.sources) == set(case.told)


def test_a_lender_is_given_as_written() -> None:
    assert read_case("欠招商銀行三萬", vocabulary(), NOW).lenders == ("招商銀行",)

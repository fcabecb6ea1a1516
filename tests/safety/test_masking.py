"""Card, identity and phone numbers are gone before anything is stored, logged or sent on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.masking import mask_all_but_callers, mask_personal_data

_CASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("personal_numbers.yml").read_text("utf-8")
)
_MASKED: Sequence[Mapping[str, str]] = _CASES["masked"]
_KEPT: Sequence[str] = _CASES["kept"]
_CALLERS: Sequence[str] = _CASES["callers"]
_NOT_CALLERS: Sequence[Mapping[str, str]] = _CASES["not_callers"]


@pytest.mark.parametrize("case", _MASKED, ids=[case["said"] for case in _MASKED])
def test_a_personal_number_is_masked(case: Mapping[str, str]) -> None:
    assert mask_personal_data(case["said"]) == case["kept"]


@pytest.mark.parametrize("text", _KEPT)
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal_data(text) == text


@given(st.text(alphabet="0123456789 -.*xX１３８（）()a打，\n一三〇@微信号Qv_"))
def test_the_length_of_a_text_never_changes_and_masking_twice_is_masking_once(text: str) -> None:
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert mask_personal_data(masked) == masked


@given(
    before=st.sampled_from(["", "电话", "我是 ", "\n", "tel:", "x"]),
    number=st.from_regex(r"\A1[3-9][0-9]{9}\Z|\A[1-9][0-9]{16}[0-9X]\Z|\A62[0-9]{14,17}\Z"),
    after=st.sampled_from(["", "打来", " 我", "。", "\n", "x"]),
)
def test_no_digit_of_a_plain_personal_number_is_left(before: str, number: str, after: str) -> None:
    masked = mask_personal_data(before + number + after)
    assert not any(character.isdigit() for character in masked)


def test_a_very_long_text_is_masked_in_a_moment() -> None:
    assert mask_personal_data("1 " * 20_000).count("1") == 0
    assert mask_personal_data("1a" * 20_000) == "1a" * 20_000
    assert mask_personal_data("a@" * 20_000) == "a@" * 20_000
    assert mask_personal_data("a." * 20_000) == "a." * 20_000
    assert mask_personal_data("一" * 20_000) == "*" * 20_000
    assert mask_personal_data("微信 " * 20_000) == "微信 " * 20_000


def test_half_of_a_broken_character_becomes_a_question_mark() -> None:
    assert mask_personal_data("半夜\ud83d打我13800138000") == "半夜?打我***********"


@pytest.mark.parametrize("text", _CALLERS)
def test_a_number_told_as_the_collectors_stands_whole_where_it_is_evidence(text: str) -> None:
    assert mask_all_but_callers(text) == text
    assert mask_personal_data(text) != text


@pytest.mark.parametrize("case", _NOT_CALLERS, ids=[case["said"] for case in _NOT_CALLERS])
def test_a_number_that_may_be_the_persons_own_is_masked(case: Mapping[str, str]) -> None:
    assert mask_all_but_callers(case["said"]) == case["kept"]


@pytest.mark.parametrize("case", _MASKED, ids=[case["said"] for case in _MASKED])
def test_without_words_of_the_other_side_both_mask_alike(case: Mapping[str, str]) -> None:
    if not any(word in case["said"] for word in ("对方", "来电", "催收", "骚扰")):
        assert mask_all_but_callers(case["said"]) == case["kept"]


@given(st.text(alphabet="0123456789 -.*x１３（）()对方来电号码我的，\n"))
def test_keeping_callers_keeps_the_length_and_never_unmasks(text: str) -> None:
    kept = mask_all_but_callers(text)
    assert len(kept) == len(text)
    assert all(new in {old, "*"} for old, new in zip(text, kept, strict=True))

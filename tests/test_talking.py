"""Conversations as lines of JSON: many people in one process, nothing kept afterwards."""

import io
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.talking import talk_by_lines
from tests.rasa_stand_in import RasaStandIn


@pytest.fixture
async def rasa() -> AsyncIterator[RasaStandIn]:
    stand_in = RasaStandIn()
    stand_in.means("半夜打电话", "call_hours")
    yield stand_in
    await stand_in.die()


async def talk(rasa: RasaStandIn, folder: Path, *lines: object) -> list[Mapping[str, Any]]:
    """What is answered, a line for each line."""

    async def told() -> AsyncIterator[str]:
        for line in lines:
            yield line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)

    out = io.StringIO()
    await talk_by_lines(rasa.settings(folder), told(), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def test_a_line_is_answered_with_all_that_can_be_measured(
    rasa: RasaStandIn, tmp_path: Path
) -> None:
    (answered,) = await talk(rasa, tmp_path, {"conversation": "a", "say": "半夜打电话"})
    assert set(answered) >= {
        "conversation", "text", "buttons", "files", "topic", "aspect", "case", "danger",
    }  # fmt: skip
    assert (answered["conversation"], answered["topic"]) == ("a", "call_hours")
    assert (answered["files"], answered["danger"]) == ([], None)
    assert answered["text"]
    assert "怎么做" in answered["buttons"]


async def test_each_person_has_a_conversation_of_their_own(
    rasa: RasaStandIn, tmp_path: Path
) -> None:
    first, why, other, told = await talk(
        rasa,
        tmp_path,
        {"conversation": "a", "say": "半夜打电话"},
        {"conversation": "a", "say": "为什么"},
        {"conversation": "b", "say": "为什么"},
        {"conversation": "b", "say": "我欠招行信用卡3万"},
    )
    assert (first["aspect"], why["topic"], why["aspect"]) == (None, "call_hours", "why")
    assert other["topic"] != "call_hours" or other["aspect"] != "why"
    assert (first["case"]["amount"], told["case"]["amount"]) == (None, 30000)


async def test_a_button_is_pressed_by_a_part_of_its_words(
    rasa: RasaStandIn, tmp_path: Path
) -> None:
    _, how, gone, elsewhere = await talk(
        rasa,
        tmp_path,
        {"conversation": "a", "say": "半夜打电话"},
        {"conversation": "a", "press": "怎么"},
        {"conversation": "a", "press": "没有这个按钮"},
        {"conversation": "b", "press": "怎么"},
    )
    assert (how["topic"], how["aspect"]) == ("call_hours", "how")
    assert gone == {"conversation": "a", "error": "no such button"}
    assert elsewhere == {"conversation": "b", "error": "no such button"}


async def test_danger_is_told_by_its_level(rasa: RasaStandIn, tmp_path: Path) -> None:
    (answered,) = await talk(rasa, tmp_path, {"conversation": "a", "say": "我不想活了"})
    assert answered["danger"] == "strong"
    assert "12356" in answered["text"]


async def test_a_line_that_says_nothing_is_an_error_and_the_next_is_answered(
    rasa: RasaStandIn, tmp_path: Path
) -> None:
    answered = await talk(
        rasa, tmp_path, "{", "", " ", "[]", "7", {"conversation": "a"},
        {"conversation": "a", "say": "半夜打电话", "now": "2026-11-23T10:00:00"},
    )  # fmt: skip
    assert answered[0] == {"error": "not JSON"}
    assert [set(each) for each in answered[1:4]] == [{"error"}] * 3
    assert answered[4]["topic"] == "call_hours"
    assert len(answered) == 5


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_nothing_is_kept_where_the_bot_keeps_its_own(
    rasa: RasaStandIn, tmp_path: Path
) -> None:
    await talk(rasa, tmp_path, {"conversation": "a", "say": "半夜打电话"})
    assert [each.name for each in files_in(tmp_path)] == ["book.kept"]  # lent by the test

"""The messages that teach what danger sounds like."""

from bot.knowledge.danger_messages import check_danger_messages
from bot.knowledge.faults import Fault

WHOLE = "strong: [不想活了]\nweak: [撑不住了]\nharmless: [烦死了]\nordinary: [谢谢]\n"


def test_each_message_at_one_level_is_well() -> None:
    assert check_danger_messages(WHOLE) == []


def test_a_message_at_two_levels_is_told_with_both_lines() -> None:
    text = WHOLE.replace("[烦死了]", "\n  - 烦死了\n  - 撑不住了！")
    assert check_danger_messages(text) == [
        Fault("danger.yml", 5, "和第 2 行是同一句话，请删去一个。")
    ]


def test_a_level_that_is_missing_is_told() -> None:
    (fault,) = check_danger_messages(WHOLE.replace("harmless: [烦死了]\n", ""))
    assert "harmless" in fault.message

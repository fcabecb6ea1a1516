"""What was offered last may be typed instead of tapped."""

from bot.answering.offered_buttons import PEOPLE_AT_MOST, OfferedButtons

from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Button, Reply

REMIND = Choice(Verb.DEED, "remind_appeal_20261120")
REPLY = Reply(blocks=(), buttons=((Button("到时候提醒我", REMIND),),))


def test_the_words_of_a_button_are_that_button() -> None:
    offered = OfferedButtons()
    offered.remember("a", REPLY)
    assert offered.typed("a", " 到时候提醒我！") == REMIND
    assert offered.typed("a", "到时候提醒我吧") is None
    assert offered.typed("b", "到时候提醒我") is None


def offering(*buttons: Button) -> OfferedButtons:
    offered = OfferedButtons()
    offered.remember("a", Reply(blocks=(), buttons=(buttons,)))
    return offered


EXPORT, USELESS = Choice(Verb.DEED, "export_log"), Choice(Verb.USELESS, "call_hours")
ERASE, STOP = Choice(Verb.DEED, "erase"), Choice(Verb.CONTROL, "stop")
BANK, RECORDING = Choice(Verb.PICK, "lender_1"), Choice(Verb.ANSWER, "recording_how")


def test_how_a_button_begins_stands_for_it_where_no_other_begins_so() -> None:
    offered = offering(Button("导出证据目录", EXPORT), Button("👎 没用", USELESS))
    assert offered.typed("a", "导出") == EXPORT
    assert offered.typed("a", "没用") == USELESS
    assert offered.typed("a", "导") is None
    both = offering(Button("导出证据目录", EXPORT), Button("导出我的数据", USELESS))
    assert both.typed("a", "导出") is None


def test_what_cannot_be_undone_is_said_in_whole_words() -> None:
    offered = offering(Button("全部删掉", ERASE))
    assert offered.typed("a", "全部") is None
    assert offered.typed("a", "全部删掉") == ERASE


def test_while_a_question_is_open_only_its_choices_are_begun() -> None:
    offered = offering(
        Button("银行（信用卡、贷款）", BANK),
        Button("录音怎么录", RECORDING),
        Button("先停下", STOP),
    )
    assert offered.typed("a", "银行") == BANK
    assert offered.typed("a", "录音") is None
    assert offered.typed("a", "录音怎么录") == RECORDING


def test_only_the_last_reply_counts() -> None:
    offered = OfferedButtons()
    offered.remember("a", REPLY)
    offered.remember("a", Reply(blocks=()))
    assert offered.typed("a", "到时候提醒我") is None


def test_who_was_silent_longest_is_forgotten() -> None:
    offered = OfferedButtons()
    for number in range(PEOPLE_AT_MOST + 1):
        offered.remember(str(number), REPLY)
    assert offered.typed("0", "到时候提醒我") is None
    assert offered.typed("1", "到时候提醒我") == REMIND

"""What was offered last may be typed instead of tapped."""

from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Button, Reply
from bot.dialogue.offered import Offered, offered_by, typed_choice

REMIND = Choice(Verb.DEED, "remind_appeal_20261120")
EXPORT, USELESS = Choice(Verb.DEED, "export_log"), Choice(Verb.USELESS, "call_hours")
ERASE, STOP = Choice(Verb.DEED, "erase"), Choice(Verb.CONTROL, "stop")
BANK, RECORDING = Choice(Verb.PICK, "lender_1"), Choice(Verb.ANSWER, "recording_how")


def offering(*buttons: Button) -> Offered:
    return offered_by(Reply(blocks=(), buttons=(buttons,)))


def test_the_buttons_of_a_reply_are_kept_as_plain_words_in_order() -> None:
    rows = ((Button("👎 没用", USELESS), Button("导出", EXPORT)), (Button("‹ 先停下", STOP),))
    assert offered_by(Reply(blocks=(), buttons=rows)) == (
        ("没用", "n:call_hours"),
        ("导出", "d:export_log"),
        ("先停下", "c:stop"),
    )
    assert offered_by(Reply(blocks=())) == ()


def test_the_words_of_a_button_are_that_button() -> None:
    offered = offering(Button("到时候提醒我", REMIND))
    assert typed_choice(offered, " 到时候提醒我！") == REMIND
    assert typed_choice(offered, "到时候提醒我。") == REMIND
    assert typed_choice(offered, "到时候提醒我吧") is None
    assert typed_choice((), "到时候提醒我") is None


def test_the_sign_before_the_words_need_not_be_typed() -> None:
    offered = offering(Button("👎 没用", USELESS))
    assert typed_choice(offered, "没用") == USELESS
    assert typed_choice(offered, "👎 没用") == USELESS


def test_how_a_button_begins_stands_for_it_where_no_other_begins_so() -> None:
    offered = offering(Button("导出证据目录", EXPORT), Button("👎 没用", USELESS))
    assert typed_choice(offered, "导出") == EXPORT
    assert typed_choice(offered, "导") is None
    both = offering(Button("导出证据目录", EXPORT), Button("导出我的数据", USELESS))
    assert typed_choice(both, "导出") is None
    same = offering(Button("导出证据目录", EXPORT), Button("导出目录", EXPORT))
    assert typed_choice(same, "导出") == EXPORT


def test_what_cannot_be_undone_is_said_in_whole_words() -> None:
    offered = offering(Button("全部删掉", ERASE))
    assert typed_choice(offered, "全部") is None
    assert typed_choice(offered, "全部删掉") == ERASE


def test_while_a_question_is_open_only_its_choices_are_begun() -> None:
    offered = offering(
        Button("银行（信用卡、贷款）", BANK),
        Button("录音怎么录", RECORDING),
        Button("先停下", STOP),
    )
    assert typed_choice(offered, "银行") == BANK
    assert typed_choice(offered, "录音") is None
    assert typed_choice(offered, "录音怎么录") == RECORDING


def test_what_is_stored_and_no_button_of_ours_is_passed_over() -> None:
    assert typed_choice((("导出", "d:export_log"), ("导出", "x:")), "导出") == EXPORT
    assert typed_choice((("导出", "nothing"),), "导出") is None


def test_a_text_of_signs_alone_is_no_button() -> None:
    offered = offering(Button("到时候提醒我", REMIND))
    assert [typed_choice(offered, text) for text in ("", " ", "？", "👎", "。")] == [None] * 5

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

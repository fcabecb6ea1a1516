"""Deadlines as a person meets them: the day, why, what to do, and reminders at a decent hour."""

from datetime import datetime

import pytest

from bot.answering.tasks.deadlines import reminder_words
from bot.concepts.choice import Verb
from bot.concepts.clock import SHANGHAI
from tests.answering.tasks.desk import (
    MONDAY_MORNING,
    PAGE,
    Desk,
    Office,
    all_pages,
    buttons,
    choices,
    leads_somewhere,
    words,
)
from tests.knowledge.folder import real_book

KINDS = real_book().deadlines.kinds


def at_nine(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI)


def remind(answer: list[str]) -> str:
    """The deed behind the button that asks for a reminder."""
    (deed,) = (each.removeprefix("d:") for each in answer if each.startswith("d:remind_"))
    return deed


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_shows_its_rule_its_traps_and_a_way_on(
    desk: Desk, office: Office, kind: str
) -> None:
    reply = await desk.finish(f"deadline_{kind}", day="2026-11-20")
    said = words(reply)
    assert said.startswith(KINDS[kind].title)
    assert "{{" not in said
    assert "[[" not in said
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))
    if KINDS[kind].letter is not None:
        assert f"s:{KINDS[kind].letter}" in choices(reply)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_got_wrong_stands_in_full_behind_buttons(
    desk: Desk, office: Office, kind: str
) -> None:
    reply = await desk.finish(f"deadline_{kind}", day="2026-11-20")
    on = MONDAY_MORNING.astimezone(SHANGHAI).date()
    first, *traps = (block.text for block in office.reckoner.traps(kind, on))
    served = [block.text for block in office.reckoner.served(kind, on)]
    assert first in words(reply)
    for begun, lines in (("traps_", traps), ("served_", served)):
        assert (f"d:{begun}{kind}" in choices(reply)) == bool(lines)
        if lines:
            shown = words(await desk.tap_deed(f"{begun}{kind}"))
            assert all(line in shown for line in lines)


@pytest.mark.parametrize("kind", KINDS)
async def test_the_first_reply_on_a_deadline_is_no_page(desk: Desk, kind: str) -> None:
    assert len(words(await desk.finish(f"deadline_{kind}", day="2026-11-20"))) <= 500


async def test_the_day_is_named_with_its_weekday_and_its_source(desk: Desk) -> None:
    said = words(await desk.finish("deadline_payment_order_objection", day="2026-11-20"))
    assert "2026-11-20 当天不算，从第二天数起，最后一天是 2026-12-07（星期一）" in said
    assert "第二百二十七条（法律）" in said


async def test_a_day_of_ones_own_is_not_counted_from_itself(desk: Desk) -> None:
    said = words(await desk.finish("deadline_instalment_date", day="2026-12-05"))
    assert "就是 2026-12-05（星期六）这一天" in said
    assert "当天不算" not in said


async def test_what_has_no_firm_day_needs_no_day(desk: Desk) -> None:
    said = words(await desk.finish("deadline_limitation", day=""))
    assert "算不出一个确定的日子" in said


async def test_reminders_come_at_nine_in_shanghai_before_the_day(desk: Desk) -> None:
    shown = await desk.finish("deadline_payment_order_objection", day="2026-11-20")
    said = words(await desk.tap_deed(remind(choices(shown))))
    kept = await desk.records.reminders.of(desk.sender)
    days = [each.remind_at.astimezone(SHANGHAI) for each in kept]
    assert days
    assert all(moment == at_nine(moment.date().isoformat()) for moment in days)
    assert all(MONDAY_MORNING < moment <= at_nine("2026-12-07") for moment in days)
    for moment in days:
        assert moment.date().isoformat() in said
    assert {each.address for each in kept} == {desk.address}


async def test_a_reminder_says_nothing_of_a_debt(desk: Desk, office: Office) -> None:
    shown = await desk.finish("deadline_bank_complaint_reply", day="2026-11-20")
    await desk.tap_deed(remind(choices(shown)))
    (first, *_) = await desk.records.reminders.of(desk.sender)
    reply = reminder_words(office.pages, office.reckoner.knowledge.labels, first)
    said = words(reply) + "".join(each.label for each in buttons(reply))
    assert "2026-12-05" in said
    telling = ("债", "欠", "催", "还款", "逾期", "投诉", "银行", "支付令", "法院")
    assert not [each for each in telling if each in said]
    assert "{" not in said


async def test_a_tap_below_a_reminder_says_which_day_it_is(desk: Desk, office: Office) -> None:
    shown = await desk.finish("deadline_bank_complaint_reply", day="2026-11-20")
    await desk.tap_deed(remind(choices(shown)))
    (first, *_) = await desk.records.reminders.of(desk.sender)
    deed = choices(reminder_words(office.pages, office.reckoner.knowledge.labels, first))[0]
    assert words(await desk.tap_deed(deed.removeprefix("d:"))) == words(shown)


async def test_a_set_reminder_is_about_the_deadline(desk: Desk) -> None:
    shown = await desk.finish("deadline_appeal", day="2026-11-20")
    about = (await desk.tap_deed(remind(choices(shown)))).about
    assert about is not None
    assert about.topic == "set_deadline"


async def test_asking_twice_reminds_once(desk: Desk) -> None:
    shown = await desk.finish("deadline_appeal", day="2026-11-20")
    await desk.tap_deed(remind(choices(shown)))
    kept = await desk.records.reminders.of(desk.sender)
    await desk.tap_deed(remind(choices(shown)))
    assert await desk.records.reminders.of(desk.sender) == kept


async def test_a_day_that_is_gone_has_no_reminder(desk: Desk, office: Office) -> None:
    shown = await desk.finish("deadline_payment_order_objection", day="2026-09-01")
    assert "这一天已经过了" in words(shown)
    assert not [each for each in choices(shown) if each.startswith("d:remind_")]
    reply = await desk.tap_deed("remind_payment_order_objection_20260901")
    assert reply == office.pages.utterance("no_reminder_left")
    assert await desk.records.reminders.of(desk.sender) == ()


async def test_no_reminder_is_for_an_hour_that_is_gone(desk: Desk) -> None:
    """Half past ten of the last day: nine o'clock is over."""
    shown = await desk.finish("deadline_payment_order_objection", day="2026-11-20")
    desk.now = datetime(2026, 12, 7, 10, 30, tzinfo=SHANGHAI)
    await desk.tap_deed(remind(choices(shown)))
    assert await desk.records.reminders.of(desk.sender) == ()


async def test_a_kind_without_a_firm_day_says_so_and_has_no_reminder(desk: Desk) -> None:
    (kind, *_) = (each.id for each in KINDS.values() if each.figure is None and each.days is None)
    reply = await desk.finish(f"deadline_{kind}", day="2026-11-20")
    assert "算不出一个确定的日子" in words(reply)
    assert not [each for each in choices(reply) if each.startswith("d:remind_")]


async def test_the_choice_of_deadlines_has_a_button_for_each(desk: Desk, office: Office) -> None:
    first = await desk.effect("choose_set_deadline")
    assert len(buttons(first)) == PAGE + 2
    shown = await all_pages(desk, first, "deadlines_")
    assert [str(each.choice) for each in shown] == [f"s:deadline_{kind}" for kind in KINDS]
    for button in shown:
        assert len(str(button.choice).encode()) <= 64
        assert button.choice.verb is Verb.MENU or button.choice.target in office.book.tools


async def test_reminders_that_wait_are_shown_and_can_be_called_off(
    desk: Desk, office: Office
) -> None:
    shown = await desk.finish("deadline_payment_order_objection", day="2026-11-20")
    await desk.tap_deed(remind(choices(shown)))
    reply = await desk.effect("choose_set_deadline")
    assert "2026-12-06 · 支付令异议" in words(reply)
    assert choices(reply)[0] == "d:cancel_reminders"
    assert await desk.tap_deed("cancel_reminders") == office.pages.utterance("reminders_cancelled")
    assert await desk.records.reminders.of(desk.sender) == ()
    assert "支付令异议" not in words(await desk.effect("choose_set_deadline"))

"""Deadlines: how a day is counted, moved, explained and reminded of."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.deadlines import DeadlineReckoner, as_json, due, reminder_days
from bot.answering.working_days import WorkingDays
from bot.concepts.citation import Binding
from bot.concepts.deadline import Deadline, Move
from bot.concepts.reply import BlockKind
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.deadlines import DeadlineBook, load_deadlines
from bot.knowledge.loader import read_knowledge

_FOLDER = Path(__file__).parents[2] / "knowledge"
_DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


class NeverRests:
    """A calendar of a country without weekends, for which every notice is known."""

    def is_working_day(self, _: date) -> bool:
        return True

    def holiday(self, _: date) -> str | None:
        return None

    def is_known(self, _: date) -> bool:
        return True


@cache
def _knowledge() -> KnowledgeBase:
    return read_knowledge(_FOLDER)[0]


@cache
def _book() -> DeadlineBook:
    return load_deadlines(_FOLDER)


@cache
def _china() -> WorkingDays:
    return WorkingDays()


@pytest.fixture
def reckoner() -> DeadlineReckoner:
    return DeadlineReckoner(_knowledge(), _book(), _china())


def test_the_day_of_the_event_is_not_counted(reckoner: DeadlineReckoner) -> None:
    kind = reckoner.book.kinds["appeal_ruling"]
    deadline = due(reckoner.knowledge, kind, date(2026, 3, 2), NeverRests())
    assert deadline.due == date(2026, 3, 12)


def test_an_end_on_a_weekend_moves_to_monday(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("answer_to_suit", date(2026, 3, 6))
    assert deadline.due == date(2026, 3, 23)
    assert deadline.moved_because == Move(date(2026, 3, 21), None)
    assert deadline.safe_day is None


def test_an_end_in_a_holiday_names_the_holiday(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 9, 21))
    assert deadline.due == date(2026, 10, 8)
    assert deadline.moved_because == Move(date(2026, 10, 6), "国庆节")


def test_an_end_on_a_working_weekend_stays(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 4, 24))
    assert deadline.due == date(2026, 5, 9)
    assert deadline.moved_because is None


def test_the_days_of_a_complaint_do_not_move(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("bank_complaint_reply", date(2026, 2, 4))
    assert deadline.due == date(2026, 2, 19)
    assert deadline.moved_because is None
    assert deadline.is_calendar_known


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("set_aside_award", date(2026, 11, 30), date(2027, 2, 28)),
        ("set_aside_award", date(2026, 11, 15), date(2027, 2, 15)),
        ("recording_kept", date(2024, 2, 29), date(2026, 2, 28)),
        ("recording_kept", date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_months_and_years_end_on_the_same_date_or_the_last_of_the_month(
    reckoner: DeadlineReckoner, kind: str, start: date, end: date
) -> None:
    assert reckoner.due(kind, start).due == end


def test_working_days_leave_out_weekends_and_holidays(reckoner: DeadlineReckoner) -> None:
    assert reckoner.due("regulator_forward", date(2026, 9, 23)).due == date(2026, 10, 10)
    assert not reckoner.due("regulator_forward", date(2027, 1, 4)).is_calendar_known


def test_a_moved_date_of_months_counts_no_days(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("retrial", date(2026, 5, 29))
    lines = reckoner.explain(deadline, date(2026, 11, 23))
    assert "算到 2026-11-29，是休息日，顺延到下一个工作日。" in lines


def test_what_is_lost_is_said_and_what_is_left_only_once_the_day_is_gone(
    reckoner: DeadlineReckoner,
) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 11, 2))
    before, after = (
        reckoner.explain(deadline, day) for day in (date(2026, 11, 10), date(2026, 11, 20))
    )
    assert [line for line in before if line.startswith("错过会怎样：")]
    assert not [line for line in before if line.startswith("过了还能做：")]
    assert after[1].startswith("过了还能做：马上打 12368")


def test_who_must_act_says_what_is_lost_and_what_is_left(reckoner: DeadlineReckoner) -> None:
    for kind in reckoner.book.kinds.values():
        if kind.whose.value == "yours" and kind.article is not None:
            assert kind.lost, kind.id
            assert kind.instead, kind.id


def test_of_a_court_paper_it_is_told_when_it_counts_as_received(
    reckoner: DeadlineReckoner,
) -> None:
    lines = [block.text for block in reckoner.served("appeal", date(2026, 11, 23))]
    assert lines[0].startswith("怎样算收到：")
    assert reckoner.served("instalment_date", date(2026, 11, 23)) == ()


def test_an_award_of_before_the_new_law_gets_no_day(reckoner: DeadlineReckoner) -> None:
    assert reckoner.due("set_aside_award", date(2026, 2, 27)).due is None


def test_ones_own_date_is_the_day_itself_and_no_law(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("instalment_date", date(2027, 1, 2))
    assert deadline.due == date(2027, 1, 2)
    assert as_json(deadline) == {
        "kind": "instalment_date",
        "from": "2027-01-02",
        "due": "2027-01-02",
        "article": None,
        "binding": None,
        "rule": deadline.rule,
    }


def test_limitation_promises_no_day(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("limitation", date(2015, 5, 1))
    assert deadline.due is None
    assert "3 年" in deadline.rule
    assert reckoner.book.words.no_firm_day in reckoner.explain(deadline, date(2026, 11, 23))
    assert reckoner.reminder_days(deadline, date(2026, 11, 23)) == ()


def test_before_a_figure_was_in_force_no_day_is_given(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("bank_complaint_reply", date(2020, 2, 1))
    assert deadline.due is None
    assert "15 日" in deadline.rule


def test_json_names_the_article_and_its_binding_force(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("bank_complaint_reply", date(2026, 11, 23))
    assert as_json(deadline) == {
        "kind": "bank_complaint_reply",
        "from": "2026-11-23",
        "due": "2026-12-08",
        "article": "bank-insurance-complaints-measures-2020#第十八条",
        "binding": Binding.DEPARTMENTAL_RULE.value,
        "rule": deadline.rule,
    }


def test_rules_and_traps_have_no_marks_left(reckoner: DeadlineReckoner) -> None:
    today = date(2026, 11, 23)
    for kind in reckoner.book.kinds:
        lines = [*reckoner.explain(reckoner.due(kind, today), today)]
        lines += [block.text for block in reckoner.traps(kind, today)]
        assert not [line for line in lines if "[[" in line or "{" in line]
        assert all(block.kind is BlockKind.BULLET for block in reckoner.traps(kind, today))


def test_a_moved_end_is_explained(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 9, 18))
    lines = reckoner.explain(deadline, date(2026, 9, 18))
    assert "数到第 15 天是 2026-10-03，碰上放假（国庆节），顺延到放假后的第一个工作日。" in lines


def test_an_unpublished_year_is_cautioned_against(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("answer_to_suit", date(2026, 12, 17))
    assert deadline.due == date(2027, 1, 4)
    assert deadline.safe_day == date(2026, 12, 31)
    assert any("2026-12-31" in line for line in reckoner.explain(deadline, date(2026, 12, 18)))


def test_a_day_that_is_gone_is_said_to_be_gone(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("appeal", date(2026, 10, 20))
    assert deadline.due == date(2026, 11, 4)
    assert reckoner.explain(deadline, date(2026, 11, 5))[0] == reckoner.book.words.passed_yours
    assert reckoner.reminder_days(deadline, date(2026, 11, 5)) == ()


def test_a_reply_that_is_overdue_opens_the_next_step(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("bank_complaint_reply", date(2026, 10, 20))
    assert reckoner.explain(deadline, date(2026, 11, 23))[0] == reckoner.book.words.passed_theirs


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (4, "今天就是最后一天，现在就办。"),
        (3, "只剩 1 天，今天就动手。"),
        (1, "只剩 3 天，今天就动手。"),
    ],
)
def test_who_has_few_days_left_is_told_so_first(
    reckoner: DeadlineReckoner, today: int, said: str
) -> None:
    deadline = reckoner.due("appeal", date(2026, 10, 20))
    assert reckoner.explain(deadline, date(2026, 11, today))[0] == said


def test_who_has_time_is_not_hurried(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("appeal", date(2026, 10, 20))
    assert reckoner.explain(deadline, date(2026, 10, 30))[0] == deadline.rule


def test_reminders_come_before_the_day(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 11, 23))
    assert reckoner.reminder_days(deadline, date(2026, 12, 1)) == (
        date(2026, 12, 1),
        date(2026, 12, 5),
        date(2026, 12, 7),
    )
    assert reckoner.reminder_days(deadline, date(2026, 12, 6)) == (date(2026, 12, 7),)


def test_on_the_last_day_there_is_still_one_reminder(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 11, 23))
    assert reckoner.reminder_days(deadline, date(2026, 12, 8)) == (date(2026, 12, 8),)


def test_of_the_banks_day_one_is_reminded_on_the_day_after(reckoner: DeadlineReckoner) -> None:
    deadline = reckoner.due("bank_complaint_reply", date(2026, 11, 23))
    assert reckoner.reminder_days(deadline, date(2026, 11, 24)) == (
        date(2026, 12, 7),
        date(2026, 12, 9),
    )


def test_reminders_count_from_the_safe_day_of_an_unpublished_year(
    reckoner: DeadlineReckoner,
) -> None:
    deadline = reckoner.due("answer_to_suit", date(2026, 12, 17))
    assert reckoner.reminder_days(deadline, date(2026, 12, 20)) == (
        date(2026, 12, 24),
        date(2026, 12, 28),
        date(2026, 12, 30),
    )


def test_reminders_come_at_nine_in_shanghai_and_never_in_the_past(
    reckoner: DeadlineReckoner,
) -> None:
    deadline = reckoner.due("payment_order_objection", date(2026, 11, 23))
    before_nine = datetime(2026, 12, 7, 0, 59, tzinfo=UTC)
    at_nine = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
    assert reckoner.reminder_times(deadline, before_nine) == (at_nine,)
    assert reckoner.reminder_times(deadline, at_nine) == (at_nine + timedelta(days=1),)
    assert reckoner.reminder_times(deadline, at_nine + timedelta(days=1)) == ()


@given(start=_DAYS)
def test_a_court_period_ends_on_a_working_day_not_before_it_is_counted(start: date) -> None:
    knowledge, calendar = _knowledge(), _china()
    kind = _book().kinds["appeal"]
    deadline = due(knowledge, kind, start, calendar)
    assert deadline.due is not None
    assert calendar.is_working_day(deadline.due)
    assert deadline.due >= start + timedelta(days=15)
    assert (deadline.moved_because is None) == (deadline.due == start + timedelta(days=15))
    assert deadline.safe_day is None or deadline.safe_day <= start + timedelta(days=15)


@given(start=_DAYS, today=_DAYS)
def test_no_reminder_lies_before_today(start: date, today: date) -> None:
    kind = _book().kinds["bank_complaint_reply"]
    deadline = Deadline(
        kind=kind.id, start=start, due=start, article=None, binding=None, rule="rule"
    )
    days = reminder_days(kind, deadline, today)
    assert all(day >= today for day in days)
    assert list(days) == sorted(set(days))

"""What went wrong is grouped by likeness, and shown only where enough people wrote it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.concepts.missed import Decision, Missed, MissKind
from bot.desk.likeness import ALIKE, Groups, likeness, signs_of
from bot.desk.misses import MissBook
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords

DAY = date(2026, 11, 23)


@pytest.fixture
async def records() -> AsyncIterator[MissedRecords]:
    database = await Database.open("sqlite+aiosqlite://")
    yield MissedRecords(database, FreeTextCipher(bytes(32)))
    await database.close()


async def ask(records: MissedRecords, text: str, *people: str, **more: object) -> None:
    for person in people:
        missed = Missed(
            sender=person, kind=MissKind.NOT_UNDERSTOOD, text=text, guesses=("lawsuit",), on=DAY
        )
        await records.add(replace(missed, **more))  # type: ignore[arg-type]


async def test_a_question_is_shown_from_three_people_on(records: MissedRecords) -> None:
    book = MissBook(records, 3)
    await ask(records, "花呗逾期会不会上门", "a", "b")
    await book.refresh()
    assert book.groups == ()
    await ask(records, "花呗逾期上门吗", "c")
    await book.refresh()
    (group,) = book.groups
    assert (group.people, group.messages) == (3, 3)
    assert (group.text, group.ways) == ("花呗逾期会不会上门", ("花呗逾期上门吗",))
    assert group.guesses == ("lawsuit",)


async def test_one_person_who_asks_often_is_one_person(records: MissedRecords) -> None:
    await ask(records, "花呗逾期会不会上门", *["a"] * 20, "b")
    book = MissBook(records, 3)
    await book.refresh()
    assert book.groups == ()


async def test_the_way_that_most_used_stands_first(records: MissedRecords) -> None:
    await ask(records, "车被拖走了咋办", "a")
    await ask(records, "车被拖走了怎么办", "b", "c")
    await ask(records, "工资卡冻结了怎么办", *"abc")
    await ask(records, "工资卡冻结了怎么办呀", "d")
    book = MissBook(records, 3)
    await book.refresh()
    assert [each.text for each in book.groups] == ["工资卡冻结了怎么办", "车被拖走了怎么办"]


async def test_what_is_decided_is_shown_no_more_until_as_many_people_ask_again(
    records: MissedRecords,
) -> None:
    await ask(records, "花呗逾期会不会上门", *"abc")
    book = MissBook(records, 3)
    await book.refresh()
    await book.decide(book.groups[0], Decision.NOTHING)
    assert book.groups == ()
    await ask(records, "花呗逾期会不会上门", *"def")
    await book.refresh()
    assert book.groups[0].people == 3


async def test_what_is_not_ours_stays_away_while_it_is_refused(records: MissedRecords) -> None:
    await ask(records, "股票亏了能告券商吗", *"abc")
    book = MissBook(records, 3)
    await book.refresh()
    await book.decide(book.groups[0], Decision.NOT_OURS)
    await ask(records, "股票亏了能告券商吗", *"def", kind=MissKind.REFUSED)
    await book.refresh()
    assert book.groups == ()
    await ask(records, "股票亏了能告券商吗", "g", kind=MissKind.ASKED_BACK)
    await book.refresh()
    assert len(book.groups) == 1


async def test_a_decision_can_be_taken_back(records: MissedRecords) -> None:
    await ask(records, "花呗逾期会不会上门", *"abc")
    book = MissBook(records, 3)
    await book.refresh()
    (group,) = book.groups
    await book.decide(group, Decision.EXAMPLE)
    await book.take_back(group.numbers)
    assert book.groups == (group,)


async def test_what_people_delete_is_gone(records: MissedRecords) -> None:
    await ask(records, "花呗逾期会不会上门", *"abc", on=date(2026, 1, 1))
    await ask(records, "工资卡冻结了怎么办", *"abc")
    book = MissBook(records, 3)
    await book.refresh()
    await records.forget_before(DAY)
    await book.refresh()
    assert [each.text for each in book.groups] == ["工资卡冻结了怎么办"]


async def test_what_was_put_right_is_grouped_by_what_it_was(records: MissedRecords) -> None:
    corrected = MissKind.CORRECTED
    await ask(records, "说我不要脸", *"abc", kind=corrected, guesses=("act_insult",))
    await ask(records, "说我不要脸", *"ab", kind=corrected, guesses=("act_threat_exposure",))
    book = MissBook(records, 3)
    await book.refresh()
    (group,) = book.groups
    assert group.guesses == ("act_insult",)


async def test_many_new_messages_are_taken_in_beside(records: MissedRecords) -> None:
    await ask(records, "花呗逾期会不会上门", *map(str, range(300)))
    book = MissBook(records, 3)
    assert await book.look() == 300
    while await book.look():  # noqa: ASYNC110 it is looked at, as pages do
        await asyncio.sleep(0.01)
    assert book.groups[0].people == 300
    await book.close()


def test_texts_that_share_most_of_their_signs_are_one_group() -> None:
    groups = Groups()
    first = groups.place(1, "花呗逾期会不会上门")
    assert groups.place(2, "花呗逾期上门吗") == first
    assert groups.place(3, "工资卡被冻结") == 3


@given(st.lists(st.text("花呗逾期上门吗不会", min_size=1, max_size=8), max_size=20))
def test_the_rarest_signs_find_whatever_a_full_comparison_finds(texts: list[str]) -> None:
    groups, firsts = Groups(), dict[int, frozenset[str]]()
    for number, text in enumerate(texts):
        found = groups.place(number, text)
        signs = signs_of(text)
        alike = [at for at, each in firsts.items() if likeness(signs, each) >= ALIKE]
        assert (found in alike) if alike else (found == number)
        if found == number:
            firsts[number] = signs


def test_nothing_is_alike_to_what_was_dropped() -> None:
    groups = Groups()
    groups.place(1, "花呗逾期会不会上门")
    groups.drop([1])
    assert groups.place(2, "花呗逾期会不会上门") == 2


@pytest.mark.parametrize("text", ["", "😭😭", "？", "的了吗"])
def test_a_text_without_a_telling_sign_has_a_group_too(text: str) -> None:
    assert Groups().place(1, text) == 1


def test_likeness_falls_with_what_differs() -> None:
    base = signs_of("花呗逾期会不会上门催收")
    shares = [
        likeness(base, signs_of(text))
        for text in ("花呗逾期会不会上门催收", "花呗逾期会不会上门", "花呗逾期", "股票")
    ]
    assert all(more > less for more, less in pairwise(shares))

"""A half-filled letter outlives a restart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.concepts.records import Draft
from bot.storage.database import Database
from bot.storage.drafts import Drafts
from bot.storage.encryption import FreeTextCipher
from tests.storage.days import NOON
from tests.storage.people import LI, WANG

DRAFT = Draft(
    tool="complaint_to_bank", answers={"lender": "招商银行", "amount": ""}, asking="said"
)


@pytest.fixture
def drafts(database: Database, cipher: FreeTextCipher) -> Drafts:
    return Drafts(database, cipher)


async def test_a_draft_comes_back_after_a_restart(
    drafts: Drafts, url: str, cipher: FreeTextCipher
) -> None:
    await drafts.keep(LI, DRAFT, NOON)
    other = await Database.open(url)
    assert await Drafts(other, cipher).of(LI) == DRAFT
    await other.close()


async def test_there_is_one_draft_for_each_person(drafts: Drafts) -> None:
    await drafts.keep(LI, DRAFT, NOON)
    newer = replace(DRAFT, asking="summary", is_review=True, is_open=False)
    await drafts.keep(LI, newer, NOON)
    assert await drafts.of(LI) == newer
    assert await drafts.of(WANG) is None


async def test_a_case_stays_until_another_is_told(drafts: Drafts) -> None:
    told = replace(DRAFT, case={"story": "骂我妈"})
    await drafts.keep(LI, told, NOON)
    await drafts.keep(LI, DRAFT, NOON)
    assert await drafts.of(LI) == told
    other = replace(DRAFT, case={"story": "半夜打来"})
    await drafts.keep(LI, other, NOON)
    assert await drafts.of(LI) == other


async def test_of_a_finished_draft_only_the_case_stays(drafts: Drafts) -> None:
    await drafts.keep(LI, replace(DRAFT, case={"story": "骂我妈"}), NOON)
    await drafts.keep(WANG, DRAFT, NOON)
    await drafts.finish(LI, DRAFT.tool)
    await drafts.finish(WANG, DRAFT.tool)
    left = await drafts.of(LI)
    assert left is not None
    assert (left.tool, left.answers, left.case) == ("", {}, {"story": "骂我妈"})
    assert await drafts.of(WANG) is None


async def test_with_its_case_closed_nothing_of_a_draft_stays(drafts: Drafts) -> None:
    told = replace(DRAFT, case={"story": "骂我妈"})
    await drafts.keep(LI, told, NOON)
    await drafts.finish(WANG, DRAFT.tool, is_case_closed=True)
    assert await drafts.of(LI) == told
    await drafts.finish(LI, DRAFT.tool, is_case_closed=True)
    assert await drafts.of(LI) is None


async def test_what_is_half_filled_is_put_aside_for_another_tool(drafts: Drafts) -> None:
    other = Draft(tool="log_contact", answers={"channel": "phone"}, asking="day")
    await drafts.keep(LI, DRAFT, NOON)
    await drafts.keep(LI, other, NOON)
    aside = {DRAFT.tool: DRAFT.answers}
    assert await drafts.of(LI) == replace(other, aside=aside)
    await drafts.finish(LI, other.tool, is_case_closed=True)
    left = await drafts.of(LI)
    assert left is not None
    assert (left.tool, left.aside) == ("", aside)
    await drafts.keep(LI, DRAFT, NOON)
    assert await drafts.of(LI) == DRAFT


async def test_the_end_of_another_tool_does_not_end_what_is_half_filled(drafts: Drafts) -> None:
    await drafts.keep(LI, DRAFT, NOON)
    await drafts.finish(LI, "check_call")
    left = await drafts.of(LI)
    assert left is not None
    assert left.aside == {DRAFT.tool: DRAFT.answers}


async def test_what_is_filled_in_is_not_put_aside(drafts: Drafts) -> None:
    done = replace(DRAFT, asking="summary", is_open=False)
    other = Draft(tool="log_contact", answers={}, asking="day")
    await drafts.keep(LI, done, NOON)
    await drafts.keep(LI, other, NOON)
    assert await drafts.of(LI) == other


async def test_an_untouched_draft_is_forgotten_in_its_time(drafts: Drafts) -> None:
    await drafts.keep(LI, DRAFT, NOON - timedelta(days=1))
    await drafts.keep(WANG, DRAFT, NOON - timedelta(days=1))
    await drafts.keep(WANG, DRAFT, NOON)
    await drafts.forget_before(NOON)
    assert await drafts.of(LI) is None
    assert await drafts.of(WANG) == DRAFT


async def test_answers_are_unreadable_in_the_database(drafts: Drafts, database: Database) -> None:
    await drafts.keep(LI, DRAFT, NOON)
    async with database.transaction() as connection:
        row = (await connection.execute(text("SELECT * FROM draft"))).one()
    for told in ("招商银行", "\\u62db", "complaint_to_bank", "said"):
        assert told not in str(row)

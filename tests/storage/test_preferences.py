"""How people want to be served."""

from bot.concepts.records import Preference
from bot.storage.database import Database
from bot.storage.preferences import Preferences
from tests.storage.people import LI, WANG


async def test_who_chose_nothing_is_served_like_everybody(database: Database) -> None:
    assert await Preferences(database).of(LI) == Preference(is_discreet=False)


async def test_a_choice_holds_until_the_next_one(database: Database) -> None:
    preferences = Preferences(database)
    await preferences.set(LI, Preference(is_discreet=True))
    assert await preferences.of(LI) == Preference(is_discreet=True)
    assert await preferences.of(WANG) == Preference()
    await preferences.set(LI, Preference())
    assert await preferences.of(LI) == Preference()

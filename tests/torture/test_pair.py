"""The short form: two bots, each blow once, and nothing lost or repeated for no reason."""

from pathlib import Path

from tests.torture.pair import pair


async def test_of_two_bots_on_one_database_whichever_is_killed_everybody_is_answered_once(
    tmp_path: Path, postgres_url: str
) -> None:
    session = await pair(
        tmp_path,
        postgres_url,
        seed=1,
        seconds=0,
        people=8,
        names=("kill", "clock", "stall", "stop"),
    )
    assert session.count.is_good, (session.count.rows(), session.log)
    assert session.count.sent > 20
    assert min(session.passed[number] for number in range(2)) > 5
    assert session.claims_left == 0

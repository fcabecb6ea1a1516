"""The page Try answers as the bot would, tells why, and keeps nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.desk.listening import Ears
from bot.desk.training import Trainer
from bot.desk.try_page import Bench
from bot.desk.trying import nearest, try_messages
from bot.knowledge.version import version_of
from bot.understanding.client import RasaClient
from tests.answering.tasks.desk import real_book
from tests.desk.desks import NOON, visitor, working_desk
from tests.knowledge.folder import REAL, real_knowledge
from tests.rasa_stand_in import TOKEN, RasaStandIn


@pytest.fixture
async def rasa() -> AsyncIterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    await stand_in.die()


@pytest.fixture
async def ear(rasa: RasaStandIn) -> AsyncIterator[RasaClient]:
    async with httpx.AsyncClient(
        base_url=rasa.url, params={"token": TOKEN}, trust_env=False
    ) as http:
        yield RasaClient(http)


class FakeEars(Ears):
    """Listens at once, or has nobody to listen."""

    def __init__(self, client: RasaClient | None) -> None:
        self.client = client

    async def of(self, _: Path) -> RasaClient | None:
        return self.client


def desk_with(folder: Path, ear: RasaClient | None, *, has_model: bool = True) -> Starlette:
    app = working_desk(REAL, folder)
    (folder / "models").mkdir(parents=True)
    if has_model:
        (folder / "models" / "zhiquan-1.tar.gz").touch()
    bench = Bench(app.state.desk, FakeEars(ear), real_book())
    trainer = Trainer(folder, models=folder / "models")
    app.state.opened |= {"try": bench, "learn": _Learning(trainer)}
    return app


class _Learning:
    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer


async def test_a_conversation_is_answered_message_after_message(
    rasa: RasaStandIn, ear: RasaClient
) -> None:
    rasa.means("半夜十一点打来", "call_hours")
    first, second = await try_messages(
        real_book(), version_of(REAL), ear, ["半夜十一点打来", "为什么"], NOON
    )
    assert first.meaning is not None
    assert first.meaning.topic == "call_hours"
    assert first.effects == ("answer: call_hours",)
    assert first.facts["time"] == "23:00"
    assert second.rules == {"接着问": "why"}
    assert second.effects == ("layer: call_hours",)
    assert first.nearest[0].share >= first.nearest[-1].share > 0
    assert first.meant[0].matter == "call_hours"


def test_the_nearest_example_is_the_one_that_is_the_same() -> None:
    example = real_knowledge().examples()["call_hours"][0]
    near = nearest(example, real_knowledge())[0]
    assert (near.text, near.matter, near.share) == (example, "call_hours", 1.0)


async def test_the_page_shows_the_reply_and_why(
    tmp_path: Path, rasa: RasaStandIn, ear: RasaClient
) -> None:
    rasa.means("半夜打来<script>", "call_hours")
    browser = await visitor(desk_with(tmp_path, ear))
    page = await browser.post("/try", data={"said": "半夜打来<script>\n\n为什么\n"})
    assert page.status_code == 200
    for words in ("听成", "于是", "意思最近的问法", "字面最近的问法", "为什么"):
        assert words in page.text
    assert "打来<script>" not in page.text
    await browser.aclose()


async def test_while_a_model_is_opened_the_page_asks_again(tmp_path: Path) -> None:
    browser = await visitor(desk_with(tmp_path, None))
    page = await browser.post("/try", data={"said": "半夜打来"}, headers={"HX-Request": "true"})
    assert "正在打开模型" in page.text
    assert 'hx-trigger="load' in page.text
    await browser.aclose()


@pytest.mark.parametrize(
    ("said", "has_model", "told"),
    [("  \n ", True, "先写一句话"), ("半夜打来", False, "还没有训练过的模型")],
)
async def test_what_is_missing_is_told(
    tmp_path: Path, said: str, has_model: bool, told: str
) -> None:
    browser = await visitor(desk_with(tmp_path, None, has_model=has_model))
    page = await browser.post("/try", data={"said": said})
    assert told in page.text
    await browser.aclose()


async def test_an_ear_that_falls_silent_is_told(
    tmp_path: Path, rasa: RasaStandIn, ear: RasaClient
) -> None:
    rasa.nonsense = b"<html>"
    browser = await visitor(desk_with(tmp_path, ear))
    page = await browser.post("/try", data={"said": "半夜打来"})
    assert "没有应答" in page.text
    await browser.aclose()

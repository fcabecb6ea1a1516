"""Photos of papers over Telegram's protocol, read by the real recogniser of the whole program."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot_api_server import BotApiServer
from tests.end_to_end.running_bot import RunningBot
from tests.papers import pictures
from tests.rasa_stand_in import RasaStandIn

PERSON = 78
TOKEN = "4343:end-to-end-canary-token"
FORGED = """【XX区人民法院】李小明：您与某消费金融公司借款合同纠纷一案已立案，
案号（2026）沪0115民初98765号。
因您拒不到庭，本院将于今日18:00前依法冻结您名下全部银行卡、微信、支付宝。
请立即点击 http://court-gov.cn.top/a8Z9 缴纳执行款23,680.00元，
或添加执行员微信zx_20261103，逾期按拒执罪移送公安机关。"""
ORDER = """四川省简阳市人民法院
（2026）川0185民督567号
申请人：某某小额贷款有限公司，住所地四川省成都市锦江区某某路1号。
被申请人：赵某某，住四川省简阳市某某镇某某村3组。
申请人于2026年11月10日向本院申请支付令。本院审查后认为债权债务关系明确、合法，特发出如下支付令：
被申请人赵某某应当自收到本支付令之日起十五日内，给付申请人借款18,500元。
被申请人如有异议，应当自收到本支付令之日起十五日内向本院书面提出；逾期不提出书面异议的，本支付令即发生法律效力。
审判员 周某"""


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(token=TOKEN) as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer, tmp_path: Path) -> AsyncIterator[RunningBot]:
    rasa = RasaStandIn()
    rasa.sees("执行员微信", "sms_fake_court")
    bot = RunningBot(server, tmp_path / "data", TOKEN, rasa)
    await bot.start()
    yield bot
    await bot.stop()
    await rasa.die()


async def reply_after(server: BotApiServer, bot: RunningBot, before: int) -> str:
    """The newest reply: its last message has buttons."""
    await bot.wait_until(lambda: any(message.rows for message in server.messages[before:]))
    return "\n".join(message.text for message in server.messages[before:])


async def test_a_photo_of_a_forged_court_message_is_answered_by_a_warning_in_the_first_line(
    server: BotApiServer, bot: RunningBot
) -> None:
    photo = pictures.as_jpeg(pictures.screenshot(FORGED))
    await server.person_sends_file(PERSON, photo, "photo")
    reply = await reply_after(server, bot, 0)
    assert reply.splitlines()[0].startswith("先别付钱、别点链接、别回拨")
    assert "是假的" in reply
    assert "a8Z9" not in bot.log


async def test_a_photo_of_a_payment_order_leads_to_its_last_day_a_reminder_and_the_objection(
    server: BotApiServer, bot: RunningBot
) -> None:
    photo = pictures.as_jpeg(pictures.photographed(pictures.page(ORDER, title="支付令")))
    await server.person_sends_file(PERSON, photo, "photo", caption="昨天收到的")
    reply = await reply_after(server, bot, 0)
    assert "最后一天是" in reply

    before = len(server.messages)
    await server.person_taps("到时候提醒我", PERSON)
    assert "提醒你" in await reply_after(server, bot, before)

    before = len(server.messages)
    await server.person_taps("写这份函件", PERSON)
    begun = await reply_after(server, bot, before)
    assert "支付令异议书" in begun

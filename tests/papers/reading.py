"""Papers for tests, and how they are read with the words of this repository."""

from datetime import date

from bot.answering.papers import last_safe_day
from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import PaperOpinion, PaperReading
from bot.papers.reading import PaperReader
from bot.papers.text import PaperText, lay_out
from tests.answering.tasks.desk import real_book

RECEIVED, LOOKED_AT = date(2026, 11, 20), date(2026, 11, 30)

PAYMENT_ORDER = """杭州市西湖区人民法院
支 付 令
（2026）浙0106民督218号
申请人：某某银行股份有限公司杭州分行。
被申请人：方某，女，住杭州市西湖区。
申请人向本院申请支付令，称被申请人尚欠本金18,320.50元、利息1,204.77元。
被申请人方某应当自收到本支付令之日起十五日内，给付申请人本金18,320.50元、利息1,204.77元；
如有异议，应当自收到本支付令之日起十五日内向本院书面提出。
审判员 柳某
二〇二六年十一月十六日
书记员 辛某"""

FORGED_COURT = (
    "【法院执行中心】方某：您涉嫌恶意欠款，案号（2026）民初字第8812号，"
    "请于2小时内将欠款8000元转至执行专员个人账户6222020200112233445（户名：辛某）撤案，"
    "点击 http://zxfw-court.gov.cn.top/a 查看传票。"
)

REMINDER = (
    "【招商银行】您尾号3301的信用卡本期应还人民币2,310.40元，到期还款日12月05日，详询95555。"
)


def read(text: str, kind: str, received: date | None = RECEIVED) -> PaperReading:
    """A paper of a kind that a model is sure of."""
    reader = PaperReader(words=real_book().papers, acts_in=lambda _: ())
    return reader.read(text, PaperOpinion(kind, 0.95, 1.0), received)


def at_desk(text: str, kind: str) -> tuple[PaperReading, str | None]:
    """A paper as the desk reads it ten days after it came, and its last safe day, if any."""
    desk = paper_desk_of(real_book())
    reading = desk.read(text, PaperOpinion(kind, 0.95, 1.0), RECEIVED, LOOKED_AT)
    last = last_safe_day(desk.deadline(reading, RECEIVED))
    return reading, last and last.isoformat()


def laid_out(text: str) -> PaperText:
    """The text as readers get it."""
    return lay_out(text, real_book().papers)

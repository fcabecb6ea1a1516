"""A file is read for the command line as a line would be, or the reason is told."""

import io
import json
from datetime import date
from pathlib import Path

import docx

from bot.reading import read_paper_file
from tests.rasa_stand_in import RasaStandIn

ORDER = """支付令
（2026）川0185民督567号
申请人：某某小额贷款有限公司
被申请人赵某某应当自收到本支付令之日起十五日内，给付申请人借款18,500元。
被申请人如有异议，应当自收到本支付令之日起十五日内向本院书面提出。
四川省简阳市人民法院"""


async def told_of(path: Path, folder: Path, received: date | None = None) -> dict[str, object]:
    rasa, out = RasaStandIn(), io.StringIO()
    rasa.sees("支付令", "payment_order")
    await read_paper_file(rasa.settings(folder), path, received, out, None)
    await rasa.die()
    told: dict[str, object] = json.loads(out.getvalue())
    return told


async def test_a_word_file_is_read_like_a_line(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ORDER.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    told = await told_of(tmp_path / "a.docx", tmp_path, date(2026, 11, 23))
    assert told["id"] == "a.docx"
    assert told["kind"] == "payment_order"
    assert told["amounts"] == [18500.0]
    assert told["last_safe_day"] == "2026-12-08"


async def test_a_file_that_is_not_read_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"nothing of the kind")
    told = await told_of(tmp_path / "a.png", tmp_path)
    assert told["error"] == "other_kind"
    assert str(told["text"])

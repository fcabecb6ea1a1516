"""The log of contacts: noted, shown with counts, proven by files, handed over as evidence."""

import csv
import io
import zipfile
from datetime import date

import pytest

from bot.answering.contact_chart import contact_chart
from bot.concepts.message import ReceivedFile
from bot.concepts.reply import BlockKind
from tests.answering.tasks.desk import (
    Desk,
    Office,
    buttons,
    choices,
    leads_somewhere,
    paragraphs_of_docx,
    real_book,
    rows_of_docx,
    words,
)

CALL = {
    "channel": "phone",
    "day": "2026-11-22",
    "time": "晚上11点半",
    "reached": "self,family",
    "caller": "自称某银行委外，号码尾号 6688",
    "said": "招商银行的，骂我不要脸，说今天不还就群发我通讯录",
    "evidence": "通话记录截图",
}
SCREENSHOT = ReceivedFile(
    kind="document", reference="AgACAgUAAxkBAAIB", size=20481, media_type="image/png",
    digest="ab" * 32,
)  # fmt: skip


async def note(desk: Desk, **answers: str) -> None:
    await desk.finish("log_contact", **{**CALL, **answers})


async def exported_csv(desk: Desk) -> list[list[str]]:
    reply = await desk.tap_deed("export_log")
    (content,) = (each.content for each in reply.documents if each.name.endswith(".csv"))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def exported_docx(desk: Desk) -> bytes:
    reply = await desk.tap_deed("export_log")
    return next(each.content for each in reply.documents if each.name.endswith(".docx"))


async def test_a_record_is_noted_with_its_number_and_all_that_was_told(desk: Desk) -> None:
    reply = await desk.finish("log_contact", **CALL)
    said = words(reply)
    assert "这是第 1 条" in said
    assert "30 分钟内发给我" in said
    assert "1. 2026-11-22 · 晚上11点半 · 电话 · 本人、家人 · 自称某银行委外" in said
    assert CALL["said"] in said
    (kept,) = await desk.records.contacts.of(desk.sender)
    assert kept.record.reached == ("self", "family")
    assert kept.record.acts == ("insult", "threat_exposure")
    assert kept.record.lender == "招商银行"
    assert kept.record.evidence == "通话记录截图"


async def test_a_record_needs_no_more_than_was_told(desk: Desk) -> None:
    await desk.finish(
        "log_contact", channel="sms", day="2026-11-23", reached="self", said="发短信催",
        time="", caller="", evidence="",
    )  # fmt: skip
    (kept,) = await desk.records.contacts.of(desk.sender)
    assert (kept.record.time, kept.record.claimed, kept.record.evidence) == ("", "", "")


async def test_one_message_handled_twice_is_noted_once(desk: Desk) -> None:
    await note(desk)
    await note(desk)
    assert len(await desk.records.contacts.of(desk.sender)) == 1


async def test_what_was_being_filled_in_is_over_when_it_is_noted(desk: Desk) -> None:
    await desk.ask("log_contact", "said", {"channel": "phone"})
    await note(desk)
    assert desk.talk.form is None
    assert desk.talk.story == {}


async def test_an_empty_log_says_how_to_begin(desk: Desk, office: Office) -> None:
    empty = office.pages.utterance("log_empty")
    assert words(await desk.effect("show_log")) == words(empty)
    assert await desk.tap_deed("export_log") == empty


async def test_who_asks_for_the_log_while_the_first_contact_is_noted_is_told_so(
    desk: Desk, office: Office
) -> None:
    await desk.ask("log_contact", "said", {"channel": "phone"})
    told = office.pages.utterance("log_not_kept")
    assert words(await desk.effect("show_log")) == words(told)


async def test_a_log_is_shown_with_counts_beside_the_figure_and_its_rank(desk: Desk) -> None:
    for day in ("2026-11-10", "2026-11-22", "2026-11-23", "2026-11-23"):
        await note(desk, day=day)
        desk.wait(minutes=1)
    said = words(await desk.effect("show_log"))
    assert "共 4 条" in said
    assert "11-10 ▇ 1\n11-22 ▇ 1\n11-23 ▇▇ 2" in said
    assert "最近 7 天记了 3 条" in said
    assert "不宜超过 6 次" in said
    assert "这是行业自律，不是法律" in said


async def test_a_long_log_shows_the_newest_and_says_how_many_are_left(desk: Desk) -> None:
    for number in range(12):
        await note(desk, said=f"第{number}次")
        desk.wait(minutes=1)
    reply = await desk.effect("show_log")
    shown = [block.text for block in reply.blocks if block.kind is BlockKind.QUOTE]
    assert shown == [f"第{number}次" for number in range(2, 12)]
    assert "更早的还有 2 条" in words(reply)


async def test_several_weeks_are_counted_by_week(desk: Desk) -> None:
    for day in ("2026-11-10", "2026-11-17", "2026-11-22"):
        await note(desk, day=day, said=f"{day}骂我")
        desk.wait(minutes=1)
    said = words(await desk.effect("show_log"))
    assert "11-09 起 1 条；11-16 起 2 条" in said


async def test_one_week_is_not_counted_twice(desk: Desk) -> None:
    await note(desk)
    assert "按周数" not in words(await desk.effect("show_log"))


async def test_every_button_below_a_log_leads_somewhere(desk: Desk, office: Office) -> None:
    for reply in (await desk.finish("log_contact", **CALL), await desk.effect("show_log")):
        assert "d:export_log" in choices(reply)
        assert "d:drop_record_1" in choices(reply)
        assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_a_file_belongs_to_the_record_noted_just_before(desk: Desk) -> None:
    await note(desk)
    desk.wait(minutes=29)
    assert await desk.office.tasks.log.wants_file(desk.sender, desk.now)
    said = words(await desk.attach(SCREENSHOT))
    assert "第 1 条" in said
    assert "20481 字节" in said
    assert "ab" * 32 in said
    (kept,) = await desk.records.contacts.of(desk.sender)
    (attachment,) = kept.attachments
    assert (attachment.reference, attachment.media_type) == ("AgACAgUAAxkBAAIB", "image/png")
    assert attachment.received_on == desk.now
    assert "附件 1 个" in words(await desk.effect("show_log"))


async def test_a_file_that_comes_late_or_without_a_record_is_not_taken(
    desk: Desk, office: Office
) -> None:
    assert not await office.tasks.log.wants_file(desk.sender, desk.now)
    assert await desk.attach(SCREENSHOT) == office.pages.utterance("stale_file")
    await note(desk)
    desk.wait(minutes=31)
    assert not await office.tasks.log.wants_file(desk.sender, desk.now)
    assert await desk.attach(SCREENSHOT) == office.pages.utterance("stale_file")


async def test_the_evidence_index_has_the_collectors_number_whole(desk: Desk) -> None:
    await note(desk, caller="自称某银行委外，对方号码13900001111")
    (_, row) = rows_of_docx(await exported_docx(desk))
    assert row[4] == "自称某银行委外，对方号码13900001111"


async def test_the_evidence_index_is_numbered_and_has_the_fingerprints(desk: Desk) -> None:
    await note(desk)
    await desk.attach(SCREENSHOT)
    desk.wait(minutes=1)
    await note(desk, channel="visit", reached="family", day="2026-11-23", said="上门贴条")
    document = await exported_docx(desk)
    header, first, second = rows_of_docx(document)
    assert header == [
        "编号",
        "时间",
        "方式",
        "联系到谁",
        "对方自称",
        "经过",
        "现有证据",
        "文件指纹",
        "记下的时间",
    ]
    assert first == [
        "1", "2026-11-22 晚上11点半", "电话", "本人、家人", CALL["caller"], CALL["said"],
        "通话记录截图", f"文件，20481 字节，2026-11-23 10:30 收到，SHA-256 {'ab' * 32}",
        "2026-11-23 10:30",
    ]  # fmt: skip
    assert second[0] == "2"
    assert second[7] == ""
    assert "制作日期：2026-11-23。共 2 条" in "".join(paragraphs_of_docx(document))


async def test_the_records_are_a_table_that_other_programs_read(desk: Desk) -> None:
    await note(desk, said='他说："还钱，不然…"\n第二句')
    header, row = await exported_csv(desk)
    assert header[:2] == ["编号", "时间"]
    assert row[5] == '他说："还钱，不然…"\n第二句'
    assert len(row) == len(header)


@pytest.mark.parametrize(
    "formula", ["=1+1", "+86 10", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C'!A0"]
)
async def test_what_looks_like_a_formula_is_harmless(desk: Desk, formula: str) -> None:
    await note(desk, said=formula, time=formula, caller=formula, evidence=formula)
    _, row = await exported_csv(desk)
    assert row[4:7] == [f"'{formula}"] * 3
    assert not row[1].startswith(("=", "+", "-", "@", "\t"))


async def test_a_dropped_record_is_gone_and_its_number_is_not_used_again(desk: Desk) -> None:
    await note(desk)
    reply = await desk.tap_deed("drop_record_1")
    assert "第 1 条已经删掉" in words(reply)
    assert await desk.records.contacts.of(desk.sender) == ()
    desk.wait(minutes=1)
    await note(desk)
    (kept,) = await desk.records.contacts.of(desk.sender)
    assert kept.number == 2


async def test_nobody_drops_a_record_of_another(desk: Desk, office: Office) -> None:
    await note(desk)
    stranger = Desk(office)
    assert await stranger.tap_deed("drop_record_1") == office.pages.utterance("stale_button")
    assert len(await desk.records.contacts.of(desk.sender)) == 1


async def test_the_log_is_shown_as_a_picture_by_day_and_hour(desk: Desk) -> None:
    await note(desk)
    await note(desk, time="09:30")
    reply = await desk.effect("show_log")
    (picture,) = reply.documents
    assert picture.is_picture
    assert picture.content.startswith(b"\x89PNG")


async def test_the_hours_drawn_are_those_told(desk: Desk) -> None:
    for time in ("晚上11点半", "09:30", "半夜", ""):
        await note(desk, time=time)
    kept = await desk.records.contacts.of(desk.sender)
    chart = contact_chart(kept, real_book().knowledge, date(2026, 11, 23))
    assert chart is not None
    (day,) = chart.days
    assert (day.by_hour, day.count) == (((9, 1), (23, 1)), 4)
    assert (chart.quiet_from, chart.quiet_to) == (22, 8)


async def test_where_no_day_is_known_there_is_nothing_to_draw(desk: Desk) -> None:
    await note(desk, day="")
    assert (await desk.effect("show_log")).documents == ()


async def test_the_picture_stands_in_the_evidence_file(desk: Desk) -> None:
    await note(desk)
    with zipfile.ZipFile(io.BytesIO(await exported_docx(desk))) as parts:
        assert any(name.endswith(".png") for name in parts.namelist())

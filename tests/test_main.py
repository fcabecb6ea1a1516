"""The commands: what they print, and how they end."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from bot.__main__ import app, main
from bot.concepts.stored import StoredUpdate
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.knowledge.folder import REAL, real_knowledge, replace_in


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the program whose knowledge base may be damaged; it has no settings."""
    copytree(REAL, tmp_path / "knowledge")
    monkeypatch.setattr("bot.settings.ROOT", tmp_path)
    monkeypatch.setattr("bot.__main__.now", lambda: datetime(2026, 11, 23, tzinfo=UTC))
    monkeypatch.setenv("ZHIQUAN_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def run_main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str | int | None:
    """How `zhiquan …` ends: a sentence or a code."""
    monkeypatch.setattr(sys, "argv", ["zhiquan", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


@pytest.mark.usefixtures("root")
def test_check_ends_well_when_nothing_is_wrong(runner: CliRunner) -> None:
    result = runner.invoke(app, ["check"])
    assert (result.exit_code, result.output) == (0, "没有发现问题。\n")


def test_check_lists_every_fault_in_chinese_and_ends_with_one(
    root: Path, runner: CliRunner
) -> None:
    folder = root / "knowledge"
    late = replace_in(folder, "topics/hardship.md", "review_by: ", "review_by: 明年 # ")
    misspelt = replace_in(folder, "topics/mediation.md", "button:", "buton:")
    result = runner.invoke(app, ["check"])
    assert result.exit_code == 1
    *faults, count = result.output.splitlines()
    assert {
        f"topics/hardship.md 第 {late} 行：“review_by”应当是日期（年-月-日）。",
        "topics/mediation.md 第 2 行：这里缺少 button，请补上。",
        f"topics/mediation.md 第 {misspelt} 行：不认识的键：buton。请改正拼写或删去。",
    } <= set(faults)
    led_here = [fault for fault in faults if fault.endswith("工具、主题或任务，请改正拼写。")]
    assert len(faults) == len(led_here) + 3
    assert count == f"共 {len(faults)} 个问题。"


@pytest.mark.usefixtures("root")
def test_show_prints_an_answer_as_it_looks(runner: CliRunner) -> None:
    result = runner.invoke(app, ["show", "call_hours"])
    answer = real_knowledge().answers["call_hours"]
    assert result.exit_code == 0
    assert result.output.startswith(f"【{answer.title}】\n\n")
    assert "22:00" in result.output
    assert not [mark for mark in ("[[", "{{", "**") if mark in result.output]


@pytest.mark.usefixtures("root")
def test_show_prints_the_sources(runner: CliRunner) -> None:
    result = runner.invoke(app, ["show", "call_hours", "--sources"])
    assert result.exit_code == 0
    assert "行业自律，不是法律" in result.output


@pytest.mark.usefixtures("root")
def test_show_names_the_topics_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = str(run_main(monkeypatch, "show", "call_hour"))
    assert told.startswith("没有叫 call_hour 的主题。现有：")
    assert "call_hours" in told


@pytest.mark.parametrize("command", [("show", "call_hours"), ("ask", "半夜"), ("chat",)])
def test_no_command_starts_with_a_broken_knowledge_base(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    replace_in(root / "knowledge", "topics/mediation.md", "button:", "buton:")
    told = str(run_main(monkeypatch, *command))
    assert "topics/mediation.md 第 2 行：这里缺少 button，请补上。" in told
    assert told.endswith("知识库有以上问题，改好之前不能启动。")
    assert "Traceback" not in told


@pytest.mark.parametrize("command", ["run", "chat", "telegram", "check"])
def test_a_wrong_setting_is_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (root / ".env").write_text("TELEGRAM_TOKEN=1:canary\n", "utf-8")
    told = str(run_main(monkeypatch, command))
    assert told.startswith(".env sets TELEGRAM_TOKEN, which nothing reads.")
    assert "canary" not in told


@pytest.mark.usefixtures("root")
def test_telegram_without_a_token_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    told = str(run_main(monkeypatch, "telegram"))
    assert told.startswith("TELEGRAM_BOT_TOKEN is missing")


@pytest.mark.usefixtures("root")
def test_a_deadline_is_one_object_of_json(runner: CliRunner) -> None:
    arguments = ["deadline", "bank_complaint_reply", "--from", "2026-11-23", "--json"]
    told = json.loads(runner.invoke(app, arguments).output)
    assert set(told) == {"kind", "from", "due", "article", "binding", "rule"}
    assert (told["kind"], told["from"]) == ("bank_complaint_reply", "2026-11-23")


@pytest.mark.usefixtures("root")
def test_a_deadline_that_nobody_knows_names_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = str(run_main(monkeypatch, "deadline", "no_such_kind"))
    assert "appeal" in told


@pytest.mark.usefixtures("root")
def test_a_checked_call_is_one_object_of_json_a_line(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("RASA_TOKEN", "nobody")
    stories = "昨晚11点半打给我妈\n没有骂人，白天打了一个\n"
    result = runner.invoke(app, ["check-call", "--json"], input=stories)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    names = {"text", "facts", "rules", "urgent", "clean", "sure", "ask"}
    assert [set(each) for each in told] == [names] * 2
    assert [each["clean"] for each in told] == [False, True]
    assert [each["sure"] for each in told] == [True, False]
    assert "The word lists read alone" in result.stderr


def test_the_operator_sees_what_was_set_aside_and_takes_it_up_again(
    root: Path, runner: CliRunner
) -> None:
    async def set_aside() -> None:
        database = await Database.open(f"sqlite+aiosqlite:///{root / 'data' / 'zhiquan.db'}")
        records, on = UpdateRecords(database), datetime(2026, 11, 23, 12, tzinfo=UTC)
        update = StoredUpdate(update_id=7, chat="1", payload='"words"', received_on=on)
        await records.add([update])
        await records.set_aside(7, "the process ended in every attempt")
        await database.close()

    asyncio.run(set_aside())
    listed = runner.invoke(app, ["inbox"])
    assert listed.output == "7  2026-11-23 12:00  the process ended in every attempt\n"
    assert "1 will be answered" in runner.invoke(app, ["inbox", "--again", "7"]).output
    assert runner.invoke(app, ["inbox"]).output == ""


@pytest.mark.usefixtures("root")
def test_law_watch_tells_what_rests_on_a_law(runner: CliRunner) -> None:
    result = runner.invoke(app, ["law-watch", "microloan-company-measures-2024"])
    assert result.exit_code == 0
    assert "第三十七条" in result.output
    assert "third_party_small_loan" in result.output


@pytest.mark.usefixtures("root")
def test_law_watch_prints_one_object_a_law(runner: CliRunner) -> None:
    result = runner.invoke(app, ["law-watch", "--all", "--json"])
    laws = [json.loads(line)["law"] for line in result.output.splitlines()]
    assert sorted(laws) == sorted(real_knowledge().laws)


def test_law_watch_names_what_is_known_when_a_law_is_not(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert root.exists()
    ended = run_main(monkeypatch, "law-watch", "no-such-law")
    assert str(ended).startswith("laws/ 里没有 no-such-law。")


def test_a_comparison_that_is_due_is_a_hint_and_no_fault(root: Path, runner: CliRunner) -> None:
    file = "laws/bank-insurance-complaints-measures-2020.yml"
    replace_in(root / "knowledge", file, "again_by: 2026-12-31", "again_by: 2026-11-22")
    replace_in(root / "knowledge", file, "on: 2026-11-29", "on: 2026-10-29")
    result = runner.invoke(app, ["check"])
    assert result.exit_code == 0
    assert result.output.endswith("提示：有 1 部文件该再比对了，看 zhiquan law-watch。\n")


@pytest.mark.usefixtures("root")
def test_print_for_review_prints_a_page_drawn_by_this_month(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.upkeep.now", lambda: datetime(2026, 11, 30, tzinfo=UTC))
    page = runner.invoke(app, ["print-for-review", "--count", "2"]).output
    assert page.startswith("<!DOCTYPE html>")
    assert "知权 · 请律师阅读（2026-11，抽出 2 篇）" in page
    assert page.count("<h2>") == 2
    named = runner.invoke(app, ["print-for-review", "--seed", "2026-11", "--count", "2"]).output
    assert named == page

"""The short words by which people go on are read; what they lead to must be there."""

from pathlib import Path

import pytest

from bot.concepts.aspects import ASPECTS
from bot.knowledge.faults import Fault
from bot.knowledge.talk_words import FILE, TalkWords, check_talk_words, read_talk_words
from tests.knowledge.folder import REAL, copy_of_real, real_knowledge, replace_in

_TEXT = """\
ways:
  why: [凭什么]
frames: [那如果是…]
leads:
  write_letter: [帮我写]
wishes:
  plain_on: [说大白话]
signs:
  log_contact: [记一笔]
corrections: [写错了]
goes_on: [接着刚才]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(_TEXT, "utf-8")
    return tmp_path


def test_each_list_is_read_under_its_name(folder: Path) -> None:
    words, faults = read_talk_words(folder)
    assert faults == []
    assert words == TalkWords(
        ways={"why": ("凭什么",)},
        leads={"write_letter": ("帮我写",)},
        wishes={"plain_on": ("说大白话",)},
        signs={"log_contact": ("记一笔",)},
        frames=("那如果是…",),
        corrections=("写错了",),
        goes_on=("接着刚才",),
    )


def test_without_the_file_there_are_no_words_and_a_fault(tmp_path: Path) -> None:
    words, faults = read_talk_words(tmp_path)
    assert (words.ways, words.frames) == ({}, ())
    assert faults == [Fault(FILE, 0, "找不到这个文件。")]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("why:", "reason:", 2, "不认识的键：reason"),
        ("[凭什么]", "[]", 2, "“why”至少要有 1 项"),
        ("[凭什么]", "[凭什么, 凭什么]", 2, ""),
        ("frames:", "frame:", 3, "不认识的键：frame"),
        ("[帮我写]", "帮我写", 5, ""),
    ],
)
def test_a_fault_has_its_line(folder: Path, old: str, new: str, line: int, says: str) -> None:
    replace_in(folder, FILE, old, new)
    faults = read_talk_words(folder)[1]
    assert any(fault.line == line and fault.message.startswith(says) for fault in faults), faults


def test_what_words_lead_to_must_be_there(folder: Path) -> None:
    knowledge = real_knowledge()
    assert list(check_talk_words(folder, knowledge)) == []
    replace_in(folder, FILE, "write_letter:", "write_leter:")
    replace_in(folder, FILE, "log_contact:", "log_contct:")
    assert list(check_talk_words(folder, knowledge)) == [
        Fault(FILE, 5, "没有叫 write_leter 的主题或任务，请改正拼写。"),
        Fault(FILE, 9, "没有叫 log_contct 的主题或任务，请改正拼写。"),
    ]


def test_a_frame_without_its_gap_is_a_fault(folder: Path) -> None:
    replace_in(folder, FILE, "那如果是…", "那如果是")
    assert list(check_talk_words(folder, real_knowledge())) == [
        Fault(FILE, 3, "“那如果是”里要有 …，表示新说的情况。")
    ]


def test_what_cannot_be_read_leads_nowhere_and_is_no_fault_of_its_own(folder: Path) -> None:
    (folder / FILE).write_text("ways: [", "utf-8")
    assert list(check_talk_words(folder, real_knowledge())) == []


def test_the_real_words_are_without_fault_and_name_every_aspect(tmp_path: Path) -> None:
    words, faults = read_talk_words(REAL)
    assert faults == []
    assert list(check_talk_words(REAL, real_knowledge())) == []
    assert set(words.ways) == set(ASPECTS)
    folder = copy_of_real(tmp_path / "knowledge")
    replace_in(folder, FILE, "  write_letter:\n", "  write_nothing:\n")
    assert len(list(check_talk_words(folder, real_knowledge()))) == 1

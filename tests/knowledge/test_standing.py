"""Below a first layer, who would lose a day or a right is told so, unless the topic tells it."""

from pathlib import Path

from bot.concepts.passages import Fit, Passage
from bot.concepts.reply import paragraph
from bot.knowledge.loader import read_knowledge
from bot.knowledge.standing import Standing, StandingSentences
from tests.knowledge.folder import real_knowledge

GUARANTOR = Fit({"role": frozenset({"guarantor"})})
SUED = Fit({"stage": frozenset({"sued"})})
SENTENCES = StandingSentences(
    (
        Standing(Passage(paragraph("先看保证期间。"), GUARANTOR), ("保证期间",)),
        Standing(Passage(paragraph("十五日内答辩。"), SUED), ("答辩", "仲裁")),
    ),
    frozenset({"self_harm"}),
)


def below(topic: str = "call_hours", told: str = "", **known: str) -> list[str]:
    said = SENTENCES.below(topic, (paragraph(told),), known)
    return [block.text for block in said]


def test_the_first_sentence_that_fits_is_said() -> None:
    assert below(role="guarantor", stage="sued") == ["先看保证期间。"]
    assert below(stage="sued") == ["十五日内答辩。"]
    assert below(role="debtor") == []


def test_a_topic_that_says_it_by_itself_is_left_alone() -> None:
    assert below(told="答辩十五日，仲裁按通知。", stage="sued") == []
    assert below(told="答辩十五日。", stage="sued") == ["十五日内答辩。"]


def test_some_topics_have_none() -> None:
    assert below("self_harm", stage="sued") == []


def test_ours_are_each_for_somebody_and_each_has_its_source() -> None:
    sentences = real_knowledge().standing.sentences
    assert len(sentences) > 5
    for each in sentences:
        assert each.passage.fit is not None
        assert each.passage.fit.values
        assert "[[" in each.passage.block.text


def test_a_mark_that_nobody_knows_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "standing.yml").write_text(
        "not_in: []\nsentences:\n  - says: 〔路人〕别付。\n    unless: [付]\n", "utf-8"
    )
    (tmp_path / "parts.yml").write_text(
        (Path("knowledge") / "parts.yml").read_text("utf-8"), "utf-8"
    )
    faults = [each for each in read_knowledge(tmp_path)[1] if each.file == "standing.yml"]
    assert [each.line for each in faults] == [3]
    assert "路人" in faults[0].message

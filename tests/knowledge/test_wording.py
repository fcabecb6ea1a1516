"""Marks become words: each citation with its rank, each figure as of the day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, BlockKind, Span, Style, paragraph
from bot.knowledge.base import Figure, FigureValue, KnowledgeBase, Law
from bot.knowledge.wording import citation_words, label_of, listed_citations, put_into_words
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

_CARD = "credit-card-business-measures-2011#第六十八条"
_HOURS = "cba-personal-consumer-loan-collection-guidance-2026#催收时间"


@pytest.fixture
def knowledge() -> KnowledgeBase:
    return real_knowledge()


def worded(knowledge: KnowledgeBase, text: str, on: date = REVIEW_DAY) -> str:
    (block,) = put_into_words(knowledge, (paragraph(text),), on)
    return block.text


def short(knowledge: KnowledgeBase, law_id: str) -> str:
    return knowledge.laws[law_id].short_title


@pytest.mark.parametrize(
    "before",
    ["银行不能找无关的人", "留好证据", "先提意见", "这很常见吗", "都是电子数据",
     "退钱的依据", "由法院看", "当原件看", "一直在", "还款期还在", ""],
)  # fmt: skip
def test_a_citation_after_a_statement_follows_in_parentheses(
    knowledge: KnowledgeBase, before: str
) -> None:
    said = worded(knowledge, f"{before}[[{_CARD}]]。")
    assert said == f"{before}（《信用卡办法》第六十八条，部门规章）。"


@pytest.mark.parametrize("before", ["见", "大意出自", "依据", "看", "甲和", "甲、", "写在"])
def test_a_citation_within_a_sentence_is_a_part_of_it(
    knowledge: KnowledgeBase, before: str
) -> None:
    said = worded(knowledge, f"{before}[[{_CARD}]]。")
    assert said == f"{before}《信用卡办法》第六十八条（部门规章）。"


def test_an_article_without_a_number_is_set_off(knowledge: KnowledgeBase) -> None:
    law = short(knowledge, "cba-personal-consumer-loan-collection-guidance-2026")
    assert worded(knowledge, f"见[[{_HOURS}]]") == f"见《{law}》·催收时间（行业自律，不是法律）"


def test_every_mark_of_a_text_is_put_into_words(knowledge: KnowledgeBase) -> None:
    said = worded(knowledge, f"{{{{appeal_days}}}} 日[[{_CARD}]]，见[[{_HOURS}]]、[[{_CARD}]]")
    assert "[[" not in said
    assert "{{" not in said
    assert said.count("《") == 3


def test_styles_and_kinds_stay(knowledge: KnowledgeBase) -> None:
    block = Block(BlockKind.STEP, (Span("甲"), Span(f"见[[{_CARD}]]", Style.STRONG)), 3)
    (said,) = put_into_words(knowledge, (block,), REVIEW_DAY)
    assert (said.kind, said.number) == (BlockKind.STEP, 3)
    assert [span.style for span in said.spans] == [Style.PLAIN, Style.STRONG]


def figure_of(*history: FigureValue) -> Figure:
    return replace(real_knowledge().figures["appeal_days"], history=history)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 12, 31), "— 日"),
        (date(2020, 1, 1), "10 日"),
        (date(2026, 1, 29), "10 日"),
        (date(2026, 1, 30), "15 日"),
    ],
)
def test_a_figure_is_the_one_in_force_on_the_given_day(day: date, said: str) -> None:
    source = ArticleId.parse(_CARD)
    old = FigureValue(date(2020, 1, 1), "10", source)
    new = FigureValue(date(2026, 1, 30), "15", source)
    knowledge = replace(real_knowledge(), figures={"days": figure_of(old, new)})
    assert worded(knowledge, "{{days}} 日", day) == said
    assert worded(knowledge, "{{ days }} 日", day) == said


def test_the_list_of_citations_names_each_law_once_in_full(knowledge: KnowledgeBase) -> None:
    laws = [
        ArticleId("credit-card-business-measures-2011", "第六十八条"),
        ArticleId("civil-code", "第一千零三十三条"),
        ArticleId("credit-card-business-measures-2011", "第七十条"),
    ]
    card, code = knowledge.laws[laws[0].law_id].title, knowledge.laws[laws[1].law_id].title
    assert listed_citations(knowledge, laws) == (
        f"《{card}》第六十八条、第七十条（部门规章）",
        f"《{code}》第一千零三十三条（法律）",
    )


def test_two_documents_under_one_id_are_two_titles(knowledge: KnowledgeBase) -> None:
    law: Law = replace(knowledge.laws["civil-code"], title="甲；乙")
    knowledge = replace(knowledge, laws={"civil-code": law})
    article = ArticleId("civil-code", "第一条")
    assert citation_words(knowledge, article) == "《甲》《乙》第一条（法律）"


def test_a_title_within_a_title_stands_in_single_marks(knowledge: KnowledgeBase) -> None:
    article = ArticleId("spc-guarantee-interpretation-2020", "第二十六条")
    said = citation_words(knowledge, article)
    assert said.startswith(
        "《最高人民法院关于适用〈中华人民共和国民法典〉有关担保制度的解释》第二十六条"
    )


def test_every_rank_status_and_verification_has_its_word(knowledge: KnowledgeBase) -> None:
    laws = knowledge.laws.values()
    articles = [article for law in laws for article in law.articles.values()]
    words = {label_of(knowledge, "binding", law.binding.value) for law in laws}
    words |= {label_of(knowledge, "status", law.status) for law in laws}
    words |= {label_of(knowledge, "verified", each.verified.value) for each in articles}
    assert all(words)


def test_an_industry_rule_is_never_called_a_law(knowledge: KnowledgeBase) -> None:
    ranks = ("industry-self-regulation", "national-standard-recommended")
    assert all("不是法律" in label_of(knowledge, "binding", rank) for rank in ranks)


def test_no_mark_is_left_in_any_answer(knowledge: KnowledgeBase) -> None:
    left = [
        answer.id
        for answer in knowledge.answers.values()
        for section in (answer.short, answer.steps, answer.sayings, answer.cautions)
        for block in put_into_words(
            knowledge, tuple(passage.block for passage in section), REVIEW_DAY
        )
        if any(mark in block.text for mark in ("[[", "]]", "{{", "}}", "—— 日"))
    ]
    assert left == []

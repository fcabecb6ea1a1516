"""Pointers to articles, and ranks from the strongest down."""

import pytest

from bot.concepts.citation import ArticleId, Binding


def test_a_pointer_is_read_and_written_alike() -> None:
    article = ArticleId.parse("civil-code#第一千零三十三条")
    assert article == ArticleId("civil-code", "第一千零三十三条")
    assert str(article) == "civil-code#第一千零三十三条"


@pytest.mark.parametrize("text", ["", "#", "civil-code", "civil-code#", "#第一条"])
def test_half_a_pointer_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        ArticleId.parse(text)


def test_law_binds_first_and_an_industry_rule_last() -> None:
    ranks = list(Binding)
    assert (ranks[0], ranks[-1]) == (Binding.LAW, Binding.INDUSTRY_SELF_REGULATION)

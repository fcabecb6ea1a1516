"""What is wrong with what a mark or a link names; nothing where its file cannot be read.

A file that cannot be read is told once, as the cause, and not again wherever it is named.
"""

from datetime import date

from bot.concepts.citation import ArticleId
from bot.knowledge.base import Article, KnowledgeBase


def find_article(knowledge: KnowledgeBase, mark: str) -> Article | None:
    """The article; None when there is none, or when its law cannot be read."""
    try:
        return knowledge.article(ArticleId.parse(mark))
    except (ValueError, KeyError):
        return None


def citation_problem(knowledge: KnowledgeBase, mark: str) -> str | None:
    """What is wrong with law_id#article, in words."""
    law_id, _, article = mark.partition("#")
    if law_id not in knowledge.laws:
        if f"laws/{law_id}.yml" in knowledge.texts:
            return None
        return f"依据 {law_id} 不在 laws/ 中。请先登记这部文件，或改正拼写。"
    if article not in knowledge.laws[law_id].articles:
        known = "、".join(knowledge.laws[law_id].articles)
        return f"{law_id} 里没有“{article}”。已登记的有：{known}。"
    return None


def figure_problem(knowledge: KnowledgeBase, figure_id: str, today: date) -> str | None:
    """What is wrong with the name of a figure, in words: it is unknown or not yet in force."""
    if not knowledge.has_figure(figure_id):
        return f"figures/ 里没有 {figure_id}，请先登记或改正拼写。"
    figure = knowledge.figures.get(figure_id)
    if figure is not None and figure.value_on(today) is None:
        return f"{figure_id} 今天还没有生效的数值。"
    return None


def link_problem(knowledge: KnowledgeBase, name: str) -> str | None:
    """What is wrong with the name of a topic, task or talk, in words."""
    return None if knowledge.has_matter(name) else f"没有叫 {name} 的主题或任务，请改正拼写。"


def contact_problem(knowledge: KnowledgeBase, name: str) -> str | None:
    """What is wrong with the id or number of a hotline, in words."""
    return None if knowledge.has_contact(name) else f"contacts.yml 里没有 {name}，请改正拼写。"

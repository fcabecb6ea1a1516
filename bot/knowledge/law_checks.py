"""What must be true of laws/: what each was compared with, and when that is due again."""

from collections.abc import Iterator
from datetime import date

from bot.concepts.citation import Verification
from bot.knowledge.base import KnowledgeBase, Law
from bot.knowledge.faults import Fault
from bot.knowledge.text_checks import line_with


def sources_are_known(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each source that a law or an article names stands in sources.yml."""
    if not knowledge.sources:
        return  # Its file cannot be read, which is reported once, there.
    for law in knowledge.laws.values():
        named = [*law.compared.sources]
        named += [each for article in law.articles.values() for each in article.sources]
        for name in dict.fromkeys(named):
            if name not in knowledge.sources:
                known = "、".join(knowledge.sources)
                message = f"sources.yml 里没有 {name}。现有：{known}。"
                yield Fault(_file(law), _line(knowledge, law, name), message)


def levels_fit_their_sources(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Two pages are two places, one page is one."""
    for law in knowledge.laws.values():
        for name, article in law.articles.items():
            if not all(each in knowledge.sources for each in article.sources):
                continue  # sources_are_known reports it.
            is_one = knowledge.rests_on_one(article)
            if article.verified is Verification.MIRROR:
                continue  # One library to the letter, or two.
            if is_one != (article.verified is Verification.ONE_PAGE):
                message = f"verified 写的是 {article.verified.value}，和 with 写的来源对不上。"
                yield Fault(_file(law), _line(knowledge, law, name), message)


def comparisons_have_an_order(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """The next comparison lies after the last. That it is due is a hint and no fault."""
    for law in knowledge.laws.values():
        if law.compared.again_by <= law.compared.compared_on:
            message = "again_by 要在 on 之后。"
            yield Fault(_file(law), _line(knowledge, law, "again_by"), message)


def _file(law: Law) -> str:
    return f"laws/{law.id}.yml"


def _line(knowledge: KnowledgeBase, law: Law, words: str) -> int:
    return line_with(knowledge, _file(law), words)

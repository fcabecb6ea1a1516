"""The lists from which marks are picked, so that nobody types one: articles, figures, hotlines."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.entries import fold
from bot.desk.likeness import signs_of
from bot.desk.page import Page, render
from bot.desk.workplace import Workplace, place_of, workplace_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.marks import TOLD_SUMS
from bot.knowledge.part_names import PAPER

_SHOWN = 30
_NEAR, _NEAR_SHOWN = 0.4, 8
_TOLD_WORDS = {"amount": "他说过的欠款总数", "monthly_ability": "他说过的每月能还多少"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be put in: its mark, what it is, its rank, its words; what to quote."""

    mark: str
    title: str
    rank: str = ""
    words: str = ""
    quotable: str = ""
    law: str = ""

    @property
    def all_words(self) -> str:
        """Everything by which it is found."""
        return f"{self.title}{self.words}{self.mark}"


async def show(request: Request) -> Response:
    """What fits the words that were typed."""
    workplace, place = workplace_of(request), place_of(request)
    what, sought = request.query_params.get("what", ""), request.query_params.get("pick", "")
    knowledge = workplace.knowledge(place)
    choices = _choices(knowledge, what, workplace)
    found = _fitting(choices, fold(sought).split())
    near = [] if found else _nearest(choices, sought)
    return render(
        request,
        "picked.html" if "pick" in request.query_params else "pick.html",
        what=what,
        found=(found or near)[:_SHOWN],
        total=len(found or near),
        is_near=bool(near),
        place=place,
    )


def _fitting(choices: Sequence[Choice], words: Sequence[str]) -> list[Choice]:
    """What has every word."""
    return [each for each in choices if all(word in fold(each.all_words) for word in words)]


def _nearest(choices: Sequence[Choice], sought: str) -> list[Choice]:
    """What has most of the characters and pairs that were typed, where nothing has them all."""
    signs = signs_of(sought)
    shares = [(len(signs & signs_of(each.all_words)) / len(signs), each) for each in choices]
    near = sorted((each for each in shares if each[0] >= _NEAR), key=lambda each: -each[0])
    return [choice for _, choice in near[:_NEAR_SHOWN]]


def _choices(knowledge: KnowledgeBase, what: str, workplace: Workplace) -> list[Choice]:
    match what:
        case "article":
            return _articles(knowledge)
        case "figure":
            return [
                Choice(
                    mark=f"{{{{{figure.id}}}}}",
                    title=str(value.value if value else "—"),
                    words=figure.description,
                )
                for figure in knowledge.figures.values()
                for value in [figure.value_on(workplace.today)]
            ]
        case "contact":
            return [
                Choice(
                    mark=f"[[contact:{each.number or each.id}]]",
                    title=f"{each.number or ''} {each.name}".strip(),
                    words=each.purpose,
                )
                for each in knowledge.contacts.values()
            ]
        case "part":
            return _parts(knowledge)
    return []


def _articles(knowledge: KnowledgeBase) -> list[Choice]:
    return [
        Choice(
            mark=f"[[{article.id}]]",
            title=f"《{law.short_title}》{name}",
            rank=knowledge.labels[f"binding_{law.binding.value.replace('-', '_')}"],
            words=article.text or article.plain,
            quotable=article.text or "",
            law=str(article.id),
        )
        for law in knowledge.laws.values()
        for name, article in law.articles.items()
    ]


def _parts(knowledge: KnowledgeBase) -> list[Choice]:
    """For whom a passage is said, what is asked, and what was told."""
    parts = knowledge.parts
    found = [Choice(mark=f"〔{label}〕", title=f"只对〔{label}〕说") for label in parts.labels]
    found.append(Choice(mark=f"〔{parts.rest}〕", title=f"〔{parts.rest}〕：前面都不符合时说"))
    found += [
        Choice(mark=f"{{{{ask:{kind}}}}}", title=f"反问：{words}")
        for kind, words in parts.asks.items()
        if kind != PAPER
    ]
    return found + [
        Choice(mark=f"{{{{told:{name}}}}}", title=_TOLD_WORDS[name]) for name in TOLD_SUMS
    ]


PAGE = Page(id="pick", path="/pick", menu="", routes=[Route("/pick", show)])

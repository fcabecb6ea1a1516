"""What is to be looked after in laws/: due, under revision, on one source; and what rests on it.

The words here are for the people who keep the folder; nobody in a chat sees them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.concepts.citation import ArticleId, Verification
from bot.knowledge.base import KnowledgeBase, Law
from bot.knowledge.law_uses import KINDS, Use, uses_of_articles

_KIND_WORDS = {
    "answer": "解答",
    "letter": "函件",
    "conduct_rule": "行为规则",
    "step": "下一步",
    "deadline": "期限",
    "figure": "数值",
    "calculator": "计算",
    "complaint_route": "投诉去处",
    "words": "其他话",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One law on a day: whether it is due, its articles on one source, what rests on each."""

    law: Law
    is_due: bool
    on_one_source: tuple[str, ...]
    uses: Mapping[str, tuple[Use, ...]]

    @property
    def is_to_be_looked_after(self) -> bool:
        """Due, under revision, or with an article that only one place shows."""
        return self.is_due or bool(self.law.revision) or bool(self.on_one_source)

    @property
    def all_uses(self) -> tuple[Use, ...]:
        """Whatever rests on any article of it, each thing once, by kind."""
        found = dict.fromkeys(use for uses in self.uses.values() for use in uses)
        return tuple(sorted(found, key=lambda use: (KINDS.index(use.kind), use)))


def watch_laws(knowledge: KnowledgeBase, folder: Path, today: date) -> tuple[Watched, ...]:
    """Every law, the one that is due first in front."""
    uses = uses_of_articles(folder)
    watched = [_watched(knowledge, law, uses, today) for law in knowledge.laws.values()]
    return tuple(sorted(watched, key=lambda each: (each.law.compared.again_by, each.law.id)))


def due_laws(knowledge: KnowledgeBase, today: date) -> tuple[Law, ...]:
    """The laws whose day of comparison has passed."""
    return tuple(law for law in knowledge.laws.values() if _is_due(law, today))


def as_json(knowledge: KnowledgeBase, watched: Watched) -> dict[str, object]:
    """One law as plain data."""
    law = watched.law
    return {
        "law": law.id,
        "title": law.title,
        "binding": law.binding.value,
        "compared_on": law.compared.compared_on.isoformat(),
        "compared_with": _sources(knowledge, law.compared.sources),
        "again_by": law.compared.again_by.isoformat(),
        "is_due": watched.is_due,
        "revision": law.revision,
        "on_one_source": list(watched.on_one_source),
        "uses": [
            {"article": article, "kind": use.kind, "id": use.id, "file": use.file}
            for article, uses in watched.uses.items()
            for use in uses
        ],
    }


def as_text(knowledge: KnowledgeBase, watched: Watched) -> str:
    """One law in some lines, with what rests on it by kind."""
    law = watched.law
    compared = law.compared
    due = "，已经到期" if watched.is_due else ""
    lines = [
        f"{law.id}　《{law.title}》",
        f"  比对：{compared.compared_on}，和{'、'.join(_sources(knowledge, compared.sources))}",
        f"  最迟 {compared.again_by} 再比{due}",
    ]
    if law.revision:
        lines.append(f"  修订：{law.revision}")
    for words, is_mirror in (("逐字，只见于一个法规库", True), ("只见于一处网页", False)):
        names = [
            name
            for name in watched.on_one_source
            if (law.articles[name].verified is Verification.MIRROR) is is_mirror
        ]
        if names:
            lines.append(f"  {words}：{'、'.join(names)}")
    lines += _uses_lines(watched.all_uses)
    return "\n".join(lines)


def details(watched: Watched) -> str:
    """What rests on each article, for one law alone."""
    lines = []
    for article, uses in watched.uses.items():
        lines.append(f"  {article}")
        lines += [f"  {line}" for line in _uses_lines(uses)]
    return "\n".join(lines)


def summary(watched: Sequence[Watched]) -> str:
    """How many there are of each."""
    due = sum(each.is_due for each in watched)
    revised = sum(bool(each.law.revision) for each in watched)
    single = sum(bool(each.on_one_source) for each in watched)
    articles = sum(len(each.on_one_source) for each in watched)
    return (
        f"共 {len(watched)} 部：到期 {due} 部，正在修订或可能要改 {revised} 部，"
        f"{single} 部里有 {articles} 条只有一处来源。"
    )


def _watched(
    knowledge: KnowledgeBase,
    law: Law,
    uses: Mapping[ArticleId, tuple[Use, ...]],
    today: date,
) -> Watched:
    single = tuple(
        name for name, article in law.articles.items() if knowledge.rests_on_one(article)
    )
    named = {name: uses.get(article.id, ()) for name, article in law.articles.items()}
    return Watched(law=law, is_due=_is_due(law, today), on_one_source=single, uses=named)


def _is_due(law: Law, today: date) -> bool:
    return today > law.compared.again_by


def _sources(knowledge: KnowledgeBase, names: Sequence[str]) -> list[str]:
    return [knowledge.sources[name].says for name in names]


def _uses_lines(uses: Sequence[Use]) -> list[str]:
    if not uses:
        return ["  用到它的：没有"]
    lines = []
    for kind in KINDS:
        ids = sorted({use.id for use in uses if use.kind == kind})
        if ids:
            lines.append(f"  {_KIND_WORDS[kind]} {len(ids)}：{'、'.join(ids)}")
    return lines

"""Who may approve a change: another person, and for law a lawyer who is named in people.yml."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.desk.git import DeskError, Git
from bot.desk.landing import changed_files, text_at
from bot.desk.proposals import Proposal, person_name
from bot.knowledge.people import PEOPLE_FILE, Person

_LAW = ("knowledge/laws/", "knowledge/figures/", f"knowledge/{PEOPLE_FILE}")
_CITATION = re.compile(r"[a-z0-9][a-z0-9-]*-[a-z0-9-]*#[^\s\]\[{},，。；;\"']+")


def lawyer_needed_for(git: Git, before: str, after: str) -> list[str]:
    """What in a change only a lawyer may approve, one sentence each; none when nothing is."""
    return [
        sentence
        for path in changed_files(git, before, after)
        for sentence in _reasons(git, before, after, path)
    ]


def refuse_unless_allowed(
    proposal: Proposal, name: str, people: Sequence[Person], reasons: Sequence[str]
) -> Person:
    """Who approves; DeskError says why they may not."""
    name = person_name(name)
    if _folded(name) in {_folded(author) for author in proposal.authors}:
        raise DeskError("这是你自己写的，要由另一个人看过、同意。")
    known = {_folded(person.name): person for person in people}
    person = known.get(_folded(name), Person(name=name, is_lawyer=False))
    # Where nobody is a lawyer yet, somebody must be able to name the first.
    names_first = not any(each.is_lawyer for each in people) and _only_people(reasons)
    if reasons and not (person.is_lawyer or names_first):
        lawyers = "、".join(each.name for each in people if each.is_lawyer)
        remedy = f"请 {lawyers} 来看。" if lawyers else "people.yml 里还没有律师，请先写进一位。"
        raise DeskError(f"这次改到了法律依据，要由一位律师同意：{remedy}")
    return person


def _reasons(git: Git, before: str, after: str, path: str) -> Iterator[str]:
    if path.startswith(_LAW):
        yield _law_reason(path)
    elif path.endswith(".docx"):
        yield f"{path}：Word 模板里的依据没法自动比较。"
    else:
        was, now = (_citations(text_at(git, at, path)) for at in (before, after))
        gone, come = was - now, now - was
        if gone or come:
            told = [f"去掉 {'、'.join(sorted(gone))}"] if gone else []
            told += [f"加上 {'、'.join(sorted(come))}"] if come else []
            yield f"{path}：引用变了，{'，'.join(told)}。"


def _law_reason(path: str) -> str:
    if path.endswith(PEOPLE_FILE):
        return f"{path}：改了谁是律师。"
    return f"{path}：改了{'数值' if '/figures/' in path else '法条'}。"


def _only_people(reasons: Sequence[str]) -> bool:
    return all(reason.startswith(f"knowledge/{PEOPLE_FILE}") for reason in reasons)


def _citations(text: str | None) -> Counter[str]:
    return Counter(_CITATION.findall(text or ""))


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()

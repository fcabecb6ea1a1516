"""What must be true of each line that we say: marks, quotations, figures, forbidden words."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from bot.knowledge.base import Answer, KnowledgeBase, Law
from bot.knowledge.ends import citation_problem, contact_problem, figure_problem, find_article
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import (
    ASK,
    CITATION,
    CONTACT,
    FIGURE,
    QUOTATION,
    TOLD,
    TOLD_SUMS,
    lines_with_numbers,
)
from bot.knowledge.part_names import PAPER

EXAMPLES_HEADING = "## 大家这样问"
_UNMARKED_QUOTATION = re.compile(r"“([^”]{12,})”\s*\[\[")
_LOOSE_CITATION = re.compile(r"《[^》]+》\s*第[一二三四五六七八九十百零]+条")
_STRAY_MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}|[「」]")
_MARKS = (
    "引用写成 [[文件编号#条号]]，数值写成 {{编号}}（小写英文、数字和下划线），「」写在同一行里。"
)
# A sentence that quotes a common error in order to deny it: what it quotes is not said.
_DENIAL = "不对|误传|误解|没有查到|没查到|没有找到|不存在|不等于|不能说|别说|别对|只说对|没有依据"
_DENIED = re.compile(rf"[^。]*(?:“[^”]*”[^。]*(?:{_DENIAL})|(?:{_DENIAL})[^。]*“[^”]*”)[^。]*。?")
_QUOTED = re.compile(r"“[^”]*”")


def citations_resolve(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each [[law#article]], and each one in front matter and figures, stands in laws/."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in CITATION.finditer(line):
                if problem := citation_problem(knowledge, mark[1]):
                    yield Fault(file, number, problem)
    for answer in knowledge.answers.values():
        for article_id in answer.laws:
            if problem := citation_problem(knowledge, str(article_id)):
                yield Fault(
                    _file(answer), line_with(knowledge, _file(answer), str(article_id)), problem
                )
    for figure in knowledge.figures.values():
        for value in figure.history:
            if problem := citation_problem(knowledge, str(value.source)):
                file = f"figures/{figure.id}.yml"
                yield Fault(file, line_with(knowledge, file, str(value.source)), problem)


def citations_are_listed(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """What an answer cites in its text stands in its `laws`."""
    for answer in knowledge.answers.values():
        listed = {str(article_id) for article_id in answer.laws}
        for number, line in lines_with_numbers(knowledge.texts[_file(answer)]):
            for mark in CITATION.finditer(line):
                if mark[1] not in listed:
                    message = f"用到了 {mark[1]}，请也写进开头的 laws。"
                    yield Fault(_file(answer), number, message)


def quotations_are_verbatim(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """「…」 is followed by its citation and stands, to the letter, in a quotable article."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for quotation in QUOTATION.finditer(line):
                if problem := _quotation_problem(knowledge, quotation[1], quotation[2]):
                    yield Fault(file, number, problem)
            for loose in _UNMARKED_QUOTATION.finditer(line):
                message = f"“{loose[1][:12]}……”像是引条文：引原文用「」，转述请去掉引号。"
                yield Fault(file, number, message)


def citations_use_marks(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """An article is cited by a mark, so that its full title and its rank are always shown."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for loose in _LOOSE_CITATION.finditer(line):
                message = f"“{loose[0]}”请改写成引用标记 [[文件编号#条号]]。"
                yield Fault(file, number, message)


def marks_are_whole(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """No half of a mark is left over: it would be shown as it stands."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            if not _STRAY_MARK.search(line):
                continue
            rest = CITATION.sub("", QUOTATION.sub("", _without_short_marks(line)))
            if stray := _STRAY_MARK.search(rest):
                message = f"“{stray[0]}”不成对或写法不对：{_MARKS}"
                yield Fault(file, number, message)


def figures_exist(knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Each {{figure}} has a file, and a value in force today."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in FIGURE.finditer(line):
                if problem := figure_problem(knowledge, mark[1], today):
                    yield Fault(file, number, problem)


def contacts_exist(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each [[contact:…]] stands in contacts.yml, by its id or its number."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in CONTACT.finditer(line):
                if problem := contact_problem(knowledge, mark[1]):
                    yield Fault(file, number, problem)


def questions_exist(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each {{ask:…}} asks something that parts.yml has a question for."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in ASK.finditer(line):
                asked = [each for each in knowledge.parts.asks if each != PAPER]
                if asked and mark[1] not in asked:
                    known = "、".join(asked)
                    yield Fault(file, number, f"不能问 {mark[1]}；可以问的有：{known}。")


def what_was_told_exists(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each {{told:…}} names a fact of the case that can stand in a sentence."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in TOLD.finditer(line):
                if mark[1] not in TOLD_SUMS:
                    known = "、".join(TOLD_SUMS)
                    yield Fault(file, number, f"不能填 {mark[1]}；可以填的有：{known}。")


def nothing_forbidden_is_said(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """No text says what forbidden.yml lists; how people ask is not our saying."""
    rules = knowledge.texts.get("forbidden.yml", "")
    texts = [(file, text, _said_lines(text)) for file, text in _written(knowledge)]
    texts += [
        (file, knowledge.texts[file], _law_lines(knowledge, law))
        for law in knowledge.laws.values()
        if (file := f"laws/{law.id}.yml")
    ]
    for file, text, lines in texts:
        yield from kept(
            partial(_forbidden_in, knowledge, file, lines), "forbidden", rules, file, text
        )


def _forbidden_in(
    knowledge: KnowledgeBase, file: str, lines: Iterator[tuple[int, str]]
) -> tuple[Fault, ...]:
    return tuple(
        Fault(file, number, f"不要说“{match[0]}”：{forbidden.why}")
        for number, line in lines
        if line
        for forbidden in knowledge.forbidden
        if (match := forbidden.pattern.search(line))
    )


def line_with(knowledge: KnowledgeBase, file: str, words: str) -> int:
    """The first line of a file that holds these words; 0 when none does."""
    lines = lines_with_numbers(knowledge.texts.get(file, ""))
    return next((number for number, line in lines if words in line), 0)


def _said_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, without the errors that it denies."""
    for number, line in lines_with_numbers(text):
        yield number, _DENIED.sub(_without_quoted, line)


def _law_lines(knowledge: KnowledgeBase, law: Law) -> Iterator[tuple[int, str]]:
    """What a law is told as, in our words."""
    file = f"laws/{law.id}.yml"
    for article in law.articles.values():
        for words in (article.plain, article.note or ""):
            for line in words.splitlines():
                yield line_with(knowledge, file, line), line


def _without_short_marks(line: str) -> str:
    return CONTACT.sub("", ASK.sub("", TOLD.sub("", FIGURE.sub("", line))))


def _without_quoted(sentence: re.Match[str]) -> str:
    return _QUOTED.sub("“”", sentence[0])


def _written(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The files whose words we say, without the ways people ask (line numbers unchanged)."""
    for file, text in knowledge.texts.items():
        if file.startswith("topics/"):
            yield file, text.partition(EXAMPLES_HEADING)[0]
        elif file in {"talk.yml", "tasks.yml"}:
            yield file, kept(partial(_without_asks, text), "without asks", text)
        elif file in {
            "utterances.yml",
            "standing.yml",
            "contacts.yml",
            "crisis.yml",
            "english.yml",
        }:
            yield file, text


def _without_asks(text: str) -> str:
    """The same lines, with those under `asks:` emptied."""
    kept, is_ask = [], False
    for line in text.splitlines():
        if line.strip():
            is_ask = line.strip() == "asks:" or (is_ask and line.lstrip().startswith("- "))
        kept.append("" if is_ask else line)
    return "\n".join(kept)


def _quotation_problem(knowledge: KnowledgeBase, words: str, mark: str | None) -> str | None:
    if mark is None:
        return f"「{words[:12]}……」后面要紧跟 [[文件编号#条号]]；不是引条文请用“ ”。"
    article = find_article(knowledge, mark)
    if article is None:
        return None  # citations_resolve reports it.
    if article.text is None:
        return f"{mark} 的原文没有核到可以引用的程度，请改成大意，去掉「」。"
    if words not in article.text:
        return f"「{words[:20]}……」和 {mark} 的原文不一致，请照原文改。"
    return None


def _file(answer: Answer) -> str:
    return f"topics/{answer.id}.md"

"""What must be true of the letters: their names, laws, links, quotations and templates."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.knowledge.answer_check import check_answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.docx_reader import docx_problems, read_docx
from bot.knowledge.ends import citation_problem, figure_problem, find_article, link_problem
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept
from bot.knowledge.letters import Letter, LetterShelf
from bot.knowledge.marks import CITATION, lines_with_numbers
from bot.knowledge.questions import QuestionKind

PLACES = frozenset({"today", "section", "number"})
"""What a template may print beside the answers: the date, and the counters of its parts."""

REVIEW_AT_MOST = timedelta(days=183)
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_QUOTED = "[\"'“”‘’]"
_CALL = re.compile(rf"(cite|figure)\({_QUOTED}([^\"'“”‘’]+){_QUOTED}\)")
_NAME = re.compile(r"([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?")
_CONDITION = re.compile(r"(?:p|tr)? ?(if|elif) (.+)")
_ENDS = re.compile(r"(?:p|tr)? ?(else|endif)")
_AND_OR = re.compile(r" and | or ")
_LOOSE = re.compile(r"《[^》]+》")
_QUOTATION = re.compile(r"「([^」]*)」(?:\s*\{\{\s*cite\(.([^\"'“”‘’]+).\)\s*\}\})?")
_IDENTITY = re.compile(r"(身份证|银行卡|信用卡卡)号码?[:：]\s*[^＿_（\s]")

Check = Callable[[Letter, KnowledgeBase, str, date], Iterator[tuple[int, str]]]


def check_letters(shelf: LetterShelf, knowledge: KnowledgeBase, today: date) -> list[Fault]:
    """Every fault of every letter, in order; the templates' lines count paragraphs."""
    found = []
    for letter in shelf.letters.values():
        folder = f"letters/{letter.id}"
        text = shelf.texts[f"{folder}/letter.yml"]
        for check in DESCRIPTION_CHECKS:
            for line, message in check(letter, knowledge, text, today):
                found.append(Fault(f"{folder}/letter.yml", line, message))
        for number, message in _template_faults(letter, knowledge, text, today):
            where = f"第 {number} 段：" if number else ""
            found.append(Fault(f"{folder}/template.docx", 0, where + message))
    return sorted(set(found))


def laws_are_known(
    letter: Letter, knowledge: KnowledgeBase, text: str, _: date
) -> Iterator[tuple[int, str]]:
    """The articles listed, and those marked in the text, stand in laws/."""
    for number, line in lines_with_numbers(text):
        for mark in CITATION.findall(line):
            if problem := citation_problem(knowledge, mark):
                yield number, problem
    for article in letter.laws:
        if problem := citation_problem(knowledge, str(article)):
            yield _line_with(text, str(article)), problem


def links_lead_somewhere(
    letter: Letter, knowledge: KnowledgeBase, text: str, _: date
) -> Iterator[tuple[int, str]]:
    """Each next step is a topic or a task."""
    for other in letter.next:
        if problem := link_problem(knowledge, other):
            yield _line_with(text, other), problem


def names_are_known(
    letter: Letter, knowledge: KnowledgeBase, text: str, _: date
) -> Iterator[tuple[int, str]]:
    """Totals, limits and lateness speak of answers that are there and of the right kind."""
    kinds = {question.id: question.kind for question in letter.questions}
    for name in PLACES & {*kinds, *(total.id for total in letter.totals)}:
        yield _line_with(text, f"id: {name}"), f"{name} 是模板自己的名字，请换一个问题编号。"
    if letter.addressee and kinds.get(letter.addressee) is not QuestionKind.TEXT:
        yield _line_with(text, "addressee:"), f"{letter.addressee} 不是 text 类的问题。"
    amounts = {name for name, kind in kinds.items() if kind is QuestionKind.AMOUNT}
    used = {name for total in letter.totals for name in (*total.plus, *total.minus)}
    used |= {limit.of for limit in letter.limits}
    ends = {limit.at_most for limit in letter.limits} - {total.id for total in letter.totals}
    for name in sorted((used | ends) - amounts):
        yield _line_with(text, name), f"{name} 不是金额类（amount）的问题，不能拿来算。"
    for key, span in (("late:", letter.late), ("early:", letter.early)):
        if span and kinds.get(span.since) is not QuestionKind.DATE:
            yield _line_with(text, key), f"{span.since} 不是日期类（date）的问题。"
        if span and not knowledge.has_figure(span.figure):
            yield _line_with(text, key), f"figures/ 里没有 {span.figure}。"


def examples_answer_their_questions(
    letter: Letter, _: KnowledgeBase, text: str, today: date
) -> Iterator[tuple[int, str]]:
    """Each example would be accepted, without a warning."""
    for question in letter.questions:
        checked = check_answer(question, question.example, today)
        if checked.value is None or checked.warnings:
            message = (
                f"例子“{question.example}”自己就通不过检查（{checked.problem or '有警告'}）。"
            )
            yield _line_with(text, f"id: {question.id}"), message


def reviews_are_kept(
    letter: Letter, _: KnowledgeBase, text: str, today: date
) -> Iterator[tuple[int, str]]:
    """Reviewed at most half a year apart, and no more than 30 days late."""
    review, line = letter.review, _line_with(text, "review_by")
    if not timedelta() < review.review_by - review.reviewed_on <= REVIEW_AT_MOST:
        yield line, f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
    if review.is_late(today):
        yield line, f"早该在 {review.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"


def nothing_forbidden_is_said(
    _: Letter, knowledge: KnowledgeBase, text: str, __: date
) -> Iterator[tuple[int, str]]:
    """No line says what forbidden.yml lists; patterns of warnings are not said."""
    for number, line in lines_with_numbers(text):
        if "pattern:" not in line:
            yield from _forbidden(knowledge, number, line)


DESCRIPTION_CHECKS: tuple[Check, ...] = (
    laws_are_known,
    links_lead_somewhere,
    names_are_known,
    examples_answer_their_questions,
    reviews_are_kept,
    nothing_forbidden_is_said,
)


def _template_faults(
    letter: Letter, knowledge: KnowledgeBase, description: str, today: date
) -> Iterator[tuple[int, str]]:
    try:
        paragraphs = kept(lambda: read_docx(letter.template), "docx", letter.template)
    except ValueError:
        yield 0, "不是有效的 Word 文件（.docx），请用 Word 或 WPS 另存为 .docx。"
        return
    yield from ((0, problem) for problem in docx_problems(letter.template))
    depth = 0
    cited: set[str] = set()
    for number, paragraph in enumerate(paragraphs, start=1):
        for tag in _TAG.finditer(paragraph.text):
            content = (tag[1] or tag[2] or "").strip()
            yield from (
                (number, problem) for problem in _tag_problems(letter, knowledge, tag, today)
            )
            cited |= {call[1] for call in _CALL.findall(content) if call[0] == "cite"}
            depth += _depth_change(content if tag[2] is not None else "")
        if depth < 0:
            yield number, "多了一个 endif，请删去。"
            depth = 0
        yield from _words_problems(knowledge, number, paragraph.text)
    if depth:
        yield 0, "有 if 没有对应的 endif，请补上。"
    listed = {str(article) for article in letter.laws}
    cited |= set(CITATION.findall(description))
    for mark in sorted(cited - listed):
        yield 0, f"用到了 {mark}，请也写进 letter.yml 的 laws。"
    for mark in sorted(listed - cited):
        yield 0, f"letter.yml 的 laws 里有 {mark}，却没有用到。"
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    for question in letter.questions:
        if not re.search(rf"\{{[{{%][^}}]*(?<![.\w]){question.id}\b", text):
            yield 0, f"问了 {question.id}，模板里却没有用到。"


def _tag_problems(
    letter: Letter, knowledge: KnowledgeBase, tag: re.Match[str], today: date
) -> Iterator[str]:
    """What is wrong with one {{ … }} or {% … %}."""
    if tag[1] is not None:
        content = tag[1].strip()
        if call := _CALL.fullmatch(content):
            yield from _call_problems(knowledge, call[1], call[2], today)
        elif _NAME.fullmatch(content) and "." not in content:
            yield from _name_problems(letter, content)
        else:
            yield f'看不懂“{tag[0]}”：只能写问题编号、cite("…")、figure("…")。'
        return
    content = tag[2].strip()
    condition = _CONDITION.fullmatch(content)
    if condition:
        for name in _AND_OR.split(condition[2]):
            yield from _name_problems(letter, name.strip().removeprefix("not ").strip())
    elif not _ENDS.fullmatch(content):
        yield f"看不懂“{tag[0]}”：只能写 if、elif、else、endif（整段的前面加 p）。"


def _call_problems(knowledge: KnowledgeBase, kind: str, name: str, today: date) -> Iterator[str]:
    if kind == "cite":
        if problem := citation_problem(knowledge, name):
            yield problem
    elif problem := figure_problem(knowledge, name, today):
        yield problem


def _name_problems(letter: Letter, name: str) -> Iterator[str]:
    match = _NAME.fullmatch(name)
    question = next((each for each in letter.questions if match and each.id == match[1]), None)
    totals = {total.id for total in letter.totals}
    if match is None or (question is None and match[1] not in PLACES | totals):
        yield f"letter.yml 里没有叫“{name}”的问题，请改正拼写。"
    elif match[2]:
        choices = {choice.id for choice in question.choices} if question else set()
        if match[2] not in choices:
            yield f"{match[1]} 没有叫“{match[2]}”的选项，请改正拼写。"


def _words_problems(knowledge: KnowledgeBase, number: int, text: str) -> Iterator[tuple[int, str]]:
    """Quotations, titles and words that may not be said, in one paragraph."""
    for quotation in _QUOTATION.finditer(text):
        words, mark = quotation[1], quotation[2]
        if mark is None:
            yield number, f'「{words[:12]}……」后面要紧跟 {{{{ cite("文件编号#条号") }}}}。'
        elif article := find_article(knowledge, mark):
            if article.text is None:
                yield number, f"{mark} 的原文没有核到可以引用的程度，请改成大意，去掉「」。"
            elif words not in article.text:
                yield number, f"「{words[:20]}……」和 {mark} 的原文不一致，请照原文改。"
    spoken = _TAG.sub("", text)
    if _LEFT_OVER.search(spoken):
        yield number, "有没写完的花括号标记，请检查 {{ }} 和 {% %} 是否成对。"
    if loose := _LOOSE.search(spoken):
        yield number, f'“{loose[0]}”请改写成 {{{{ cite("文件编号#条号") }}}}。'
    if _IDENTITY.search(spoken):
        yield number, "证件号、卡号只留空白（手写），不要填。"
    yield from _forbidden(knowledge, number, spoken)


def _forbidden(knowledge: KnowledgeBase, number: int, text: str) -> Iterator[tuple[int, str]]:
    for forbidden in knowledge.forbidden:
        if match := forbidden.pattern.search(text):
            yield number, f"不要说“{match[0]}”：{forbidden.why}"


def _depth_change(content: str) -> int:
    if re.match(r"(p|tr)? ?if ", content):
        return 1
    return -1 if re.fullmatch(r"(p|tr)? ?endif", content) else 0


def _line_with(text: str, words: str) -> int:
    return next((number for number, line in lines_with_numbers(text) if words in line), 0)

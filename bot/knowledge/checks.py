"""What must be true of the knowledge base as a whole; each check yields faults for writers."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, BlockKind
from bot.knowledge.base import Answer, Article, KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.marks import CITATION, FIGURE, QUOTATION, lines_with_numbers

SHORT_LIMIT = 120
EXAMPLES_AT_LEAST = 40
REVIEW_AT_MOST = timedelta(days=183)
_EXAMPLES_HEADING = "## 大家这样问"
_UNMARKED_QUOTATION = re.compile(r"“([^”]{12,})”\s*\[\[")
_LOOSE_CITATION = re.compile(r"《[^》]+》\s*第[一二三四五六七八九十百零]+条")
# A sentence that quotes a common error in order to deny it.
_DENIAL = "不对|误传|误解|没有查到|没查到|没有找到|不存在|不等于|不能说|别说|别对|只说对|没有依据"
_DENIED = re.compile(rf"[^。]*(?:“[^”]*”[^。]*(?:{_DENIAL})|(?:{_DENIAL})[^。]*“[^”]*”)[^。]*。?")
_PUNCTUATION = re.compile(r"[\W_]+")

Check = Callable[[KnowledgeBase, date], Iterator[Fault]]


def check_knowledge(knowledge: KnowledgeBase, faults: list[Fault], today: date) -> list[Fault]:
    """Add what the whole folder's checks find to the faults of reading it, in order."""
    found = [fault for check in CHECKS for fault in check(knowledge, today)]
    return sorted(set(faults) | set(found))


def citations_resolve(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each [[law#article]], and each one in front matter and figures, stands in laws/."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in CITATION.finditer(line):
                if problem := _citation_problem(knowledge, mark[1]):
                    yield Fault(file, number, problem)
    for answer in knowledge.answers.values():
        for article_id in answer.laws:
            if problem := _citation_problem(knowledge, str(article_id)):
                yield Fault(_file(answer), _line_with(knowledge, answer, str(article_id)), problem)
    for figure in knowledge.figures.values():
        for value in figure.history:
            if problem := _citation_problem(knowledge, str(value.source)):
                yield Fault(f"figures/{figure.id}.yml", 0, problem)


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


def figures_exist(knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Each {{figure}} has a file, and a value in force today."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            for mark in FIGURE.finditer(line):
                figure = knowledge.figures.get(mark[1])
                if figure is None:
                    message = f"figures/ 里没有 {mark[1]}，请先登记或改正拼写。"
                    yield Fault(file, number, message)
                elif figure.value_on(today) is None:
                    yield Fault(file, number, f"{mark[1]} 今天还没有生效的数值。")


def links_lead_somewhere(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Related topics, next steps and menu entries exist; each answer stands in the menu once."""
    known = {*_topic_files(knowledge), *knowledge.tasks, *knowledge.talk}
    if not (knowledge.tasks and knowledge.talk):
        return  # Their files cannot be read: every link to them would look wrong.
    pages = {
        "talk.yml": knowledge.talk,
        "utterances.yml": knowledge.utterances,
        "crisis.yml": knowledge.crisis.cards,
    }
    links = [
        (_file(answer), other) for answer in knowledge.answers.values() for other in answer.related
    ]
    links += [
        (file, other) for file, group in pages.items() for page in group.values()
        for other in page.next
    ]  # fmt: skip
    for file, other in links:
        if other not in known:
            yield Fault(file, 0, f"没有叫 {other} 的主题，请改正拼写。")
    listed = [topic for group in knowledge.menu for topic in group.topics]
    for topic in sorted({topic for topic in listed if listed.count(topic) > 1}):
        yield Fault("menu.yml", 0, f"{topic} 在菜单里出现了不止一次。")
    for topic in sorted(set(listed) - _topic_files(knowledge)):
        yield Fault("menu.yml", 0, f"菜单里的 {topic} 没有解答文件。")
    for topic in sorted(set(knowledge.answers) - set(listed)):
        yield Fault("menu.yml", 0, f"{topic} 还没有放进菜单的任何一组。")


def answers_have_their_form(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """A short answer that stands alone, numbered steps, quoted sayings, bulleted cautions."""
    for answer in knowledge.answers.values():
        file = _file(answer)
        short = "".join(block.text for block in answer.short)
        if len(answer.short) != 1 or answer.short[0].kind is not BlockKind.PARAGRAPH:
            yield Fault(file, 0, "简答只写一段普通文字。")
        if len(short) > SHORT_LIMIT:
            yield Fault(file, 0, f"简答 {len(short)} 个字，最多 {SHORT_LIMIT} 个。")
        if CITATION.search(short) or FIGURE.search(short):
            yield Fault(file, 0, "简答里不放引用标记和数值标记。")
        forms = [
            ("怎么做", answer.steps, BlockKind.STEP, 3, 6),
            ("可以这样说", answer.sayings, BlockKind.QUOTE, 0, 8),
            ("注意", answer.cautions, BlockKind.BULLET, 2, 5),
        ]
        for title, blocks, kind, at_least, at_most in forms:
            yield from _form_faults(file, title, blocks, kind, at_least, at_most)


def examples_are_many_and_single(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Enough ways to ask, and none of them in two places."""
    seen: dict[str, str] = {}
    for matter, examples in knowledge.examples().items():
        file = f"topics/{matter}.md" if matter in knowledge.answers else f"talk/tasks：{matter}"
        if matter in knowledge.answers and len(examples) < EXAMPLES_AT_LEAST:
            message = f"问法只有 {len(examples)} 条，至少要 {EXAMPLES_AT_LEAST} 条。"
            yield Fault(file, 0, message)
        for example in examples:
            key = _PUNCTUATION.sub("", example).lower() or example
            if key in seen:
                yield Fault(file, 0, f"问法“{example}”在 {seen[key]} 里已经有了，请只留一处。")
            seen[key] = matter


def reviews_are_kept(knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Reviewed at most half a year apart, and no more than 30 days late."""
    reviewed = [(_file(answer), answer.review) for answer in knowledge.answers.values()]
    reviewed += [(f"figures/{each.id}.yml", each.review) for each in knowledge.figures.values()]
    for file, review in reviewed:
        if not timedelta() < review.review_by - review.reviewed_on <= REVIEW_AT_MOST:
            message = f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
            yield Fault(file, 0, message)
        if review.is_late(today):
            message = f"早该在 {review.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"
            yield Fault(file, 0, message)
    for contact in knowledge.contacts.values():
        if today > contact.review_by + timedelta(days=30):
            yield Fault("contacts.yml", 0, f"{contact.id} 早该在 {contact.review_by} 复核。")


def nothing_forbidden_is_said(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """No text says what forbidden.yml lists; how people ask is not our saying."""
    for file, text in _written(knowledge):
        for number, line in lines_with_numbers(text):
            spoken = _DENIED.sub("", line)
            for forbidden in knowledge.forbidden:
                if match := forbidden.pattern.search(spoken):
                    yield Fault(file, number, f"不要说“{match[0]}”：{forbidden.why}")


CHECKS: tuple[Check, ...] = (
    citations_resolve,
    citations_are_listed,
    quotations_are_verbatim,
    citations_use_marks,
    figures_exist,
    links_lead_somewhere,
    answers_have_their_form,
    examples_are_many_and_single,
    reviews_are_kept,
    nothing_forbidden_is_said,
)


def _written(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The files whose words we say, without the ways people ask (line numbers unchanged)."""
    for file, text in knowledge.texts.items():
        if file.startswith("topics/"):
            yield file, text.partition(_EXAMPLES_HEADING)[0]
        elif file in {"talk.yml", "tasks.yml"}:
            yield file, _without_asks(text)
        elif file in {"utterances.yml", "contacts.yml", "crisis.yml"}:
            yield file, text


def _without_asks(text: str) -> str:
    """The same lines, with those under `asks:` emptied."""
    kept, is_ask = [], False
    for line in text.splitlines():
        if line.strip():
            is_ask = line.strip() == "asks:" or (is_ask and line.lstrip().startswith("- "))
        kept.append("" if is_ask else line)
    return "\n".join(kept)


def _find_article(knowledge: KnowledgeBase, mark: str) -> Article | None:
    try:
        return knowledge.article(ArticleId.parse(mark))
    except (ValueError, KeyError):
        return None


def _citation_problem(knowledge: KnowledgeBase, mark: str) -> str | None:
    law_id, _, article = mark.partition("#")
    if law_id not in knowledge.laws:
        if f"laws/{law_id}.yml" in knowledge.texts:
            return None  # Its file cannot be read, which is reported once, there.
        return f"依据 {law_id} 不在 laws/ 中。请先登记这部文件，或改正拼写。"
    if article not in knowledge.laws[law_id].articles:
        known = "、".join(knowledge.laws[law_id].articles)
        return f"{law_id} 里没有“{article}”。已登记的有：{known}。"
    return None


def _quotation_problem(knowledge: KnowledgeBase, words: str, mark: str | None) -> str | None:
    if mark is None:
        return f"「{words[:12]}……」后面要紧跟 [[文件编号#条号]]；不是引条文请用“ ”。"
    article = _find_article(knowledge, mark)
    if article is None:
        return None  # citations_resolve reports it.
    if article.text is None:
        return f"{mark} 的原文没有核到可以引用的程度，请改成大意，去掉「」。"
    if words not in article.text:
        return f"「{words[:20]}……」和 {mark} 的原文不一致，请照原文改。"
    return None


def _form_faults(
    file: str, title: str, blocks: tuple[Block, ...], kind: BlockKind, at_least: int, at_most: int
) -> Iterator[Fault]:
    if not at_least <= len(blocks) <= at_most:
        yield Fault(file, 0, f"“{title}”要有 {at_least} 到 {at_most} 条，现在 {len(blocks)} 条。")
    if any(block.kind is not kind for block in blocks):
        wanted = {"step": "1. 编号列表", "quote": "> 引用段", "bullet": "- 列表"}[kind.value]
        yield Fault(file, 0, f"“{title}”只用{wanted}。")


def _file(answer: Answer) -> str:
    return f"topics/{answer.id}.md"


def _line_with(knowledge: KnowledgeBase, answer: Answer, words: str) -> int:
    lines = lines_with_numbers(knowledge.texts[_file(answer)])
    return next((number for number, line in lines if words in line), 0)


def _topic_files(knowledge: KnowledgeBase) -> set[str]:
    """The ids of all topic files, also of those that could not be read."""
    names = (file for file in knowledge.texts if file.startswith("topics/"))
    return {name.removeprefix("topics/").removesuffix(".md") for name in names}

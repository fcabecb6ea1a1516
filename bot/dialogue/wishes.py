"""Which tool a wish means: by its name, or by the matter in hand."""

from collections.abc import Sequence

from bot.concepts.case_papers import most_exact
from bot.concepts.choice import Choice, Verb
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import Conversation
from bot.dialogue.short_words import ShortWords, how_much_of
from bot.dialogue.step import Heard
from bot.facts.hearing import TOLD_FROM
from bot.knowledge.letter_of import letter_of
from bot.knowledge.library import Book
from bot.knowledge.tools import DEADLINE_TASK, DEADLINE_TOOL, Tool

_NAMED_FROM, _NAMED_CLEARLY = 0.6, 0.15
"""How much of a tool's name stands in a wish, and how much more than of any other."""

_NONE = "none"
"""Stands for the last day of a paper that has none of its own."""
REMINDER = "remind_"
"""Begins the deed of the button that sets a reminder."""


def wished_tool(wish: str, text: str, conversation: Conversation, book: Book) -> Tool | None:
    """The tool of a task that a wish means; None where it could be several."""
    tool = (
        named_tool(wish, text, conversation, book)
        or letter_of_role(wish, conversation, book)
        or _deadline_of_paper(wish, text, conversation, book)
    )
    if tool is None and wish == DEADLINE_TASK and _is_undated(text, conversation, book):
        return None
    return (
        tool
        or _tool_in_hand(wish, conversation, book)
        or _tool_offered(wish, conversation, book)
        or _tool_of_paper(wish, conversation, book)
    )


def matter_of_tool(tool: Tool, book: Book) -> str | None:
    """The topic that a tool serves: what is asked in the middle of it, and after it."""
    if (home := book.shapes.tool_homes.get(tool.id)) is not None:
        return home
    answers = book.knowledge.answers
    if tool.id in book.letters:
        return next((each for each in book.letters[tool.id].next if each in answers), None)
    kind = tool.id.removeprefix(DEADLINE_TOOL)
    return next((each.id for each in answers.values() if each.deadline == kind), None)


def told_of_paper(tool: Tool, text: str, conversation: Conversation, book: Book) -> dict[str, str]:
    """The day from which a last day runs, where the case tells it: a paper's, or of a deed."""
    case, question = conversation.case, tool.questions[0].id
    is_of_paper = _deadline_of_paper(tool.task, text, conversation, book) == tool
    named = _papers_named(text, book)
    # The day is of the paper in hand: the last day of another must not run from it.
    is_in_hand = not named or case.paper in named
    if is_of_paper and is_in_hand and case.served_on is not None:
        return {question: case.served_on.isoformat()}
    deeds = (each for each in case.done if each.on is not None)
    days = (each.on for each in deeds if tool == _deadline(book, each.kind))
    return next(({question: day.isoformat()} for day in days if day is not None), {})


def _deadline(book: Book, name: str) -> Tool | None:
    """The tool for the last day that runs from a paper or a deed."""
    return book.tools.get(f"{DEADLINE_TOOL}{book.shapes.deadlines.get(name)}")


def _papers_named(text: str, book: Book) -> tuple[str, ...]:
    papers = book.case_words.papers.entries.items()
    return most_exact(name for name, told in papers if told.told.search(text))


def _is_undated(text: str, conversation: Conversation, book: Book) -> bool:
    """The paper that is named, or in hand, has no day that can be counted: no other's is told."""
    papers = _papers_named(text, book) or (conversation.case.paper,)
    return any(book.shapes.deadlines.get(each or "") == _NONE for each in papers)


def _deadline_of_paper(
    wish: str, text: str, conversation: Conversation, book: Book
) -> Tool | None:
    """The last day that runs from the paper in hand, or from the one that is named."""
    names = [*_papers_named(text, book), conversation.case.paper or ""]
    tools = (tool for name in names if (tool := _deadline(book, name)) is not None)
    found = next(tools, None)
    if found is None and not conversation.case.paper:
        deeds = reversed(conversation.case.done)
        found = next((tool for each in deeds if (tool := _deadline(book, each.kind))), None)
    return found if found is not None and found.task == wish else None


def letter_of_role(wish: str, conversation: Conversation, book: Book) -> Tool | None:
    """The letter of who is not the debtor; none while a paper whose days run is talked about."""
    paper = conversation.case.paper or ""
    kind = book.papers.kinds.get(paper)
    if kind is not None and kind.next[0] == conversation.topic and _deadline(book, paper):
        return None
    letter = book.shapes.letters.get(conversation.case.role or "")
    tool = book.tools.get(letter or "")
    return tool if tool is not None and tool.task == wish else None


def tool_wished(
    heard: Heard, conversation: Conversation, words: ShortWords, book: Book, *, is_named: bool
) -> Tool | None:
    """The letter, record or deadline that is asked for: by its name, or else in the matter."""
    wish = None if heard.is_public else words.wish_sign_in(heard.text)
    if wish is None:
        return None
    meaning = heard.meaning
    tool = named_tool(wish, heard.text, conversation, book)
    if tool is None and meaning is not None and meaning.topic == wish:
        tool = letter_of_role(wish, conversation, book)
    if tool is None and not is_named:
        tool = wished_tool(wish, heard.text, conversation, book)
        if tool is None and meaning is not None:
            tool = _letter_of_acts(wish, meaning.heard, book)
    return tool


def _letter_of_acts(wish: str, heard: Sequence[HeardClause], book: Book) -> Tool | None:
    """The letter against what the words tell of the collectors: 帮我写信叫他们别打给我妈."""
    for act, topic in book.shapes.acts.items():
        answer = book.knowledge.answers[topic]
        tool = book.tools.get(answer.letter or "")
        if (
            tool is not None
            and tool.task == wish
            and any(each.of(act) >= TOLD_FROM for each in heard)
        ):
            return tool
    return None


def named_tool(wish: str, text: str, conversation: Conversation, book: Book) -> Tool | None:
    """The tool that a wish names; that in hand where the name is a part of its own: 答辩, 异议."""
    if (own := book.tools.get(wish)) is not None:
        return own
    tool = _named_tool(wish, text, book)
    of_paper = _tool_of_paper(wish, conversation, book)
    if tool is None:
        is_meant = of_paper is not None and any(how_much_of(each, text) for each in of_paper.names)
        return of_paper if is_meant else None
    in_hand = of_paper or _tool_in_hand(wish, conversation, book)
    if in_hand is None:
        return tool
    names = [name for name in tool.names if how_much_of(name, text) >= _NAMED_FROM]
    is_part = bool(names) and all(any(each in own for own in in_hand.names) for each in names)
    return in_hand if is_part else tool


def reminder_offered(conversation: Conversation) -> Choice | None:
    """The button below the last reply that sets a reminder."""
    choices = (Choice.parse(stored) for _, stored in conversation.offered)
    reminders = (
        each
        for each in choices
        if each is not None and each.verb is Verb.DEED and each.target.startswith(REMINDER)
    )
    return next(reminders, None)


def _named_tool(wish: str, text: str, book: Book) -> Tool | None:
    """The tool of a task that the words name best: 帮我写支付令异议."""
    scores = [
        (*max((how_much_of(name, text), len(name), name) for name in tool.names), tool)
        for tool in book.tools.values()
        if tool.task == wish
    ]
    best = sorted(scores, key=lambda each: each[:2], reverse=True)[:2]
    if not best or best[0][0] < _NAMED_FROM:
        return None
    # One name may stand in another: 征信异议 in 呆账与征信异议核查.
    is_clear = len(best) == 1 or best[1][2] in best[0][2]
    return best[0][3] if is_clear or best[0][0] - best[1][0] >= _NAMED_CLEARLY else None


def _tool_offered(wish: str, conversation: Conversation, book: Book) -> Tool | None:
    """The tool of a task that a button below the last reply begins."""
    choices = (Choice.parse(stored) for _, stored in conversation.offered)
    begun = (each.target for each in choices if each is not None and each.verb is Verb.TOOL)
    tools = (book.tools[each] for each in begun if each in book.tools)
    return next((tool for tool in tools if tool.task == wish), None)


def _tool_in_hand(wish: str, conversation: Conversation, book: Book) -> Tool | None:
    """The tool of a task that belongs to the matter in hand: its letter, its deadline."""
    matter = book.knowledge.answers.get(conversation.topic or "")
    if matter is None:
        return None
    letter = letter_of(matter, conversation.case)
    ids = (letter or "", f"{DEADLINE_TOOL}{matter.deadline}")
    tools = (book.tools[each] for each in ids if each in book.tools)
    return next((tool for tool in tools if tool.task == wish), None)


def _tool_of_paper(wish: str, conversation: Conversation, book: Book) -> Tool | None:
    """The letter that answers the paper in hand."""
    kind = book.papers.kinds.get(conversation.case.paper or "")
    tool = book.tools.get(kind.letter or "") if kind is not None else None
    return tool if tool is not None and tool.task == wish else None

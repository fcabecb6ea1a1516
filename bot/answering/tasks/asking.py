"""Shows the question that a tool asks, the answers so far, and the tools to choose from."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.answering.budget_planner import yuan
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, TaskRequest
from bot.answering.tasks.complaints import TOOL as COMPLAINT
from bot.answering.tasks.told_story import story_to_tell_again
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.dialogue.ticking import CHOSEN, is_ticking, ticked
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.letter_of import letter_of
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import LETTER_TASK, Tool
from bot.knowledge.wording import put_into_words

_STEPS = ("back", "keep", "skip")
_SHORT = 40
"""Characters of an answer that are shown when a tool is begun with what is known."""

_TICK = "✓ "
_AMOUNT = re.compile(r"\d+\.\d\d")
Preview = Callable[[TaskRequest, Tool], Reply]
TimeWarnings = Callable[[Tool, Mapping[str, str], date], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The handlers that keep a questionnaire going."""

    pages: Pages
    knowledge: KnowledgeBase
    tools: Mapping[str, Tool]
    preview: Preview
    time_warnings: TimeWarnings

    @property
    def _labels(self) -> Mapping[str, str]:
        return self.knowledge.labels

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {
            "ask": self._ask,
            "leave_tool": self._leave,
            "preview_tool": self._preview,
            "choose_write_letter": self._choose_letter,
        }

    async def _ask(self, request: TaskRequest) -> Reply:
        draft = request.conversation.form
        if draft is None:
            return self.pages.utterance("stale_button")
        tool = self.tools[draft.tool]
        notes = [*self._noted(tool, draft, request), *self._notes(tool, draft, request)]
        opening = str(request.arguments.get("opening") or "") or None
        notes += self._too_late(tool, draft, request)
        if opening is not None or draft.asking == SUMMARY:
            notes += [each for each in _warned_of(tool, draft) if each not in notes]
        if draft.asking == SUMMARY:
            reply = self._summary(tool, draft, notes)
        else:
            story = story_to_tell_again(request.conversation.story)
            opened = self._opened(tool, draft, opening, request) if opening is not None else ()
            asked = self._asked_of(tool, draft, story, request)
            controls = self._controls(
                tool, draft, is_taken_up=_is_taken_up(opening), has_noted=bool(notes)
            )
            buttons = (*self._choices(tool, draft), *controls)
            is_ticked = bool(request.arguments.get("is_ticked"))
            blocks = (*opened, *notes, *asked)
            reply = Reply(blocks=blocks, buttons=buttons, in_place=is_ticked)
        return replace(reply, blocks=put_into_words(self.knowledge, reply.blocks, request.on))

    async def _leave(self, request: TaskRequest) -> Reply:
        tool = self.tools[str(request.arguments["tool"])]
        resume = Button(self._labels["resume"], Choice(Verb.TOOL, tool.id))
        reply = self.pages.utterance("tool_left")
        return Reply(blocks=reply.blocks, buttons=((resume,), *reply.buttons))

    async def _preview(self, request: TaskRequest) -> Reply:
        return self.preview(request, self.tools[str(request.arguments["tool"])])

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {"letters_": self._choose_letter}

    async def _choose_letter(self, request: TaskRequest) -> Reply:
        """The letters to choose from, that of the matter in hand first."""
        matter = self.knowledge.answers.get(request.conversation.topic or "")
        first = letter_of(matter, request.conversation.case) if matter is not None else None
        letters = [tool for tool in self.tools.values() if tool.task == LETTER_TASK]
        letters.sort(key=lambda tool: tool.id != first)
        buttons = [Button(tool.button, Choice(Verb.TOOL, tool.id)) for tool in letters]
        return Reply(
            blocks=self.pages.utterance("choose_letter").blocks,
            buttons=self.pages.paged(buttons, "letters_", request.argument),
        )

    def _asked_of(
        self, tool: Tool, draft: Draft, untrue_story: str | None, request: TaskRequest
    ) -> Sequence[Block]:
        """The open question; not again where what was answered is asked back."""
        is_doubted = bool(draft.candidate) and not is_ticking(tool, draft)
        if request.arguments.get("problem") and is_doubted:
            return ()
        question = tool.question(draft.asking)
        blocks = [self._asked(tool, question)]
        if present := draft.answers.get(question.id):
            value = self._value(question, present)
            blocks += self.pages.utterance("ask_present", value=value).blocks
        elif question.prefill == "story" and untrue_story:
            blocks += self.pages.utterance("ask_story_again", story=untrue_story).blocks
        if question.kind is QuestionKind.CHOICES:
            blocks += self.pages.utterance("ask_several").blocks
        elif not question.choices:
            blocks += self.pages.utterance("ask_example", example=question.example).blocks
        return blocks

    def _asked(self, tool: Tool, question: Question) -> Block:
        """The question, and which of how many it is."""
        number, total = tool.questions.index(question) + 1, len(tool.questions)
        asks = Span(question.asks, Style.STRONG)
        if total == 1:
            return Block(BlockKind.PARAGRAPH, (asks,))
        progress = f"{self._labels['progress'].format(number=number, total=total)} "
        return Block(BlockKind.PARAGRAPH, (Span(progress, Style.EMPHASIS), asks))

    def _opened(
        self, tool: Tool, draft: Draft, opening: str, request: TaskRequest
    ) -> Sequence[Block]:
        """How much there is to do, and what need not be asked, so that it can be corrected."""
        if len(tool.questions) == 1:
            return ()
        told = [each for each in tool.questions if draft.answers.get(each.id)]
        done = {*draft.answers, *tool.needless(draft.answers)}
        counts = {
            "total": str(len(tool.questions)),
            "count": str(len(told)),
            "left": str(sum(each.id not in done for each in tool.questions)),
        }
        said = self.pages.utterance(opening, title=tool.title, **counts).blocks
        if not _is_taken_up(opening):
            return said
        lines = [
            _line(each.label, _in_short(self._value(each, draft.answers[each.id])))
            for each in told
        ]
        if tool.id == COMPLAINT:  # It asks for the kind of lender only.
            lenders = request.conversation.case.lenders[-1:]
            lines += [_line(self._labels["case_lenders"], each) for each in lenders]
        return (*said, *lines, *self.pages.utterance("ask_told_before").blocks)

    def _summary(self, tool: Tool, draft: Draft, notes: Sequence[Block]) -> Reply:
        lines = [
            _line(question.label, self._value(question, draft.answers.get(question.id, "")))
            for question in tool.questions
        ]
        fix = [
            Button(question.label, Choice(Verb.CONTROL, f"fix_{question.id}"))
            for question in tool.questions
        ]
        return Reply(
            blocks=(
                *notes,
                heading(tool.title),
                *lines,
                *self.pages.utterance("ask_summary").blocks,
            ),
            buttons=((self._control("finish"), self._control("stop")), *rows_of(fix)),
        )

    def _value(self, question: Question, value: str) -> str:
        if not value:
            return self._labels["skipped"]
        if question.kind is QuestionKind.AMOUNT and _AMOUNT.fullmatch(value):
            return self._labels["amount"].format(amount=yuan(Decimal(value)))
        names = {choice.id: choice.label for choice in question.choices}
        return "、".join(names.get(part, part) for part in value.split(",")) if names else value

    def _controls(
        self, tool: Tool, draft: Draft, *, is_taken_up: bool, has_noted: bool
    ) -> tuple[tuple[Button, ...], ...]:
        question = tool.question(draft.asking)
        is_told = bool(draft.answers.get(question.id))
        offered = {
            "back": question != tool.questions[0] or draft.is_review,
            "keep": is_told,
            "skip": question.is_optional,
            "review": is_taken_up or has_noted,
            "preview": tool.task == LETTER_TASK,
            "stop": True,
        }
        names = [name for name, is_offered in offered.items() if is_offered]
        steps = [self._control(name) for name in names if name in _STEPS]
        others = [self._control(name) for name in names if name not in _STEPS]
        return tuple(tuple(row) for row in (steps, others) if row)

    def _choices(self, tool: Tool, draft: Draft) -> tuple[tuple[Button, ...], ...]:
        """The choices of the open question, those that are ticked with their sign."""
        question = tool.question(draft.asking)
        chosen = ticked(draft) if question.kind is QuestionKind.CHOICES else ()
        rows = rows_of(
            [
                Button(
                    f"{_TICK}{choice.label}" if choice.id in chosen else choice.label,
                    Choice(Verb.PICK, f"{question.id}_{number}"),
                )
                for number, choice in enumerate(question.choices, start=1)
            ]
        )
        return (*rows, *(((self._control(CHOSEN),),) if chosen else ()))

    def _control(self, name: str) -> Button:
        return Button(self._labels[f"control_{name}"], Choice(Verb.CONTROL, name))

    def _too_late(self, tool: Tool, draft: Draft, request: TaskRequest) -> list[Block]:
        """What the newest answer tells of the time that has gone by: said at once, and once."""
        told = request.arguments.get("before")
        before = self.time_warnings(tool, told if isinstance(told, dict) else {}, request.on)
        now = self.time_warnings(tool, draft.answers, request.on)
        return [paragraph(f"⚠️ {each}") for each in now if each not in before]

    def _noted(self, tool: Tool, draft: Draft, request: TaskRequest) -> list[Block]:
        """What was made of what was just written, so that it can be put right at once."""
        noted = request.arguments.get("noted")
        lines = []
        for each in noted if isinstance(noted, list) else ():
            question, understood = tool.question(str(each[0])), str(each[1])
            value = understood or self._value(question, draft.answers.get(question.id, ""))
            lines.append(f"{question.label}：{_in_short(value)}")
        if not lines:
            return []
        return list(self.pages.utterance("ask_noted", noted="；".join(lines)).blocks)

    def _notes(self, tool: Tool, draft: Draft, request: TaskRequest) -> list[Block]:
        """What is wrong with the last answer, or to be warned of."""
        blocks: list[Block] = []
        if problem := request.arguments.get("problem"):
            candidate = str(request.arguments.get("candidate") or "")
            shown = self._value(tool.question(draft.asking), candidate) if candidate else "—"
            blocks += self.pages.utterance(str(problem), candidate=shown).blocks
        warnings = request.arguments.get("warnings")
        if isinstance(warnings, list):
            blocks += [paragraph(f"⚠️ {warning}") for warning in warnings]
        return blocks


def _warned_of(tool: Tool, draft: Draft) -> list[Block]:
    """What to be warned of in choices that need not be asked, or are read once more."""
    chosen = [(each, draft.answers.get(each.id)) for each in tool.questions if each.choices]
    return [
        paragraph(f"⚠️ {warning.says}")
        for question, value in chosen
        for warning in question.warns
        if value and warning.pattern.search(value)
    ]


def opening_of(draft: Draft, talk: Conversation) -> str | None:
    """The utterance to begin with: all is open, answers come from elsewhere, or from before."""
    if draft.is_review:
        return None
    if not any(draft.answers.values()):
        return "ask_first"
    is_resumed = (talk.draft is not None and talk.draft.tool == draft.tool) or (
        draft.tool in talk.aside
    )
    return "ask_resumed" if is_resumed else "ask_taken_over"


def _is_taken_up(opening: str | None) -> bool:
    return opening in {"ask_taken_over", "ask_resumed"}


def _line(label: str, value: str) -> Block:
    return Block(BlockKind.BULLET, (Span(f"{label}：", Style.STRONG), Span(value)))


def _in_short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"

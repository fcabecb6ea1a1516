"""Shows the question that a tool asks, the answers so far, and the tools to choose from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.composer import TaskHandler, TaskRequest
from bot.answering.pages import Pages, rows_of
from bot.concepts.choice import Choice, Verb
from bot.concepts.records import Draft
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import Tool
from bot.knowledge.wording import put_into_words
from bot.storage.drafts import Drafts

SUMMARY = "summary"
"""Stands in `asking` while all answers are shown; see rasa_project/actions/questionnaires.py."""

Preview = Callable[[TaskRequest, Tool], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The handlers that keep a questionnaire going; each draft is stored, encrypted."""

    pages: Pages
    knowledge: KnowledgeBase
    tools: Mapping[str, Tool]
    drafts: Drafts
    preview: Preview

    @property
    def _labels(self) -> Mapping[str, str]:
        return self.knowledge.labels

    def handlers(self) -> Mapping[str, TaskHandler]:
        """By the names that Rasa's actions use."""
        return {
            "ask": self._ask,
            "leave_tool": self._leave,
            "preview_tool": self._preview,
            "choose_write_letter": self._choose("choose_letter", "write_letter"),
            "choose_set_deadline": self._choose("choose_deadline", "set_deadline"),
        }

    async def _ask(self, request: TaskRequest) -> Reply:
        draft = draft_of(request, is_open=True)
        await self.drafts.keep(request.sender, draft, request.now)
        tool = self.tools[draft.tool]
        notes = self._notes(request)
        show = self._summary if draft.asking == SUMMARY else self._question
        reply = show(tool, draft, notes)
        return replace(reply, blocks=put_into_words(self.knowledge, reply.blocks, request.on))

    async def _leave(self, request: TaskRequest) -> Reply:
        tool = self.tools[str(request.arguments["tool"])]
        await self.drafts.keep(request.sender, draft_of(request, is_open=False), request.now)
        resume = Button(self._labels["resume"], Choice(Verb.TOOL, tool.id))
        reply = self.pages.utterance("tool_left")
        return Reply(blocks=reply.blocks, buttons=((resume,), *reply.buttons))

    async def _preview(self, request: TaskRequest) -> Reply:
        return self.preview(request, self.tools[str(request.arguments["tool"])])

    def _choose(self, utterance: str, task: str) -> TaskHandler:
        async def choose(_: TaskRequest) -> Reply:
            buttons = [
                Button(tool.button, Choice(Verb.TOOL, tool.id))
                for tool in self.tools.values()
                if tool.task == task
            ]
            return Reply(
                blocks=self.pages.utterance(utterance).blocks,
                buttons=(*rows_of(buttons), (self.pages.menu_button(),)),
            )

        return choose

    def _question(self, tool: Tool, draft: Draft, notes: Sequence[Block]) -> Reply:
        question = tool.question(draft.asking)
        number = tool.questions.index(question) + 1
        total = len(tool.questions)
        progress = self._labels["progress"].format(number=number, total=total) if total > 1 else ""
        blocks = [*notes]
        if number == 1 and total > 1 and not draft.is_review:
            blocks += self.pages.utterance("ask_first", title=tool.title, total=str(total)).blocks
        if not notes:
            blocks += self._prefilled(tool, draft, number)
        blocks.append(
            Block(
                BlockKind.PARAGRAPH,
                (Span(f"{progress} ", Style.EMPHASIS), Span(question.asks, Style.STRONG)),
            )
        )
        if question.kind is QuestionKind.CHOICES:
            blocks += self.pages.utterance("ask_several").blocks
        elif not question.choices:
            blocks += self.pages.utterance("ask_example", example=question.example).blocks
        return Reply(
            blocks=tuple(blocks),
            buttons=(*_choice_rows(question), *self._controls(tool, question, number)),
        )

    def _prefilled(self, tool: Tool, draft: Draft, number: int) -> Sequence[Block]:
        """Name what was filled in beforehand, once: when the first open question is asked."""
        later = [each for each in tool.questions[number:] if draft.answers.get(each.id)]
        earlier = [each for each in tool.questions[: number - 1] if draft.answers.get(each.id)]
        if draft.is_review or not later:
            return ()
        labels = "、".join(each.label for each in (*earlier, *later))
        return self.pages.utterance("ask_prefilled", labels=labels).blocks

    def _summary(self, tool: Tool, draft: Draft, notes: Sequence[Block]) -> Reply:
        lines = [
            Block(
                BlockKind.BULLET,
                (
                    Span(f"{question.label}：", Style.STRONG),
                    Span(self._value(question, draft.answers.get(question.id, ""))),
                ),
            )
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
        names = {choice.id: choice.label for choice in question.choices}
        return "、".join(names.get(part, part) for part in value.split(",")) if names else value

    def _controls(
        self, tool: Tool, question: Question, number: int
    ) -> tuple[tuple[Button, ...], ...]:
        first = [self._control("back")] if number > 1 else []
        if question.is_optional:
            first.append(self._control("skip"))
        second = [self._control("stop")]
        if tool.task == "write_letter":
            second.insert(0, self._control("preview"))
        return tuple(tuple(row) for row in (first, second) if row)

    def _control(self, name: str) -> Button:
        return Button(self._labels[f"control_{name}"], Choice(Verb.CONTROL, name))

    def _notes(self, request: TaskRequest) -> list[Block]:
        """What is wrong with the last answer, or to be warned of."""
        blocks: list[Block] = []
        if problem := request.arguments.get("problem"):
            blocks += self.pages.utterance(str(problem)).blocks
        warnings = request.arguments.get("warnings")
        if isinstance(warnings, list):
            blocks += [paragraph(f"⚠️ {warning}") for warning in warnings]
        return blocks


def draft_of(request: TaskRequest, *, is_open: bool) -> Draft:
    """The draft that an effect of Rasa's carries."""
    arguments = request.arguments
    answers = arguments.get("answers")
    return Draft(
        tool=str(arguments["tool"]),
        answers=dict(answers) if isinstance(answers, dict) else {},
        asking=str(arguments.get("asking") or SUMMARY),
        is_review=bool(arguments.get("is_review")),
        is_open=is_open,
    )


def _choice_rows(question: Question) -> tuple[tuple[Button, ...], ...]:
    return rows_of(
        [
            Button(choice.label, Choice(Verb.PICK, f"{question.id}_{number}"))
            for number, choice in enumerate(question.choices, start=1)
        ]
    )

"""From three answers to the bodies to complain to, in order, with letter and deadline at hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.complaint_routes import ComplaintGuide
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Draft
from bot.concepts.reply import Block, Button, Reply, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.complaints import Route
from bot.knowledge.deadlines import DeadlineBook
from bot.knowledge.letters import Letter
from bot.knowledge.tools import DEADLINE_TOOL

TOOL = "make_complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTask:
    """The handler of `make_complaint`."""

    pages: Pages
    knowledge: KnowledgeBase
    guide: ComplaintGuide
    letters: Mapping[str, Letter]
    deadlines: DeadlineBook

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {TOOL: self._guide}

    async def _guide(self, request: TaskRequest) -> Said:
        told = request.answers
        answers = {name: value for name, value in told.items() if value}
        routes = self.guide.routes(answers)
        blocks: list[Block] = []
        for route in routes:
            blocks += self.guide.blocks(route, request.on)
        blocks.append(paragraph(self.guide.book.words.general))
        kept = Draft(tool=TOOL, answers=told, is_open=False)
        reply = Reply(blocks=tuple(blocks), buttons=self._buttons(routes))
        return Said(reply, request.conversation.with_draft(kept))

    def _buttons(self, routes: tuple[Route, ...]) -> tuple[tuple[Button, ...], ...]:
        letters = list(dict.fromkeys(route.letter for route in routes if route.letter))
        kinds = list(dict.fromkeys(route.deadline for route in routes if route.deadline))
        tools = [
            Button(self.letters[each].button, Choice(Verb.TOOL, each))
            for each in letters
            if each in self.letters
        ]
        tools += [
            Button(
                self.knowledge.labels["reckon"].format(kind=self.deadlines.kinds[each].button),
                Choice(Verb.TOOL, f"{DEADLINE_TOOL}{each}"),
            )
            for each in kinds
        ]
        topics = list(dict.fromkeys(topic for route in routes for topic in route.next))[:4]
        return (
            *rows_of(tools[:4]),
            *rows_of(self.pages.topic_buttons(topics)),
            (
                Button(self.knowledge.labels["control_review"], Choice(Verb.TOOL, TOOL)),
                self.pages.menu_button(),
            ),
        )

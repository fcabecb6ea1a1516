"""Plans what can be paid each month, and hands over a statement for the bank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.answering.budget import Plan, instalment_facts
from bot.answering.budget_planner import BudgetPlanner, yuan
from bot.answering.pages import Pages
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.tasks.known import plan_draft
from bot.concepts.choice import Choice, Verb
from bot.concepts.paper import Paper, Table
from bot.concepts.reply import Block, BlockKind, Button, Document, Reply, Span, heading, paragraph
from bot.knowledge.base import KnowledgeBase

TOOL = "plan_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTask:
    """The handler of `plan_budget`."""

    pages: Pages
    knowledge: KnowledgeBase
    planner: BudgetPlanner
    letter: str
    to_docx: Callable[[Paper], bytes]

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {TOOL: self._plan}

    async def _plan(self, request: TaskRequest) -> Said:
        told = request.answers
        answers = {name: value for name, value in told.items() if value}
        plan = self.planner.plan(answers, request.on)
        labels = self.knowledge.labels
        blocks: list[Block] = [heading(labels["plan_title"]), *self._figures(plan)]
        blocks += [paragraph(line) for line in self.planner.options(plan)]
        blocks += self.planner.warnings(plan, request.on)
        blocks += [heading(labels["plan_order"]), *self.planner.order(plan, request.on)]
        blocks += [heading(labels["sayings"])]
        blocks.append(Block(BlockKind.QUOTE, (Span(self.planner.sentence(plan)),)))
        blocks += [heading(labels["cautions"]), *self.planner.notes(request.on)]
        buttons = (
            (
                Button(labels["write_application"], Choice(Verb.TOOL, self.letter)),
                Button(labels["control_review"], Choice(Verb.TOOL, TOOL)),
            ),
            tuple(self.pages.topic_buttons(["negotiate_instalment", "ask_human"])),
            (self.pages.menu_button(),),
        )
        document = Document(f"document-{request.on.isoformat()}.docx", self._statement(plan))
        draft = plan_draft(TOOL, told, instalment_facts(plan))
        reply = Reply(blocks=tuple(blocks), buttons=buttons, documents=(document,))
        return Said(reply, request.conversation.with_draft(draft))

    def _figures(self, plan: Plan) -> list[Block]:
        labels = self.knowledge.labels
        known = {
            "plan_left": plan.left,
            "plan_offer": plan.offer,
        }
        lines = [
            paragraph(labels[name].format(amount=yuan(amount), months=plan.months or "—"))
            for name, amount in known.items()
            if amount is not None
        ]
        return lines or [paragraph(labels["plan_unknown"])]

    def _statement(self, plan: Plan) -> bytes:
        form = self.planner.book.statement
        values = self.planner.statement_values(plan)
        rows = tuple((row.label, values[row.value]) for row in form.rows)
        return self.to_docx(
            Paper(
                title=form.title, opening=(form.opening,), table=Table(rows), closing=form.closing
            )
        )

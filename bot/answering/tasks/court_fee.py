"""Tells what a suit, an appeal or an application costs, how that comes about, and who pays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.answering.budget_planner import yuan
from bot.answering.court_fees import Fee, FeePiece, fee_for, part_of
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.court_fees import CourtFeeBook, FeeKind
from bot.knowledge.wording import put_into_words

TOOL = "court_fee"
TOPIC = "court_costs"
_AS = "court_fee_as_"
_PIECES_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFeeTask:
    """The handler of `court_fee`, and of the buttons that tell another fee of the same sum."""

    pages: Pages
    knowledge: KnowledgeBase
    book: CourtFeeBook

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {TOOL: self._tell}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {_AS: self._tell_as}

    async def _tell(self, request: TaskRequest) -> Said:
        return self._said(request, request.answers)

    async def _tell_as(self, request: TaskRequest) -> Said:
        """Another fee of the sum that was told last; KeyError where none was."""
        draft = request.conversation.draft
        if draft is None or draft.tool != TOOL or not draft.answers.get("amount"):
            raise KeyError(TOOL)
        kind = self.book.kinds[request.argument]
        answers = {**draft.answers, "kind": kind.id}
        kept = request.conversation.with_draft(replace(draft, answers=answers))
        return self._said(replace(request, conversation=kept), answers)

    def _said(self, request: TaskRequest, answers: Mapping[str, str]) -> Said:
        kind = self.book.kinds.get(answers.get("kind", "")) or next(iter(self.book.kinds.values()))
        amount = Decimal(answers["amount"])
        blocks = self._blocks(kind, amount, answers.get("procedure", ""), request.on)
        reply = Reply(blocks=blocks, buttons=self._buttons(kind))
        return Said(reply, replace(request.conversation, topic=TOPIC))

    def _blocks(
        self, kind: FeeKind, amount: Decimal, procedure: str, on: date
    ) -> tuple[Block, ...]:
        scale = self.book.scale_on(kind.scale, on)
        if scale is None:
            return self.pages.utterance("court_fee_unknown").blocks
        fee, words = fee_for(amount, scale), self.book.words
        value, source = fee.value, scale.source
        how = words["capped" if fee.is_capped else "piece"] if fee.pieces[1:] else words["flat"]
        how = how.format(formula=_formula(fee), source=_mark(source))
        share = self.book.share_on(kind.share, on) if kind.share else None
        if share is not None:
            value = part_of(fee.value, share.part)
            how = words["share"].format(
                whole=yuan(fee.value), part=share.part, source=_mark(share.source)
            )
        result = words["result"].format(amount=yuan(amount), fee=yuan(value))
        first = Block(BlockKind.PARAGRAPH, (Span(result, Style.STRONG), Span(how)))
        reduced = self._reduced(kind, value, procedure, on)
        blocks = [heading(kind.title), first, *([paragraph(reduced)] if reduced else [])]
        blocks += [paragraph(each) for each in kind.says]
        return put_into_words(self.knowledge, tuple(blocks), on)

    def _reduced(self, kind: FeeKind, fee: Decimal, procedure: str, on: date) -> str:
        """What a procedure makes of the fee: the one that was told, or each that may come."""
        known = procedure and procedure not in kind.reductions
        told = {procedure} & set(kind.reductions) or set(kind.reductions)
        said = []
        for name, says in kind.reductions.items():
            share = self.book.share_on(name, on)
            if name in told and share is not None and not known:
                reduced = yuan(part_of(fee, share.part))
                said.append(says.format(fee=reduced, source=_mark(share.source)))
        return "".join(said)

    def _buttons(self, shown: FeeKind) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        relief = shown.letter
        others = [
            Button(each.button, Choice(Verb.DEED, f"{_AS}{each.id}"))
            for each in self.book.kinds.values()
            if each.id != shown.id
        ]
        return (
            *(((Button(labels["ask_fee_relief"], Choice(Verb.TOOL, relief)),),) if relief else ()),
            *rows_of(others),
            *rows_of(self.pages.topic_buttons(shown.next)),
            (
                Button(labels["control_review"], Choice(Verb.TOOL, TOOL)),
                self.pages.menu_button(),
            ),
        )


def _formula(fee: Fee) -> str:
    """50 + 50,000×2.5% …, piece by piece; of many pieces all but the last as one sum."""
    pieces = fee.pieces
    if len(pieces) > _PIECES_SHOWN:
        before = sum((each.fee for each in pieces[:-1]), Decimal(0))
        pieces = (FeePiece(before, before, None), pieces[-1])
    return " + ".join(
        yuan(each.fee) if each.percent is None else f"{yuan(each.part)}×{each.percent}%"
        for each in pieces
    )


def _mark(source: ArticleId) -> str:
    return f"[[{source}]]"

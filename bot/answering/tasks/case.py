"""A person's case: what is known of it, what to do next, and one page of it to hand over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.advice import AdvisedStep, is_old
from bot.answering.advice_words import AdviceWords
from bot.answering.case_page import CasePage
from bot.answering.case_wording import CHOSEN, CaseWording, FactInWords
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.advice import DEBTOR, debts_of
from bot.concepts.case import FACTS, Case
from bot.concepts.case_papers import RULINGS_TO_TELL
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.paper import Paper
from bot.concepts.reply import (
    Block,
    BlockKind,
    Button,
    Document,
    Matter,
    Reply,
    Span,
    Style,
    paragraph,
)
from bot.knowledge.library import Book
from bot.knowledge.part_names import PAPER

MY_CASE, NEXT_STEP = "my_case", "next_step"
INSTALMENT_LETTER = "apply_instalment"
_ASKED = ("product", "stage")
"""What is asked for where it would change the next step, one at a time."""
_OF_ANOTHERS_DEBT = "outsider_ruling"
_SHOWN_AT_MOST = 200
_BUTTONS_AT_MOST, _BUTTONS_BESIDE_A_QUESTION = 4, 2
_BUTTON_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTask:
    """The handlers of `my_case` and `next_step`, and of what their buttons do."""

    pages: Pages
    book: Book
    words: AdviceWords
    to_docx: Callable[[Paper], bytes]

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {MY_CASE: self._show, NEXT_STEP: self._advise, "case_corrected": self._corrected}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {
            "forget_": self._forget,
            "change_": self._change,
            "clear_case": self._clear,
            "case_page": self._hand_over,
        }

    async def _advise(self, request: TaskRequest) -> Reply | Said:
        talk, case = request.conversation, request.conversation.case
        if not case.told:
            said = self.pages.utterance("next_step_unknown")
            return self._asking(said.blocks, [], _ASKED[0], talk)
        sums = f"sums_{case.amount}_{case.monthly_ability}"
        before = _said_before(talk)
        if before and sums not in before:  # The plan is worked out anew.
            before -= {each.id for each in self.book.advice.steps if each.plan}
        advised = self.words.steps(case, request.on, before)
        asks = self._what_to_ask(case, request)
        question = None if asks is None else self.book.knowledge.parts.asks[asks]
        is_again = bool(before) and not any(each.step.id in before for each in advised)
        opening = self.pages.utterance("next_step_again").blocks if is_again else ()
        blocks = self.words.blocks(case, advised, request.on, opening, question)
        buttons = [self._step_button(each.step.button) for each in advised]
        known = _having_said(talk, [*(each.step.id for each in advised), sums])
        is_warned = talk.topic in self.book.shapes.offers
        topic = talk.topic if is_warned else self._matter(advised) or NEXT_STEP
        if asks is not None:
            return self._asking(blocks, buttons, asks, replace(known, topic=topic))
        if (remind := self.words.reminder(advised, request.on)) is not None:
            buttons.append(remind)
        if not advised[0].step.is_alone:
            buttons += self.pages.topic_buttons([MY_CASE])
        rows = rows_of(_once(buttons)[:_BUTTONS_AT_MOST])
        return Said(Reply(blocks=blocks, buttons=rows), replace(known, topic=topic))

    def _matter(self, advised: Sequence[AdvisedStep]) -> str | None:
        """The topic that the steps are about, so that what is asked next leans on it."""
        answers, letters = self.book.knowledge.answers, self.book.letters
        buttons = [each.step.button for each in advised]
        # Talks with the lender are what is asked on about.
        buttons.sort(key=lambda button: button != INSTALMENT_LETTER)
        for button in buttons:
            follows = letters[button].next if button in letters else (button,)
            if matter := next((each for each in follows if each in answers), None):
                return matter
        return None

    def _asking(
        self, blocks: tuple[Block, ...], buttons: Sequence[Button], kind: str, talk: Conversation
    ) -> Said:
        """With one question at the end, where `blocks` do not hold it yet."""
        words = self.book.knowledge.parts.asks[kind]
        if blocks[-1].text != words:
            blocks = (*blocks, paragraph(words))
        few = _once(buttons)[:_BUTTONS_BESIDE_A_QUESTION]
        rows = (*rows_of(self._choices(kind)), *rows_of(few))
        about = replace(talk, asked=kind, topic=talk.topic or NEXT_STEP)
        return Said(Reply(blocks=blocks, buttons=rows), about)

    def _what_to_ask(self, case: Case, request: TaskRequest) -> str | None:
        """The first fact that is not told and would change the steps; of the debtor alone.

        Which ruling came is asked of everybody: its last day hangs on it.
        """
        if "danger" in case.events:
            return None
        if case.paper in RULINGS_TO_TELL:
            return PAPER
        if case.paper == _OF_ANOTHERS_DEBT:
            return None
        if (case.role or DEBTOR) != DEBTOR:
            return None
        usual = self.words.ids(case, request.on)
        for kind in _ASKED:
            if getattr(case, kind) is not None or _is_needless(kind, case):
                continue
            for value in self.book.knowledge.parts.choices[kind]:
                other = replace(case, **{kind: value})  # type: ignore[arg-type]
                if self.words.ids(other, request.on) != usual:
                    return kind
        return None

    async def _show(self, request: TaskRequest) -> Reply:
        return self._shown(request, "case_shown")

    def _shown(self, request: TaskRequest, opening: str) -> Reply:
        """Every fact in words, each with a button that clears or changes it."""
        facts = self._wording.facts(request.conversation.case, request.on)
        if not facts:
            return self.pages.utterance("case_unknown")
        lines = [
            Block(
                BlockKind.BULLET,
                (Span(f"{each.label}：", Style.STRONG), Span(each.words)),
            )
            for each in facts
        ]
        last = (
            *self.pages.topic_buttons([NEXT_STEP]),
            Button(self.pages.label("case_page"), Choice(Verb.DEED, "case_page")),
            Button(self.pages.label("case_clear"), Choice(Verb.DEED, "clear_case")),
            self.pages.menu_button(),
        )
        return Reply(
            blocks=(*self.pages.utterance(opening).blocks, *lines),
            buttons=(*rows_of([self._fact_button(each) for each in facts]), *rows_of(last)),
        )

    async def _forget(self, request: TaskRequest) -> Said:
        case = request.conversation.case
        named = [
            each
            for each in self._wording.facts(case, request.on)
            if request.argument in (each.key, *_whole(each))
        ]
        if not named:
            raise KeyError(request.argument)
        mended = case.without(*(each.without for each in named))
        talk = replace(request.conversation, case=mended)
        forgotten = self._shown(replace(request, conversation=talk), "case_forgotten")
        return Said(forgotten, talk)

    async def _change(self, request: TaskRequest) -> Said:
        """Another value to choose for a product, role or stage, or none."""
        kind = request.argument
        if kind not in CHOSEN:
            raise KeyError(kind)
        present = getattr(request.conversation.case, kind)
        clear = self.pages.label("unhear").format(
            fact=self._wording.value(kind, str(present)) if present else "…"
        )
        question = paragraph(self.book.knowledge.parts.asks[kind])
        buttons = [*self._choices(kind), Button(clear, Choice(Verb.DEED, f"forget_{kind}"))]
        talk = replace(request.conversation, asked=kind)
        return Said(Reply(blocks=(question,), buttons=rows_of(buttons)), talk)

    async def _clear(self, request: TaskRequest) -> Said:
        shown = tuple(each for each in request.conversation.shown if not _is_step(each))
        talk = replace(request.conversation, case=Case(), asked=None, shown=shown)
        return Said(replace(self.pages.utterance("case_cleared"), about=Matter(MY_CASE)), talk)

    async def _corrected(self, request: TaskRequest) -> Reply:
        """What was put right by words, as it stands now; `before` is the case as it was."""
        told = request.arguments.get("before")
        before = Case.of_stored(told if isinstance(told, dict) else {})
        case = request.conversation.case
        changed = {each for each in FACTS if getattr(before, each) != getattr(case, each)}
        facts = [
            f"{each.label} {each.words}"
            for each in self._wording.facts(case, request.on)
            if each.without.partition(":")[0] in changed
        ]
        if not facts:
            return self._shown(request, "case_forgotten")
        said = self.pages.utterance("case_mended", facts="；".join(facts))
        topic = request.conversation.topic
        matters = [
            *([topic] if topic and self.pages.has_answer(topic) else []),
            NEXT_STEP,
            MY_CASE,
        ]
        return Reply(blocks=said.blocks, buttons=rows_of(self.pages.topic_buttons(matters)))

    async def _hand_over(self, request: TaskRequest) -> Reply:
        case, on = request.conversation.case, request.on
        if not case.told:
            return self.pages.utterance("case_unknown")
        page = CasePage(self.book, self._wording)
        paper = page.paper(case, on)
        text = page.text(paper)
        opening = self.pages.utterance("case_page_given").blocks
        if is_old(case, self.book, on):
            opening += self.pages.utterance("case_page_old_debt").blocks
        lines = [Block(BlockKind.QUOTE, (Span(line),)) for line in text.splitlines()]
        name = f"document-{on.isoformat()}"
        return Reply(
            blocks=(*opening, *lines),
            buttons=rows_of(self.pages.topic_buttons([NEXT_STEP, MY_CASE])),
            documents=(
                Document(f"{name}.docx", self.to_docx(paper)),
                Document(f"{name}.txt", text.encode("utf-8-sig")),
            ),
        )

    @property
    def _wording(self) -> CaseWording:
        return CaseWording(self.book.knowledge)

    def _fact_button(self, fact: FactInWords) -> Button:
        words = _short(fact.words)
        if fact.key in CHOSEN:
            label = self.pages.label("case_change").format(fact=words)
            return Button(label, Choice(Verb.DEED, f"change_{fact.key}"))
        label = self.pages.label("unhear").format(fact=words)
        return Button(label, Choice(Verb.DEED, f"forget_{fact.key}"))

    def _choices(self, kind: str) -> list[Button]:
        return [
            Button(label, Choice(Verb.FACT, f"{kind}_{value}"))
            for value, label in self.book.knowledge.parts.choices[kind].items()
        ]

    def _step_button(self, name: str) -> Button:
        """A tool to begin, or a topic, task or talk."""
        if name in self.book.tools:
            return Button(self.book.tools[name].button, Choice(Verb.TOOL, name))
        return self.pages.topic_buttons([name])[0]


def _is_needless(kind: str, case: Case) -> bool:
    """A paper tells the stage; several debts are of several products."""
    if kind == "stage":
        return case.paper is not None
    return (debts_of(case) or 0) > 1


def _whole(fact: FactInWords) -> tuple[str, ...]:
    """The name of a fact of several, which stands for all of them."""
    name, _, single = fact.without.partition(":")
    return (name,) if single else ()


def _short(words: str) -> str:
    return words if len(words) <= _BUTTON_WORDS else f"{words[: _BUTTON_WORDS - 1]}…"


def _said_before(talk: Conversation) -> frozenset[str]:
    return frozenset(each.partition("__")[2] for each in talk.shown if _is_step(each))


def _having_said(talk: Conversation, steps: Sequence[str]) -> Conversation:
    """Remembers which steps were told; the matter in hand stays."""
    names = [f"{NEXT_STEP}__{each}" for each in steps]
    shown = (*(each for each in talk.shown if each not in names), *names)
    return replace(talk, shown=shown[-_SHOWN_AT_MOST:], asked=None)


def _is_step(shown: str) -> bool:
    return shown.startswith(f"{NEXT_STEP}__")


def _once(buttons: Sequence[Button]) -> list[Button]:
    """Each way on once."""
    return list({button.choice: button for button in reversed(buttons)}.values())[::-1]

"""Checks a told call: what was understood, the rules it may touch, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answering.call_check import CallChecker
from bot.answering.layers import LAYER_LIMIT
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.tasks.call_check_words import CallCheckWords
from bot.answering.tasks.told_story import (
    ASKED,
    MORE,
    SETTLED,
    UNHEARD,
    case_of,
    heard_facts,
    heard_in,
    is_wrong,
    told_story,
    unheard_in,
    with_story,
)
from bot.concepts.call_check import CallCheck
from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import STORY_TOOL
from bot.concepts.facts import ACTS, CONTACTED, SIGNS, ContactFacts
from bot.concepts.reply import (
    Block,
    Button,
    Reply,
    paragraph,
    shown_length,
)
from bot.knowledge.base import KnowledgeBase

CORRECTED_AFTER = (Choice(Verb.DEED, "amend"), Choice(Verb.DEED, "recheck"))
"""Below a reply with one of these, what is written may put the story right."""
_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "咋办", "么")
_TAKEN_BACK = frozenset(
    (
        *("time", "count", "lender", "channel"),
        *(f"contacted_{each}" for each in CONTACTED),
        *(f"act_{each}" for each in (*ACTS, *SIGNS)),
    )
)
"""Whatever a person may say was not so."""
_PRODUCT = "product"
_PRODUCTS = {"car_loan": "bank_loan", "mortgage": "bank_loan"}
"""What a product of a case is to the rules; the others have the same name there."""
_WRITERS = {"relative": "relative", "contact": "contacted", "not_debtor": "contacted",
            "employer": "contacted"}  # fmt: skip
"""Who writes, by the role in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCheckTask:
    """The handler of `check_call`."""

    pages: Pages
    knowledge: KnowledgeBase
    checker: CallChecker
    complaint_letter: str

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {"check_call": self._check}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {
            "amend": self._amend,
            "unhear_": self._unhear,
            "recheck": self._recheck,
            "settle": self._settle,
            "rules_": self._show_rules,
        }

    @property
    def words(self) -> CallCheckWords:
        """What turns facts and rules into blocks."""
        return CallCheckWords(knowledge=self.knowledge, words=self.checker.conduct.words)

    async def _check(self, request: TaskRequest) -> Said:
        story = request.answers.get("story", "")
        return self._checked(case_of(story, [_heard_in(story, request)]), request)

    def _checked(self, story: Mapping[str, str], request: TaskRequest) -> Said:
        check = self._evaluated(story, request)
        is_open = check.ask is not None and check.facts.is_judged
        talk = with_story(request.conversation, {**story, ASKED: "yes"} if is_open else story)
        topics = [each for each in check.next if self.pages.has_answer(each)]
        talk = replace(talk, topic=topics[0] if topics else talk.topic)
        blocks, buttons = self.words.blocks(check), self._buttons(check, is_open=is_open)
        asks = self.knowledge.parts.asks[_PRODUCT]
        if talk.case.product is None and not check.urgent and _depends_on_product(check):
            talk = replace(talk, asked=_PRODUCT)
            blocks = (*blocks, paragraph(asks))
            buttons = (*rows_of(self._product_buttons()), *buttons)
        return Said(Reply(blocks=blocks, buttons=buttons), talk)

    def _evaluated(self, story: Mapping[str, str], request: TaskRequest) -> CallCheck:
        facts = heard_facts(self.checker, story, request.on)
        return self.checker.evaluate(_of_the_case(facts, request.conversation.case), request.on)

    async def _recheck(self, request: TaskRequest) -> Reply | Said:
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        return self._checked(story, request)

    async def _settle(self, request: TaskRequest) -> Reply | Said:
        """Nothing else happened, says the person: the story decides as it was told."""
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        return self._checked({**story, SETTLED: "yes"}, request)

    async def _amend(self, request: TaskRequest) -> Reply:
        """Everything that was heard as a button that takes it back."""
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        labels = self.knowledge.labels
        facts = heard_facts(self.checker, story, request.on)
        buttons = [
            Button(labels["unhear"].format(fact=words), Choice(Verb.DEED, f"unhear_{name}"))
            for name, words in self.words.items(facts)
        ]
        again = Button(labels["tell_again"], Choice(Verb.TOOL, STORY_TOOL))
        done = Button(labels["recheck"], Choice(Verb.DEED, "recheck"))
        blocks = (*self.words.heard(facts), *self.pages.utterance("amend_story").blocks)
        return Reply(blocks=blocks, buttons=(*rows_of(buttons), (done, again)))

    async def _unhear(self, request: TaskRequest) -> Reply | Said:
        story = told_story(request.conversation)
        if story is None:
            return await self._amend(request)
        unheard = {*unheard_in(story), request.argument} & _TAKEN_BACK
        kept = {**story, UNHEARD: ",".join(sorted(unheard))}
        talk = with_story(request.conversation, kept)
        return Said(await self._amend(replace(request, conversation=talk)), talk)

    def correct(self, request: TaskRequest, *, is_no: bool = False) -> Said | None:
        """Check once more with what was just written; None where it puts nothing right.

        `is_no` when it only says no, which settles the question that was asked.
        """
        story, text = told_story(request.conversation), " ".join(request.text.split())
        if story is None or text.endswith(_QUESTION_ENDS):
            return None
        if is_no and ASKED in story:
            return self._checked({**story, SETTLED: "yes"}, request)
        former = heard_facts(self.checker, story, request.on)
        newer = self.checker.read(text, request.on, request.heard)
        denied = self.checker.reader.denied(text)
        is_correction = self.checker.reader.is_correction(text) and bool(newer.told or denied)
        is_answer = ASKED in story and newer.is_told
        if not (is_correction or is_answer) and (former.is_told or not newer.is_told):
            return None
        if denied and not (newer.told or {*denied} & {*former.told} or is_wrong(story)):
            return Said(self.pages.utterance("not_counted"), request.conversation)
        replaced = former.told & newer.told & {"time", "count"}
        case = case_of(
            story["story"],
            [*_as_many(heard_in(story), story), request.heard],
            (unheard_in(story) - newer.told) | denied & _TAKEN_BACK,
            "\n".join(filter(None, (story.get(MORE), text))),
            is_replaced=is_wrong(story) or bool(replaced),
        )
        asked = {ASKED: "yes"} if ASKED in story else {}
        return self._checked({**case, **asked}, request)

    async def _show_rules(self, request: TaskRequest) -> Reply:
        """The rules one after another, each with why, what is open, and its source."""
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        check = self._evaluated(story, request)
        start = int(request.argument)
        if not 0 <= start < len(check.rules):
            return self.pages.utterance("stale_button")
        blocks: list[Block] = []
        shown = 0
        for rule in check.rules[start:]:
            told = self.words.rule(rule)
            if shown and shown_length((*blocks, *told)) > LAYER_LIMIT:
                break
            blocks += told
            shown += 1
        rows: list[tuple[Button, ...]] = []
        if start + shown < len(check.rules):
            target = f"rules_{start + shown}"
            rows.append((Button(self.knowledge.labels["layer_rest"], Choice(Verb.DEED, target)),))
        rows += [(self._letter_button(), self._record_button())]
        return Reply(blocks=tuple(blocks), buttons=tuple(rows))

    def _buttons(self, check: CallCheck, *, is_open: bool) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        review = Button(labels["correct_story"], Choice(Verb.DEED, "amend"))
        if is_open:
            nothing = Button(labels["settle_story"], Choice(Verb.DEED, "settle"))
            more = Button(labels["add_to_story"], Choice(Verb.TOOL, STORY_TOOL))
            return ((nothing, more), (review, self.pages.menu_button()))
        steps = self.pages.topic_buttons([each for each in check.next if self.pages.has(each)])
        if check.clean:
            return (*rows_of(steps), (review, self.pages.menu_button()))
        rules = Button(labels["show_rules"], Choice(Verb.DEED, "rules_0"))
        return ((rules, self._letter_button()), (self._record_button(), review))

    def _product_buttons(self) -> list[Button]:
        return [
            Button(label, Choice(Verb.FACT, f"{_PRODUCT}_{value}"))
            for value, label in self.knowledge.parts.choices[_PRODUCT].items()
        ]

    def _letter_button(self) -> Button:
        label = self.knowledge.labels["write_complaint"]
        return Button(label, Choice(Verb.TOOL, self.complaint_letter))

    def _record_button(self) -> Button:
        return Button(self.knowledge.labels["record_it"], Choice(Verb.TOOL, "log_contact"))


def _heard_in(story: str, request: TaskRequest) -> tuple[HeardClause, ...]:
    """What the model heard in a story, where it is what was just written."""
    is_just_written = "".join(story.split()) in "".join(request.text.split())
    return request.heard if story and is_just_written else ()


def _as_many(heard: list[list[HeardClause]], story: Mapping[str, str]) -> list[list[HeardClause]]:
    """One list for the story and each line told after it, so that a new one gets its place."""
    wanted = 1 + len(story.get(MORE, "").splitlines())
    return [*heard, *([] for _ in range(wanted - len(heard)))][:wanted]


def _of_the_case(facts: ContactFacts, case: Case) -> ContactFacts:
    """The facts with the product and the role that the case tells, where the story tells none."""
    product = facts.product or _PRODUCTS.get(case.product or "", case.product)
    is_known = product is not None and product != "unknown"
    told_role = _WRITERS.get(case.role or "", facts.writer)
    writer = told_role if facts.writer == "debtor" else facts.writer
    return replace(facts, product=product if is_known else None, writer=writer)


def _depends_on_product(check: CallCheck) -> bool:
    """Whether some of the rules are only for one kind of debt, and nobody said which it is."""
    facts = check.facts
    is_open = facts.product is None and facts.lender_kind is None
    return is_open and any(rule.depends_on for rule in check.rules)

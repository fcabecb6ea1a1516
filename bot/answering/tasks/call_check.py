"""Checks a told call: what was understood, the rules it may touch, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answering.call_check import CallChecker
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.tasks.known import (
    MORE,
    STORY_TOOL,
    UNHEARD,
    case_of,
    heard_facts,
    is_wrong,
    told_story,
    unheard_in,
    with_story,
)
from bot.concepts.call_check import CallCheck, TouchedRule
from bot.concepts.choice import Choice, Verb
from bot.concepts.facts import ACTS, CONTACTED, SIGNS, ContactFacts
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.wording import citation_words

RULES_SHOWN = 6
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
        return {"amend": self._amend, "unhear_": self._unhear, "recheck": self._recheck}

    async def _check(self, request: TaskRequest) -> Said:
        story = request.answers.get("story", "")
        return self._checked(case_of(story), request)

    def _checked(self, story: Mapping[str, str], request: TaskRequest) -> Said:
        facts = heard_facts(self.checker, story, request.on)
        check = self.checker.evaluate(facts, request.on)
        reply = Reply(blocks=self._blocks(check), buttons=self._buttons(check))
        return Said(reply, with_story(request.conversation, story))

    async def _recheck(self, request: TaskRequest) -> Reply | Said:
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        return self._checked(story, request)

    async def _amend(self, request: TaskRequest) -> Reply:
        """Everything that was heard as a button that takes it back."""
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        labels = self.knowledge.labels
        facts = heard_facts(self.checker, story, request.on)
        buttons = [
            Button(labels["unhear"].format(fact=words), Choice(Verb.DEED, f"unhear_{name}"))
            for name, words in self._items(facts)
        ]
        again = Button(labels["tell_again"], Choice(Verb.TOOL, STORY_TOOL))
        done = Button(labels["recheck"], Choice(Verb.DEED, "recheck"))
        blocks = (*self._heard(facts), *self.pages.utterance("amend_story").blocks)
        return Reply(blocks=blocks, buttons=(*rows_of(buttons), (done, again)))

    async def _unhear(self, request: TaskRequest) -> Reply | Said:
        story = told_story(request.conversation)
        if story is None:
            return await self._amend(request)
        unheard = {*unheard_in(story), request.argument} & _TAKEN_BACK
        kept = {**story, UNHEARD: ",".join(sorted(unheard))}
        talk = with_story(request.conversation, kept)
        return Said(await self._amend(replace(request, conversation=talk)), talk)

    def correct(self, request: TaskRequest) -> Said | None:
        """Check once more with what was just written; None where it puts nothing right."""
        story, text = told_story(request.conversation), " ".join(request.text.split())
        if story is None or text.endswith(_QUESTION_ENDS):
            return None
        former = heard_facts(self.checker, story, request.on)
        newer = self.checker.check(text, request.on).facts
        denied = self.checker.reader.denied(text)
        is_correction = self.checker.reader.is_correction(text) and bool(newer.told or denied)
        if not is_correction and (former.is_told or not newer.is_told):
            return None
        replaced = former.told & newer.told & {"time", "count"}
        case = case_of(
            story["story"],
            (unheard_in(story) - newer.told) | denied & _TAKEN_BACK,
            "\n".join(filter(None, (story.get(MORE), text))),
            is_replaced=is_wrong(story) or bool(replaced),
        )
        return self._checked(case, request)

    def _items(self, facts: ContactFacts) -> list[tuple[str, str]]:
        """Each thing that was heard, by its name in `ContactFacts.without`, in words."""
        labels, words = self.knowledge.labels, self.checker.conduct.words.labels
        items = [
            ("time", "、".join(facts.time)),
            ("count", _count(facts, words)),
            *((f"contacted_{each}", words.get(each, each)) for each in facts.contacted),
            *((f"act_{each}", labels[f"act_{each}"]) for each in (*facts.acts, *facts.signs)),
            ("lender", facts.lender or ""),
            ("channel", words.get(facts.channel, "") if facts.channel else ""),
        ]
        return [(name, told) for name, told in items if told]

    def _blocks(self, check: CallCheck) -> tuple[Block, ...]:
        labels = self.knowledge.labels
        words = self.checker.conduct.words
        blocks: list[Block] = []
        if check.urgent:
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(words.urgent, Style.STRONG),)))
        blocks += [heading(labels["heard"]), *self._heard(check.facts)]
        if not check.urgent or check.rules:
            blocks.append(paragraph(check.words if not check.urgent else words.touched))
        for rule in check.rules[:RULES_SHOWN]:
            blocks += self._rule(rule)
        if len(check.rules) > RULES_SHOWN:
            rest = check.rules[RULES_SHOWN:]
            titles = "、".join(rule.title for rule in rest)
            blocks.append(paragraph(labels["more_rules"].format(titles=titles)))
        if check.evidence:
            blocks.append(heading(labels["keep_evidence"]))
            blocks += [Block(BlockKind.BULLET, (Span(each),)) for each in check.evidence]
        return tuple(blocks)

    def _heard(self, facts: ContactFacts) -> list[Block]:
        """What was understood, a line each; what was not told is left out."""
        labels, words = self.knowledge.labels, self.checker.conduct.words.labels
        if not facts.is_told:
            return [paragraph(labels["heard_nothing"])]
        told = {
            "time": "、".join(facts.time) or (words["no_time"] if facts.night else ""),
            "count": _count(facts, words),
            "contacted": "、".join(words.get(each, each) for each in facts.contacted),
            "acts": "、".join(labels[f"act_{each}"] for each in (*facts.acts, *facts.signs)),
            "lender": facts.lender or "",
            "channel": words.get(facts.channel, "") if facts.channel else "",
        }
        return [
            Block(
                BlockKind.BULLET, (Span(f"{labels[f'fact_{name}']}：", Style.STRONG), Span(value))
            )
            for name, value in told.items()
            if value.strip()
        ]

    def _rule(self, rule: TouchedRule) -> list[Block]:
        labels = self.knowledge.labels
        source = citation_words(self.knowledge, rule.source)
        lines = [heading(rule.title), paragraph(rule.because)]
        if rule.missing:
            lines.append(paragraph(labels["still_missing"] + "；".join(rule.missing)))
        lines.append(Block(BlockKind.PARAGRAPH, (Span(source, Style.EMPHASIS),)))
        return lines

    def _buttons(self, check: CallCheck) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        review = Button(labels["correct_story"], Choice(Verb.DEED, "amend"))
        steps = self.pages.topic_buttons([each for each in check.next if self.pages.has(each)])
        if check.clean:
            return (*rows_of(steps), (review, self.pages.menu_button()))
        letter = Button(labels["write_complaint"], Choice(Verb.TOOL, self.complaint_letter))
        record = Button(labels["record_it"], Choice(Verb.TOOL, "log_contact"))
        taken = {"log_contact"}
        more = self.pages.topic_buttons(
            [each for each in check.next if self.pages.has(each) and each not in taken][:4]
        )
        return ((letter, record), *rows_of(more), (review, self.pages.menu_button()))


def _count(facts: ContactFacts, words: Mapping[str, str]) -> str:
    if facts.count is None:
        return ""
    name = "count_day" if facts.per == "day" else "count_week" if facts.per == "week" else "count"
    if facts.per is None and facts.days:
        name = "count_days"
    return words[name].format(n=facts.count, days=facts.days).strip()

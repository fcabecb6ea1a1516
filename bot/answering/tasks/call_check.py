"""Checks a told call: what was understood, the rules it may touch, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answering.call_check import CallChecker
from bot.answering.layers import LAYER_LIMIT
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
from bot.concepts.reply import (
    Block,
    BlockKind,
    Button,
    Reply,
    Span,
    Style,
    heading,
    paragraph,
    shown_length,
)
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.wording import citation_words, label_of

RULES_NAMED = 3
"""How many of the rules are named in the first reply."""
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
        return {
            "amend": self._amend,
            "unhear_": self._unhear,
            "recheck": self._recheck,
            "rules_": self._show_rules,
        }

    async def _check(self, request: TaskRequest) -> Said:
        story = request.answers.get("story", "")
        return self._checked(case_of(story), request)

    def _checked(self, story: Mapping[str, str], request: TaskRequest) -> Said:
        facts = heard_facts(self.checker, story, request.on)
        check = self.checker.evaluate(facts, request.on)
        reply = Reply(blocks=self._blocks(check), buttons=self._buttons(check))
        talk = with_story(request.conversation, story)
        topics = [each for each in check.next if self.pages.has_answer(each)]
        return Said(reply, replace(talk, topic=topics[0] if topics else talk.topic))

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
        """What was heard, which rules it may touch by name and rank, and one thing to do."""
        labels, words = self.knowledge.labels, self.checker.conduct.words
        blocks: list[Block] = []
        if check.urgent:
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(words.urgent, Style.STRONG),)))
        told = "；".join(block.text for block in self._heard(check.facts))
        blocks.append(paragraph(labels["heard_all"].format(told=told)))
        if check.rules:
            blocks.append(paragraph(self._touched(check.rules)))
        elif not check.urgent:
            blocks.append(paragraph(check.words))
        if check.evidence:
            blocks.append(paragraph(labels["keep_first"].format(evidence=check.evidence[-1])))
        return tuple(blocks)

    def _touched(self, rules: tuple[TouchedRule, ...]) -> str:
        """The weightiest rules by name and rank, and how many more there are."""
        labels = self.knowledge.labels
        shown = rules[:RULES_NAMED]
        named = "、".join(
            labels["rule_named"].format(
                title=rule.title, rank=label_of(self.knowledge, "binding", rule.binding.value)
            )
            for rule in shown
        )
        more = len(rules) - len(shown)
        name = "touched_more" if more else "touched_all"
        return labels[name].format(rules=named, more=more)

    async def _show_rules(self, request: TaskRequest) -> Reply:
        """The rules one after another, each with why, what is open, and its source."""
        story = told_story(request.conversation)
        if story is None:
            return self.pages.utterance("stale_button")
        facts = heard_facts(self.checker, story, request.on)
        check = self.checker.evaluate(facts, request.on)
        start = int(request.argument)
        if not 0 <= start < len(check.rules):
            return self.pages.utterance("stale_button")
        blocks: list[Block] = []
        shown = 0
        for rule in check.rules[start:]:
            told = self._rule(rule)
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
        rules = Button(labels["show_rules"], Choice(Verb.DEED, "rules_0"))
        return ((rules, self._letter_button()), (self._record_button(), review))

    def _letter_button(self) -> Button:
        label = self.knowledge.labels["write_complaint"]
        return Button(label, Choice(Verb.TOOL, self.complaint_letter))

    def _record_button(self) -> Button:
        return Button(self.knowledge.labels["record_it"], Choice(Verb.TOOL, "log_contact"))


def _count(facts: ContactFacts, words: Mapping[str, str]) -> str:
    if facts.count is None:
        return ""
    name = "count_day" if facts.per == "day" else "count_week" if facts.per == "week" else "count"
    if facts.per is None and facts.days:
        name = "count_days"
    return words[name].format(n=facts.count, days=facts.days).strip()

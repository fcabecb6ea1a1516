"""The words of a checked call: what was heard, which rules it may touch, one rule in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.concepts.call_check import CallCheck, TouchedRule
from bot.concepts.conduct import CheckWords
from bot.concepts.facts import ContactFacts
from bot.concepts.reply import Block, BlockKind, Span, Style, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.wording import citation_words, label_of

RULES_NAMED = 3
"""How many of the rules are named in the first reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCheckWords:
    """Puts facts and touched rules into blocks; `words` are those of call_check.yml."""

    knowledge: KnowledgeBase
    words: CheckWords

    def items(self, facts: ContactFacts) -> list[tuple[str, str]]:
        """Each thing that was heard, by its name in `ContactFacts.without`, in words."""
        labels, words = self.knowledge.labels, self.words.labels
        items = [
            ("time", "、".join(facts.time)),
            ("count", _count(facts, words)),
            *((f"contacted_{each}", words.get(each, each)) for each in facts.contacted),
            *((f"act_{each}", labels[f"act_{each}"]) for each in (*facts.acts, *facts.signs)),
            ("lender", facts.lender or ""),
            ("channel", words.get(facts.channel, "") if facts.channel else ""),
        ]
        return [(name, told) for name, told in items if told]

    def blocks(self, check: CallCheck) -> tuple[Block, ...]:
        """What was heard, which rules it may touch by name and rank, and one thing to do."""
        labels, words = self.knowledge.labels, self.words
        blocks: list[Block] = []
        if check.urgent:
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(words.urgent, Style.STRONG),)))
        told = "；".join(block.text for block in self.heard(check.facts))
        is_told = check.facts.is_told
        blocks.append(paragraph(labels["heard_all"].format(told=told) if is_told else told))
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

    def heard(self, facts: ContactFacts) -> list[Block]:
        """What was understood, a line each; what was not told is left out."""
        labels, words = self.knowledge.labels, self.words.labels
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

    def rule(self, rule: TouchedRule) -> list[Block]:
        """One rule with why it may apply, what is open, and its source."""
        labels = self.knowledge.labels
        source = citation_words(self.knowledge, rule.source)
        lines = [heading(rule.title), paragraph(rule.because)]
        if rule.missing:
            lines.append(paragraph(labels["still_missing"] + "；".join(rule.missing)))
        lines.append(Block(BlockKind.PARAGRAPH, (Span(source, Style.EMPHASIS),)))
        return lines


def _count(facts: ContactFacts, words: Mapping[str, str]) -> str:
    if facts.count is None:
        return ""
    name = "count_day" if facts.per == "day" else "count_week" if facts.per == "week" else "count"
    if facts.per is None and facts.days:
        name = "count_days"
    return words[name].format(n=facts.count, days=facts.days).strip()

"""What is said of a topic in a talk: the first layer, deeper ones, and never the same again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.layers import FIRST, FIRST_LIMIT, FULL, HOW, LAYER_LIMIT, Known, Layer, cut
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Said
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.passages import KINDS
from bot.concepts.reply import Block, Button, Matter, Reply, paragraph, shown_length
from bot.knowledge.base import Answer, KnowledgeBase
from bot.knowledge.letter_of import letter_of
from bot.knowledge.marks import TOLD_SUMS
from bot.knowledge.standing import STANDING

_OFFERED_BELOW_FIRST = ("how", "fails", "full")
_OFFERED_AT_MOST = 4
_REST = "rest"
_SIMPLER = "simpler"
"""The side of a matter for who did not understand what was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReplies:
    """Answers in the words that fit the case, with two to four buttons below."""

    pages: Pages
    knowledge: KnowledgeBase

    def first(
        self, topic: str, talk: Conversation, on: date, arguments: Mapping[str, object]
    ) -> Said:
        """The first layer; shorter for who has read it; for another case where one is named."""
        answer = self.knowledge.answers[topic]
        layers = self.pages.layers
        known = known_of(talk)
        if (other := arguments.get("other")) is not None and isinstance(other, Mapping):
            return self._other_case(answer, {**known, **other}, known, talk, on)
        if arguments.get("is_shorter"):
            aspect = str(arguments["aspect"]) if "aspect" in arguments else None
            return self._again(answer, known, talk, on, aspect)
        # Below the last day of one's own paper that sentence waits for the next topic.
        stood = talk if arguments.get("is_dated") else self._having_stood(answer, talk)
        layer = layers.first(answer, known, on, has_stood=stood is talk)
        said = self._said(answer, FIRST, layer, stood)
        others = arguments.get("others")
        return said if not isinstance(others, list) else self._guessed(answer, said, others)

    def leads_to(self, talk: Conversation, tool: str) -> bool:
        """Whether the topic in hand offers a letter by itself."""
        answer = self.knowledge.answers.get(talk.topic or "")
        return answer is not None and letter_of(answer, talk.case) == tool

    def layer(
        self, topic: str, talk: Conversation, on: date, arguments: Mapping[str, object]
    ) -> Said:
        """A deeper layer by its name, or what is said to a question that is asked next."""
        answer = self.knowledge.answers[topic]
        name, known = str(arguments["layer"]), known_of(talk)
        entry = arguments.get("entry")
        if name == FULL:
            return self._full(answer, known, talk, on)
        if name == "more":
            return self._more(answer, known, talk, on)
        if isinstance(entry, int) and entry < len(answer.follow_ups):
            if arguments.get("is_asked") and talk.has_shown(answer.id, f"{name}_{entry}"):
                return self._said_again(answer, name, entry, talk, on)
            entry = self._unsaid(answer, name, entry, talk)
            if talk.has_shown(answer.id, f"{name}_{entry}"):
                return self._more(answer, known, talk, on)
            layer = self.pages.layers.follow_up(answer.follow_ups[entry], known, on)
            layer, talk = self._with_standing(answer, layer, talk, on)
            return self._said(answer, f"{name}_{entry}", layer, talk, aspect=name)
        is_rest = name.endswith(f"_{_REST}")
        own = name.removesuffix(f"_{_REST}")
        found = self.pages.layers.layer(answer, own, known, on)
        if found is None:
            return self._no_word(answer, own, talk)
        if is_rest:
            found = replace(found, blocks=cut(found.blocks, LAYER_LIMIT)[1])
        found, talk = self._with_standing(answer, found, talk, on)
        return self._said(answer, name, found, talk, aspect=own)

    def _with_standing(
        self, answer: Answer, layer: Layer, talk: Conversation, on: date
    ) -> tuple[Layer, Conversation]:
        """A layer with the sentence for who somebody is and how far it has come, said once.

        It waits for the next layer where this one leaves no room for it.
        """
        stood = self._having_stood(answer, talk)
        if stood is talk:
            return layer, talk
        blocks = (*layer.blocks, *self.pages.layers.standing(answer, layer, known_of(talk), on))
        if shown_length(blocks) > LAYER_LIMIT:
            return layer, talk
        return replace(layer, blocks=blocks), stood

    def _having_stood(self, answer: Answer, talk: Conversation) -> Conversation:
        """The same talk where there is no such sentence, or it was said before."""
        place = self.knowledge.standing.place_for(answer.id, known_of(talk))
        if place is None or talk.has_shown(STANDING, str(place)):
            return talk
        return talk.having_shown(STANDING, str(place))

    def _said_again(
        self, answer: Answer, aspect: str, entry: int, talk: Conversation, on: date
    ) -> Said:
        """What was said before and is asked for once more: better than what is beside it."""
        layer = self.pages.layers.follow_up(answer.follow_ups[entry], known_of(talk), on)
        opening = self.pages.utterance("said_before").blocks
        again = replace(layer, blocks=(*opening, *layer.blocks))
        return self._said(answer, f"{aspect}_{entry}", again, talk, aspect=aspect)

    def _unsaid(self, answer: Answer, aspect: str, entry: int, talk: Conversation) -> int:
        """The entry, or where it was said before another of its aspect that was not."""
        others = [
            number
            for number, each in enumerate(answer.follow_ups)
            if each.aspect == aspect and each.says
        ]
        fresh = (
            each for each in (entry, *others) if not talk.has_shown(answer.id, f"{aspect}_{each}")
        )
        return next(fresh, entry)

    def _guessed(self, answer: Answer, said: Said, others: Sequence[object]) -> Said:
        """What was heard, in a word, and what else it may have been."""
        opening = self.pages.utterance("guessed", title=answer.button).blocks
        buttons = self.pages.topic_buttons([str(each) for each in others][:2])
        reply = replace(
            said.reply,
            blocks=(*opening, *said.reply.blocks),
            buttons=(*said.reply.buttons[:1], *rows_of(buttons)),
        )
        return Said(reply, said.conversation)

    def _said(
        self,
        answer: Answer,
        name: str,
        layer: Layer,
        talk: Conversation,
        aspect: str | None = None,
    ) -> Said:
        """A layer with the question that it asks, and the ways on."""
        limit = FIRST_LIMIT if name == FIRST else LAYER_LIMIT
        shown, rest = cut(layer.blocks, limit)
        seen = talk.having_shown(answer.id, name)
        blocks: tuple[Block, ...] = shown
        asks = layer.asks if layer.asks and not known_of(talk).get(layer.asks) else None
        rows: list[tuple[Button, ...]] = []
        if asks is not None:
            blocks = (*shown, paragraph(self.knowledge.parts.asks[asks]))
            rows += rows_of(self._fact_buttons(asks))
        if rest and name != FIRST and not name.endswith(_REST):
            more = Choice(Verb.LAYER, f"{answer.id}__{name}_{_REST}")
            rows.append((Button(self.knowledge.labels["layer_rest"], more),))
        room = _OFFERED_AT_MOST - sum(map(len, rows)) if asks is None else 2
        rows += rows_of(self._ways_on(answer, seen, aspect)[: max(room, 1)])
        reply = Reply(blocks=blocks, buttons=tuple(rows), about=Matter(answer.id, aspect))
        return Said(reply, replace(seen, asked=asks))

    def _again(
        self, answer: Answer, known: Known, talk: Conversation, on: date, aspect: str | None
    ) -> Said:
        """The same in fewer words, or but its first sentence; what was not said is offered."""
        if aspect == _SIMPLER and talk.has_shown(answer.id, _SIMPLER):
            return self._plainest(answer, known, talk, on)
        talk = talk.having_shown(answer.id, _SIMPLER) if aspect == _SIMPLER else talk
        layer = self.pages.layers.again(answer, known, on)
        layer, talk = self._with_standing(answer, layer, talk, on)
        return self._said(answer, FIRST, replace(layer, asks=None), talk, aspect)

    def _plainest(self, answer: Answer, known: Known, talk: Conversation, on: date) -> Said:
        """To who did not understand the short form either: one sentence, and whom to ask."""
        first = self.pages.layers.again(answer, known, on).blocks[0].text
        sentence, mark, _ = first.partition("。")
        asks = self.pages.utterance("which_word").blocks
        layer = Layer(blocks=(paragraph(sentence + mark), *asks))
        return self._said(answer, FIRST, layer, talk, _SIMPLER)

    def _other_case(
        self, answer: Answer, other: Known, known: Known, talk: Conversation, on: date
    ) -> Said:
        """The first layer for another product or person; where nothing differs, so it is said."""
        layers = self.pages.layers
        layer, usual = layers.first(answer, other, on), layers.first(answer, known, on)
        if layer.blocks == usual.blocks and talk.has_shown(answer.id, FIRST):
            same = self.pages.utterance("same_in_other_case").blocks
            short = layers.again(answer, other, on).blocks
            layer = Layer(blocks=(*same, *short))
        return self._said(answer, FIRST, replace(layer, asks=None), talk, aspect="other_case")

    def _full(self, answer: Answer, known: Known, talk: Conversation, on: date) -> Said:
        reply = self.pages.answer(answer.id, on, known)
        said = replace(reply, about=Matter(answer.id, FULL))
        return Said(said, talk.having_shown(answer.id, FULL))

    def _more(self, answer: Answer, known: Known, talk: Conversation, on: date) -> Said:
        """The next layer that was not said yet."""
        left = [
            name
            for name in self.pages.layers.names(answer)
            if not talk.has_shown(answer.id, name) and name != FULL
        ]
        for name in left:
            if (layer := self.pages.layers.layer(answer, name, known, on)) is not None:
                layer, talk = self._with_standing(answer, layer, talk, on)
                more = self._said(answer, name, layer, talk, aspect=name)
                return replace(more, reply=replace(more.reply, about=Matter(answer.id, "more")))
        said = self.pages.utterance("nothing_more")
        buttons = rows_of(self.pages.topic_buttons(answer.related))
        return Said(Reply(blocks=said.blocks, buttons=buttons, about=Matter(answer.id)), talk)

    def _no_word(self, answer: Answer, aspect: str, talk: Conversation) -> Said:
        """That nothing is known of this side of the matter, and who would know."""
        said = self.pages.utterance("no_word_on_aspect")
        buttons = rows_of(self._ways_on(answer, talk, aspect)[:_OFFERED_AT_MOST])
        about = Matter(answer.id, aspect)
        return Said(Reply(blocks=said.blocks, buttons=buttons, about=about), talk)

    def _fact_buttons(self, kind: str) -> list[Button]:
        return [
            Button(label, Choice(Verb.FACT, f"{kind}_{value}"))
            for value, label in self.knowledge.parts.choices[kind].items()
        ]

    def _ways_on(self, answer: Answer, talk: Conversation, aspect: str | None) -> Sequence[Button]:
        """What was not said yet, and the first thing to do."""
        names = self.pages.layers.names(answer)
        wanted = _OFFERED_BELOW_FIRST if aspect is None else (HOW, "say", "fails", "why", FULL)
        unseen = [
            each
            for each in wanted
            if each in names and each != aspect and not self._was_shown(answer, each, talk)
        ]
        buttons = [self.pages.layer_button(answer.id, each) for each in unseen]
        return [*buttons[:2], *self._to_do(answer, talk), *buttons[2:]]

    def _to_do(self, answer: Answer, talk: Conversation) -> Sequence[Button]:
        """The letter of the matter, else what it leads to first."""
        letter = letter_of(answer, talk.case)
        if letter is None:
            return self.pages.topic_buttons([*answer.related][:1])
        return [Button(self.knowledge.labels["write_it"], Choice(Verb.TOOL, letter))]

    def _was_shown(self, answer: Answer, name: str, talk: Conversation) -> bool:
        return any(
            each == f"{answer.id}__{name}" or each.startswith(f"{answer.id}__{name}_")
            for each in talk.shown
        )


def known_of(talk: Conversation) -> Known:
    """What is known of the case, for its words; sums in yuan."""
    case = talk.case
    sums = {name: getattr(case, name) for name in TOLD_SUMS}
    return {
        **{kind: getattr(case, kind) for kind in KINDS},
        **{name: None if value is None else f"{value:,}" for name, value in sums.items()},
    }

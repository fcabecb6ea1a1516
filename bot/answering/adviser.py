"""One reply to one message, in the bot and in Rasa's shell alike: danger, talk, words, voice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.composer import Composer, Situation, join
from bot.answering.misses import Misses, with_question
from bot.answering.pages import Pages
from bot.answering.tasking import Said
from bot.answering.tasks.call_check import CORRECTED_AFTER, CallCheckTask
from bot.answering.voice import in_voice, is_foreign, is_traditional
from bot.concepts.conversation import Conversation
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.reply import Block, BlockKind, Reply, Span, Style
from bot.dialogue.offered import offered_by
from bot.dialogue.step import Heard
from bot.dialogue.talk import Dialogue

_NO = "deny"
Warn = Callable[[str, date], str | None]
"""The words to begin with where a text tells of violence that goes on now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """Joins the dialogue, which decides, with the composer, which finds the words."""

    dialogue: Dialogue
    composer: Composer
    call_check: CallCheckTask
    pages: Pages
    warn: Warn
    misses: Misses

    async def reply(
        self, heard: Heard, talk: Conversation, situation: Situation, danger: Danger | None
    ) -> Said:
        """The reply, and the conversation after it. Strong danger comes before everything."""
        talk = _in_script(talk.taking_up(heard.text), heard)
        if heard.meaning is not None:
            situation = replace(situation, heard=heard.meaning.heard)
        is_strong = danger is not None and danger.level is DangerLevel.STRONG
        if danger is not None and is_strong and not self._is_calm(danger, heard, talk):
            card = self.pages.crisis(replace(danger, is_again=talk.is_in_danger))
            return self._spoken(Said(card, talk.after_card()), heard)
        if heard.choice is None and not heard.handed_on and is_foreign(heard.text):
            return self._spoken(Said(self.pages.english(heard.text, heard.on), talk), heard)
        said = self._corrected(heard, talk, situation)
        if said is None:
            step = self.dialogue.next(heard, talk)
            said = await self.composer.compose(step, situation)
            said = replace(said, conversation=with_question(said.conversation, step, heard))
            await self.misses.look(heard, talk, step, situation)
        await self.misses.corrected(talk, said.conversation, situation)
        reply = said.reply if heard.choice is not None else self._with_warning(said.reply, heard)
        if danger is not None and not is_strong:
            reply = self._with_card(reply, danger)
            is_after = not danger.is_quoted
            said = replace(said, conversation=replace(said.conversation, is_after_card=is_after))
        return self._spoken(Said(reply, said.conversation), heard)

    def _is_calm(self, danger: Danger, heard: Heard, talk: Conversation) -> bool:
        """Whether somebody is with them, it is taken back, or a figure is put right: 三百五可以.

        Only where the model alone hears danger: what words show is never overruled.
        """
        is_calm = self.dialogue.is_calm_again(heard, talk) or self.dialogue.puts_right(heard, talk)
        return danger.is_by_model and is_calm

    def _corrected(self, heard: Heard, talk: Conversation, situation: Situation) -> Said | None:
        """What was written below a checked story may put it right; a paper is not about it."""
        offers = {choice for _, choice in talk.offered}
        if heard.choice is not None or heard.is_public or heard.handed_on:
            return None
        if not any(str(choice) in offers for choice in CORRECTED_AFTER):
            return None
        request, meaning = situation.request(talk, {}), heard.meaning
        is_no = meaning is not None and meaning.accepted and meaning.topic == _NO
        return self.call_check.correct(request, is_no=is_no)

    def _with_card(self, reply: Reply, danger: Danger) -> Reply:
        """The gentle card, unless the answer is a card; below the verdict on a quoting paper."""
        strong = replace(danger, level=DangerLevel.STRONG)
        for worse in (strong, replace(strong, is_again=True)):
            card = self.pages.crisis(worse).blocks
            if reply.blocks[: len(card)] == card:
                return reply
        gentle = self.pages.crisis(danger)
        return join([reply, gentle] if danger.is_quoted else [gentle, reply])

    def _with_warning(self, reply: Reply, heard: Heard) -> Reply:
        """The police number before all else where violence is told that goes on now."""
        words = self.warn(heard.text, heard.on)
        if words is None or any(block.text == words for block in reply.blocks):
            return reply
        warning = Block(BlockKind.PARAGRAPH, (Span(words, Style.STRONG),))
        # On a paper the verdict comes first: its words may be an empty threat.
        rest = reply.blocks
        return replace(reply, blocks=(*rest, warning) if heard.handed_on else (warning, *rest))

    def _spoken(self, said: Said, heard: Heard) -> Said:
        """In the person's voice; the buttons below it are remembered."""
        reply = in_voice(said.reply, said.conversation)
        talk = said.conversation
        if not heard.is_public:
            talk = replace(talk, offered=offered_by(reply))
        return Said(reply, talk)


def _in_script(talk: Conversation, heard: Heard) -> Conversation:
    """Who writes in one script is answered in it."""
    if heard.choice is not None:
        return talk
    script = is_traditional(heard.text)
    return talk if script is None else replace(talk, is_traditional=script)

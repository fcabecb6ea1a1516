"""Writes letters: first in the chat, then as files, with where to send them and what to keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answering.letters import LetterWriter, WrittenLetter
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Draft
from bot.concepts.reply import Block, BlockKind, Button, Document, Reply, Span, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.letters import Letter
from bot.knowledge.tools import LETTER_TASK, Tool
from bot.knowledge.wording import put_into_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTask:
    """The handler of `write_letter`, and the blank preview of a letter."""

    pages: Pages
    knowledge: KnowledgeBase
    letters: Mapping[str, Letter]
    writer: LetterWriter

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {LETTER_TASK: self._write}

    def preview(self, request: TaskRequest, tool: Tool) -> Reply:
        """When to use a letter, what it does not do, and how it looks."""
        letter = self.letters.get(tool.id)
        if letter is None:
            return self.pages.utterance("no_preview")
        labels = self.knowledge.labels
        blank = self.writer.blank(letter, request.on)
        blocks = [heading(letter.title), paragraph(letter.purpose)]
        for label, lines in (
            ("letter_when", letter.when),
            ("letter_when_not", letter.when_not),
            ("letter_does_not", letter.does_not),
        ):
            blocks += [heading(labels[label]), *_bullets(lines)]
        blocks = [*put_into_words(self.knowledge, tuple(blocks), request.on)]
        blocks += [heading(labels["letter_preview"]), *_text_blocks(blank.text)]
        go_on = Button(labels["resume"], Choice(Verb.TOOL, letter.id))
        return Reply(blocks=tuple(blocks), buttons=((go_on, self.pages.menu_button()),))

    def time_warnings(self, tool: Tool, answers: Mapping[str, str], on: date) -> tuple[str, ...]:
        """That it may be too late for a letter, or too early; nothing for another tool."""
        letter = self.letters.get(tool.id)
        return () if letter is None else self.writer.time_warnings(letter, answers, on)

    async def _write(self, request: TaskRequest) -> Said:
        letter = self.letters[str(request.arguments["tool"])]
        # A skipped question has the answer "": it is blank in the letter, and not asked again.
        told = request.answers
        answers = {name: value for name, value in told.items() if value}
        written = self.writer.write(letter, answers, request.on)
        reply = Reply(
            blocks=put_into_words(self.knowledge, self._blocks(letter, written), request.on),
            buttons=self._buttons(letter),
            documents=(
                Document(written.file_name, written.docx),
                Document(
                    written.file_name.replace(".docx", ".txt"), written.text.encode("utf-8-sig")
                ),
            ),
        )
        written_from = Draft(tool=letter.id, answers=told, is_open=False)
        return Said(reply, request.conversation.with_draft(written_from))

    def _blocks(self, letter: Letter, written: WrittenLetter) -> tuple[Block, ...]:
        labels = self.knowledge.labels
        blocks = [heading(letter.title), *_text_blocks(written.text)]
        if written.warnings:
            blocks += [paragraph(f"⚠️ {warning}") for warning in written.warnings]
        if written.blanks:
            names = {question.id: question.label for question in letter.questions}
            missing = "、".join(names.get(each, each) for each in written.blanks)
            blocks.append(paragraph(labels["letter_blanks"].format(names=missing)))
        blocks.append(paragraph(labels["letter_by_hand"]))
        blocks += [heading(labels["letter_send_to"]), *_bullets(written.send_to)]
        blocks += [heading(labels["letter_proof"]), *_bullets(written.proof)]
        return tuple(blocks)

    def _buttons(self, letter: Letter) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        fix = Button(labels["control_review"], Choice(Verb.TOOL, letter.id))
        more = Button(labels["more_letters"], Choice(Verb.ANSWER, LETTER_TASK))
        next_steps = self.pages.topic_buttons(letter.next)
        return ((fix, more), *rows_of(next_steps), (self.pages.menu_button(),))


def _text_blocks(text: str) -> list[Block]:
    """The letter as a quotation, paragraph by paragraph, so that it can be copied."""
    return [
        Block(BlockKind.QUOTE, (Span(line.strip()),)) for line in text.splitlines() if line.strip()
    ]


def _bullets(lines: tuple[str, ...]) -> list[Block]:
    return [Block(BlockKind.BULLET, (Span(line),)) for line in lines]

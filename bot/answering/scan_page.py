"""What is said of what was read from a picture: its doubtful lines, or that it is no paper."""

from dataclasses import dataclass, replace

from bot.answering.pages import Pages
from bot.answering.paper_page import FIELDS, NOTE
from bot.concepts.paper_in_hand import PaperInHand, Scan
from bot.concepts.paper_reading import OTHER, PaperReading
from bot.concepts.paper_words import PaperWords
from bot.concepts.reply import Button, Reply, paragraph

_READ_AT_MOST, _LINE_AT_MOST = 40, 24
"""Characters that are shown of what was read, and of a doubtful line."""
_LINES_AT_MOST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPages:
    """Lays out what a reading of files adds to a paper."""

    pages: Pages
    words: PaperWords

    def is_nothing(self, reading: PaperReading) -> bool:
        """Whether it is of no known kind and nothing in it speaks against it."""
        return reading.kind == OTHER and all(each.is_for for each in reading.signals)

    def nothing(self, paper: PaperInHand) -> Reply:
        """One sentence with what was read, and what to do."""
        words = self.words.lines["not_a_paper"].format(
            read=_shortened(" ".join(paper.text.split()), _READ_AT_MOST)
        )
        row = (Button(self.words.lines["button_fields"], FIELDS), self.pages.menu_button())
        return Reply(blocks=(paragraph(words),), buttons=(row,))

    def beside(self, reply: Reply, paper: PaperInHand, scan: Scan) -> Reply:
        """With the lines that may be misread, and a button that keeps the fingerprint."""
        if any(button.choice == NOTE for row in reply.buttons for button in row):
            buttons = reply.buttons
        else:
            keep = Button(self.words.lines["button_keep"], NOTE)
            buttons = (*reply.buttons, (keep,))
        lines = paper.text.split("\n")
        doubted = [each for each in scan.doubted if each <= len(lines)][:_LINES_AT_MOST]
        if not doubted:
            return replace(reply, buttons=buttons)
        shown = "，".join(
            self.words.lines["doubted_line"].format(
                number=each, text=_shortened(lines[each - 1], _LINE_AT_MOST)
            )
            for each in doubted
        )
        said = self.words.lines["doubted"].format(lines=shown, number=doubted[0])
        return replace(reply, blocks=(*reply.blocks, paragraph(said)), buttons=buttons)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"

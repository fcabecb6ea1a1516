"""From a topic's Markdown file to its Answer, noting every fault on the way."""

import re
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from bot.concepts.citation import ArticleId
from bot.concepts.passages import Passages
from bot.knowledge.base import Answer, FollowUp, Review
from bot.knowledge.folder_reader import FolderReader
from bot.knowledge.follow_up_reader import read_follow_ups
from bot.knowledge.markdown_reader import Section, read_sections
from bot.knowledge.part_names import NO_PARTS, PartNames
from bot.knowledge.passage_reader import part_names, read_passages
from bot.knowledge.yaml_reader import read_yaml

SECTIONS = ("简答", "怎么做", "可以这样说", "注意", "接着会问", "大家这样问")
OPTIONAL_SECTION = "可以这样说"
_FOLLOW_UPS = "接着会问"
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
"""What a button can carry."""
_BAD_NAME = (
    "文件名只用小写英文、数字和下划线，最多 60 个，以英文开头。是编辑时留下的副本，就移到别处。"
)


class AnswerReader(FolderReader):
    """Reads the files of topics/."""

    @cached_property
    def parts(self) -> PartNames:
        """What the marks of parts may say."""
        data, _ = self.yaml("parts.yml", "parts")
        return NO_PARTS if data is None else part_names(data)

    def answer(self, topic: str, file: str) -> Answer | None:
        """One topic's page: front matter and its sections."""
        if not _ID.fullmatch(topic):
            self.fault(file, 0, _BAD_NAME)
            return None  # A copy beside its original: nothing that it says is to be compared.
        if not (text := self.text(file).replace("\r\n", "\n")):
            return None
        opening = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
        if opening is None:
            self.fault(file, 1, "开头要有夹在两行 --- 之间的说明（title、button 等）。")
            return None
        data, _, faults = read_yaml(opening[1], file, "front_matter", first_line=2)
        self.faults += faults
        first_line = text[: opening.end()].count("\n") + 1
        sections, faults = read_sections(text[opening.end() :], file, first_line)
        self.faults += faults
        parts = self._sections(file, sections)
        if data is None or parts is None or self.parts is NO_PARTS:
            return None  # Without parts.yml, whose fault is told there, no 〔…〕 means anything.
        return Answer(
            id=topic,
            title=data["title"],
            button=data["button"],
            laws=tuple(ArticleId.parse(each) for each in data["laws"]),
            related=tuple(data["related"]),
            letter=data.get("letter"),
            letter_at=dict(data.get("letter_at", {})),
            deadline=data.get("deadline"),
            review=review_of(data),
            short=self._passages(file, parts["简答"]),
            steps=self._passages(file, parts["怎么做"]),
            sayings=self._passages(file, parts.get("可以这样说")),
            cautions=self._passages(file, parts["注意"]),
            follow_ups=self._follow_ups(file, sections),
            examples=tuple(block.text for block in parts["大家这样问"].blocks),
        )

    def _passages(self, file: str, section: Section | None) -> Passages:
        """The blocks of a section with whom they fit."""
        if section is None:
            return ()
        passages, problems = read_passages(section.blocks, self.parts)
        for problem in problems:
            self.fault(file, section.line, problem)
        return passages

    def _follow_ups(self, file: str, sections: list[Section]) -> tuple[FollowUp, ...]:
        """What stands under 接着会问; small headings belong nowhere else."""
        entries, above = [], ""
        for section in sections:
            if section.level == 2:
                above = section.title
            elif above == _FOLLOW_UPS:
                entries.append(section)
            else:
                self.fault(file, section.line, "三个井号的小标题只用在“接着会问”里。")
        return read_follow_ups(entries, self.parts, partial(self.fault, file))

    def _sections(self, file: str, read: list[Section]) -> dict[str, Section] | None:
        """The sections by name; None, with faults, when one is missing or out of order."""
        sections = [section for section in read if section.level == 2]
        titles = [section.title for section in sections if section.title or section.blocks]
        wanted = [name for name in SECTIONS if name in titles or name != OPTIONAL_SECTION]
        if titles != wanted:
            message = f"小节应当依次是 {'、'.join(wanted)}；现在是 {'、'.join(titles) or '空的'}。"
            self.fault(file, 0, message)
            return None
        for section in sections:
            if section.title and not section.blocks and section.title != _FOLLOW_UPS:
                self.fault(file, section.line, f"“{section.title}”是空的，请写上内容。")
        return {section.title: section for section in sections}


def review_of(data: Mapping[str, Any]) -> Review:
    """When a file was read last, and by when again."""
    return Review(data["reviewed_on"], data["review_by"])

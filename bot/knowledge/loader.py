"""From the folder knowledge/ to a KnowledgeBase, noting every fault on the way."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId
from bot.concepts.danger import DangerPatterns
from bot.concepts.passages import Passages
from bot.knowledge.base import (
    Answer,
    Contact,
    CrisisWords,
    EnglishCard,
    Figure,
    FigureValue,
    FollowUp,
    Forbidden,
    Group,
    KnowledgeBase,
    Law,
    Page,
    Review,
    Source,
    Task,
)
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.folder_reader import FolderReader
from bot.knowledge.follow_up_reader import read_follow_ups
from bot.knowledge.law_reader import law_of, sources_of
from bot.knowledge.markdown_reader import Section, read_sections
from bot.knowledge.part_names import NO_PARTS, PartNames
from bot.knowledge.passage_reader import part_names, read_passages
from bot.knowledge.yaml_reader import Path as YamlPath
from bot.knowledge.yaml_reader import read_yaml

SECTIONS = ("简答", "怎么做", "可以这样说", "注意", "接着会问", "大家这样问")
OPTIONAL_SECTION = "可以这样说"
_FOLLOW_UPS = "接着会问"


def load_knowledge(folder: Path) -> KnowledgeBase:
    """Read the folder; KnowledgeError with every fault when it cannot be used."""
    knowledge, faults = read_knowledge(folder)
    raise_if_any(faults)
    return knowledge


def read_knowledge(folder: Path) -> tuple[KnowledgeBase, list[Fault]]:
    """Read what can be read, and say what cannot: files with faults are left out."""
    reader = _Reader(folder)
    knowledge = KnowledgeBase(
        laws=reader.each("laws/*.yml", reader.law),
        sources=reader.sources("sources.yml"),
        figures=reader.each("figures/*.yml", reader.figure),
        answers=reader.each("topics/*.md", reader.answer),
        talk=reader.pages("talk.yml", "talk"),
        tasks=reader.tasks("tasks.yml"),
        utterances=reader.pages("utterances.yml", "utterances"),
        labels=reader.labels("utterances.yml"),
        contacts=reader.contacts("contacts.yml"),
        crisis=reader.crisis("crisis.yml"),
        menu=reader.menu("menu.yml"),
        differences=reader.differences("differences.yml"),
        parts=reader.parts,
        english=reader.english("english.yml"),
        forbidden=reader.forbidden("forbidden.yml"),
        texts=reader.texts,
    )
    return knowledge, reader.faults


def load_tasks(folder: Path) -> Mapping[str, Task]:
    """The tasks alone; KnowledgeError when they cannot be used."""
    reader = _Reader(folder)
    tasks = reader.tasks("tasks.yml")
    raise_if_any(reader.faults)
    return tasks


class _Reader(FolderReader):
    """What each kind of file holds."""

    @cached_property
    def parts(self) -> PartNames:
        """What the marks of parts may say."""
        data, _ = self.yaml("parts.yml", "parts")
        return NO_PARTS if data is None else part_names(data)

    def law(self, law_id: str, file: str) -> Law | None:
        """One law with its cited articles."""
        data, lines = self.yaml(file, "law")
        if data is None:
            return None
        for name, entry in data["articles"].items():
            if entry["quotable"] != ("text" in entry):
                message = "可引用（quotable: true）的条文要有原文 text；不可引用的不要写 text。"
                self.fault(file, lines["articles", name], message)
        return law_of(law_id, data)

    def sources(self, file: str) -> dict[str, Source]:
        """What laws are compared with."""
        data, _ = self.yaml(file, "sources")
        return sources_of(data or {})

    def figure(self, figure_id: str, file: str) -> Figure | None:
        """One dated value with its history."""
        data, _ = self.yaml(file, "figure")
        if data is None:
            return None
        history = [
            FigureValue(date.fromisoformat(day), str(entry["value"]), _article(entry["source"]))
            for day, entry in data["values"].items()
        ]
        return Figure(
            id=figure_id,
            description=data["description"],
            history=tuple(sorted(history, key=lambda entry: entry.since)),
            review=_review(data),
        )

    def answer(self, topic: str, file: str) -> Answer | None:
        """One topic's page: front matter and its sections."""
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
        if data is None or parts is None:
            return None
        return Answer(
            id=topic,
            title=data["title"],
            button=data["button"],
            laws=tuple(_article(each) for each in data["laws"]),
            related=tuple(data["related"]),
            letter=data.get("letter"),
            deadline=data.get("deadline"),
            review=_review(data),
            short=self._passages(file, parts["简答"]),
            steps=self._passages(file, parts["怎么做"]),
            sayings=self._passages(file, parts.get("可以这样说")),
            cautions=self._passages(file, parts["注意"]),
            follow_ups=self._follow_ups(file, sections),
            examples=tuple(block.text for block in parts["大家这样问"].blocks),
        )

    def pages(self, file: str, schema: str) -> dict[str, Page]:
        """The pages of talk.yml or utterances.yml."""
        data, lines = self.yaml(file, schema)
        if data is None:
            return {}
        at: YamlPath = ("utterances",) if schema == "utterances" else ()
        entries = data["utterances"] if at else data
        return {
            name: Page(
                id=name,
                title=entry.get("title", name),
                says=self.blocks(entry["says"], file, lines[(*at, name, "says")]),
                next=tuple(entry.get("next", ())),
                examples=tuple(entry.get("asks", ())),
                deeds=tuple(entry.get("deeds", ())),
            )
            for name, entry in entries.items()
        }

    def tasks(self, file: str) -> dict[str, Task]:
        """What can be done, and how people ask for it."""
        data, _ = self.yaml(file, "tasks")
        return {
            name: Task(
                id=name,
                title=entry["title"],
                is_tool=entry["kind"] == "tool",
                examples=tuple(entry["asks"]),
            )
            for name, entry in (data or {}).items()
        }

    def labels(self, file: str) -> dict[str, str]:
        """The words on buttons and headings."""
        data, _ = self.yaml(file, "utterances")
        return {} if data is None else dict(data["labels"])

    def contacts(self, file: str) -> dict[str, Contact]:
        """Hotlines and offices, in order."""
        data, _ = self.yaml(file, "contacts")
        return {
            entry["id"]: Contact(
                **{key: entry.get(key) for key in ("number", "where", "caution")},
                **{key: entry[key] for key in ("id", "name", "not_for", "hours")},
                purpose=entry["for"],
                checked_on=entry["checked_on"],
                review_by=entry["review_by"],
            )
            for entry in data or []
        }

    def crisis(self, file: str) -> CrisisWords:
        """Words of danger and the cards to show."""
        data, lines = self.yaml(file, "crisis")
        data = data or {}
        compiled = {
            kind: tuple(
                pattern
                for index, entry in enumerate(data.get(kind, []))
                if (pattern := self.pattern(entry["pattern"], file, lines[kind, index]))
            )
            for kind in ("strong", "weak", "not_danger", "other_person")
        }
        cards: Mapping[str, Any] = data.get("cards", {})
        return CrisisWords(
            patterns=DangerPatterns(
                strong=compiled["strong"],
                weak=compiled["weak"],
                harmless=compiled["not_danger"],
                other_person=compiled["other_person"],
            ),
            cards={
                name: Page(
                    id=name,
                    title=name,
                    says=self.blocks(card["text"], file, lines["cards", name, "text"]),
                    next=tuple(card["buttons"]),
                )
                for name, card in cards.items()
            },
        )

    def menu(self, file: str) -> tuple[Group, ...]:
        """The groups of the menu, in order."""
        data, _ = self.yaml(file, "menu")
        return tuple(
            Group(entry["id"], entry["title"], tuple(entry["topics"])) for entry in data or []
        )

    def differences(self, file: str) -> dict[str, str]:
        """What each topic and task is about, in one plain line."""
        data, _ = self.yaml(file, "differences")
        return dict(data or {})

    def english(self, file: str) -> tuple[EnglishCard, ...]:
        """The cards for who writes English, in the order in which they are tried."""
        data, lines = self.yaml(file, "english")
        return tuple(
            EnglishCard(pattern, self.blocks(entry["says"], file, lines[index, "says"]))
            for index, entry in enumerate(data or [])
            if (pattern := self.pattern(f"(?i){entry['words']}", file, lines[index, "words"]))
        )

    def forbidden(self, file: str) -> tuple[Forbidden, ...]:
        """What must never be said."""
        data, lines = self.yaml(file, "forbidden")
        read = partial(self.pattern, file=file)
        return tuple(
            Forbidden(pattern, entry["why"])
            for index, entry in enumerate(data or [])
            if (pattern := read(entry["pattern"], line=lines[index,]))
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


def _article(text: str) -> ArticleId:
    return ArticleId.parse(text)


def _review(data: Mapping[str, Any]) -> Review:
    return Review(data["reviewed_on"], data["review_by"])

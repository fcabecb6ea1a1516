"""From the folder knowledge/ to a KnowledgeBase, noting every fault on the way."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId
from bot.concepts.danger import DangerPatterns
from bot.knowledge.answer_reader import AnswerReader, review_of
from bot.knowledge.base import (
    Contact,
    CrisisWords,
    EnglishCard,
    Figure,
    FigureValue,
    Forbidden,
    Group,
    KnowledgeBase,
    Law,
    Page,
    Source,
    Task,
)
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.law_reader import law_of, sources_of
from bot.knowledge.passage_reader import read_passages
from bot.knowledge.standing import FILE as STANDING
from bot.knowledge.standing import Standing, StandingSentences
from bot.knowledge.yaml_reader import Path as YamlPath

_VALUE = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{1,2}:[0-9]{2}")
_NO_VALUE = "“{}”只写数字，像 15、0.5、22:00：不写汉字、单位，冒号用英文的。"


def load_knowledge(folder: Path) -> KnowledgeBase:
    """Read the folder; KnowledgeError with every fault when it cannot be used."""
    knowledge, faults = read_knowledge(folder)
    raise_if_any(faults)
    return knowledge


def read_knowledge(folder: Path) -> tuple[KnowledgeBase, list[Fault]]:
    """Read what can be read, and say what cannot: files with faults are left out."""
    reader = KnowledgeReader(folder)
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
        standing=reader.standing(),
        english=reader.english("english.yml"),
        forbidden=reader.forbidden("forbidden.yml"),
        texts=reader.texts,
    )
    return knowledge, reader.faults


def load_tasks(folder: Path) -> Mapping[str, Task]:
    """The tasks alone; KnowledgeError when they cannot be used."""
    reader = KnowledgeReader(folder)
    tasks = reader.tasks("tasks.yml")
    raise_if_any(reader.faults)
    return tasks


def load_menu(folder: Path) -> tuple[Group, ...]:
    """The menu alone; KnowledgeError when it cannot be used."""
    reader = KnowledgeReader(folder)
    menu = reader.menu("menu.yml")
    raise_if_any(reader.faults)
    return menu


class KnowledgeReader(AnswerReader):
    """What each kind of file holds."""

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
        data, lines = self.yaml(file, "figure")
        if data is None:
            return None
        for day, entry in data["values"].items():
            if not _VALUE.fullmatch(str(entry["value"])):
                self.fault(file, lines["values", day], _NO_VALUE.format(entry["value"]))
        history = [
            FigureValue(
                date.fromisoformat(day), str(entry["value"]), ArticleId.parse(entry["source"])
            )
            for day, entry in data["values"].items()
        ]
        return Figure(
            id=figure_id,
            description=data["description"],
            history=tuple(sorted(history, key=lambda entry: entry.since)),
            review=review_of(data),
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

    def standing(self) -> StandingSentences:
        """The sentences below first layers, with whom they fit."""
        data, lines = self.yaml(STANDING, "standing")
        if data is None:
            return StandingSentences()
        found: list[Standing] = []
        for number, entry in enumerate(data["sentences"]):
            line = lines["sentences", number, "says"]
            blocks = self.blocks(entry["says"], STANDING, line)
            passages, problems = read_passages(blocks, self.parts)
            for problem in problems:
                self.fault(STANDING, line, problem)
            found += [Standing(each, tuple(entry["unless"])) for each in passages]
        return StandingSentences(tuple(found), frozenset(data["not_in"]))

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
        data, lines = self.yaml(file, "contacts")
        ids = [entry["id"] for entry in data or []]
        for number, each in enumerate(ids):
            if each in ids[:number]:
                self.fault(file, lines[number, "id"], f"编号 {each} 用了两次，请改掉一个。")
                data = None  # Whichever of the two were taken, marks would lead nowhere.
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

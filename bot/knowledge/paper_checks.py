"""What must be true of papers.yml, the tables beside it and papers/, told to content writers."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.concepts.case_papers import PAPERS
from bot.knowledge.base import GRACE, KnowledgeBase
from bot.knowledge.ends import citation_problem, contact_problem
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.list_checks import paper_word_faults
from bot.knowledge.marks import CITATION, CONTACT
from bot.knowledge.paper_words import FILE, LENDERS
from bot.knowledge.yaml_reader import read_yaml


def check_papers(
    folder: Path,
    knowledge: KnowledgeBase,
    letters: Collection[str],
    deadlines: Collection[str] | None,
    today: date,
) -> Iterator[Fault]:
    """What the words that papers are read with point to, where they can be read."""
    data, lines, _ = read_yaml(read_text(folder, FILE, []) or "", FILE, "papers")
    if data is None or paper_word_faults(folder):
        return
    for kind in sorted({*PAPERS} ^ {*data["kinds"]}):
        yield Fault(FILE, lines["kinds",], f"kinds 要正好是全部种类：{kind} 多了或者少了。")
    for name, entry in data["kinds"].items():
        known = {
            "verify": data["verify"],
            "next": knowledge.matters,
            "letter": letters,
            "of": data["kinds"],
        }
        for field, ends in known.items():
            for each in _listed(entry.get(field)):
                is_there = knowledge.has_matter(each) if field == "next" else each in ends
                if not is_there:
                    message = f"没有叫 {each} 的{field}，请改正拼写。"
                    yield Fault(FILE, lines["kinds", name, field], message)
        for place, period in enumerate(entry.get("periods", ())):
            if deadlines is not None and period["kind"] not in deadlines:
                message = f"deadlines.yml 里没有 {period['kind']}，请改正拼写。"
                yield Fault(FILE, lines["kinds", name, "periods", place], message)
    yield from _signal_faults(data, lines)
    yield from _mark_faults(data, lines, knowledge)
    yield from _late_lenders(folder, today)


def _signal_faults(data: Mapping[str, Any], lines: Mapping[Any, int]) -> Iterator[Fault]:
    """Signals name kinds and claims that there are, and show for some reason."""
    seen: set[str] = set()
    for place, signal in enumerate(data["signals"]):
        line = lines["signals", place]
        if signal["id"] in seen:
            yield Fault(FILE, line, f"{signal['id']} 写了两次，请改掉一个。")
        seen.add(signal["id"])
        if not {"told", "not_told", "found", "missing"} & {*signal}:
            yield Fault(FILE, line, f"{signal['id']} 要写 told、found 或 missing。")
        for field in ("kinds", "claims"):
            for each in signal.get(field, ()):
                if each not in data[field]:
                    yield Fault(FILE, line, f"{field} 里没有 {each}，请改正拼写。")


def _mark_faults(
    data: Mapping[str, Any], lines: Mapping[Any, int], knowledge: KnowledgeBase
) -> Iterator[Fault]:
    """Hotlines and articles that are named exist."""
    texts: dict[tuple[str, ...], str] = {
        ("kinds", name): entry["says"] for name, entry in data["kinds"].items()
    }
    texts |= {
        ("kinds", name, "absent"): entry["absent"]
        for name, entry in data["kinds"].items()
        if "absent" in entry
    }
    for group in ("verify", "lines"):
        texts |= {(group, name): text for name, text in data[group].items()}
    for path, text in texts.items():
        for mark in CONTACT.finditer(text):
            if problem := contact_problem(knowledge, mark[1]):
                yield Fault(FILE, lines[path], problem)
        for mark in CITATION.finditer(text):
            if problem := citation_problem(knowledge, mark[1]):
                yield Fault(FILE, lines[path], problem)


def _late_lenders(folder: Path, today: date) -> Iterator[Fault]:
    """Numbers of lenders are looked at again in time, and each lender stands once."""
    data, lines, _ = read_yaml(read_text(folder, LENDERS, []) or "", LENDERS, "lender_contacts")
    seen: set[str] = set()
    for place, entry in enumerate(data or ()):
        if entry["id"] in seen:
            yield Fault(LENDERS, lines[place,], f"{entry['id']} 写了两次，请删去一个。")
        seen.add(entry["id"])
        if today > entry["review_by"] + GRACE:
            message = f"{entry['id']} 早该在 {entry['review_by']} 复核。"
            yield Fault(LENDERS, lines[place,], message)


def _listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []

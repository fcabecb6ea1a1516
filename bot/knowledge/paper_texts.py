"""Texts of papers by kind, from which understanding learns to tell them apart."""

from pathlib import Path

from bot.concepts.case_papers import PAPERS
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.yaml_reader import read_yaml

FOLDER = "papers"


def read_paper_texts(folder: Path) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    """Every kind and text of papers/*.yml, and what is wrong with the files."""
    found: list[tuple[str, str]] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for file in files_of(folder, f"{FOLDER}/*.yml"):
        if (text := read_text(folder, file, faults)) is None:
            continue
        data, lines, more = read_yaml(text, file, "paper_texts")
        faults += more
        for place, entry in enumerate(data or ()):
            key = "".join(filter(str.isalnum, entry["text"]))
            if entry["kind"] not in PAPERS:
                message = f"没有叫 {entry['kind']} 的种类，请改正拼写。"
                faults.append(Fault(file, lines[place,], message))
            elif key in seen:
                message = f"这份文字在 {seen[key]} 里已经有了，请删去一份。"
                faults.append(Fault(file, lines[place,], message))
            else:
                found.append((entry["kind"], entry["text"]))
            seen.setdefault(key, file)
    return tuple(found), faults

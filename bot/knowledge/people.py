"""Who keeps the knowledge, and who of them is a lawyer: people.yml."""

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

PEOPLE_FILE = "people.yml"
_LAWYER = "lawyer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who writes or reads here."""

    name: str
    is_lawyer: bool


def load_people(folder: Path) -> tuple[Person, ...]:
    """Read people.yml, nobody where there is none; KnowledgeError when it cannot be used."""
    if not (folder / PEOPLE_FILE).exists():
        return ()
    faults: list[Fault] = []
    text = read_text(folder, PEOPLE_FILE, faults)
    people, more = ((), []) if text is None else read_people(text)
    raise_if_any([*faults, *more])
    return people or ()


def read_people(text: str) -> tuple[tuple[Person, ...] | None, list[Fault]]:
    """The people and the faults of the file: a name that stands twice."""
    data, lines, faults = read_yaml(text, PEOPLE_FILE, "people")
    if data is None:
        return None, faults
    people = tuple(
        Person(name=" ".join(entry["name"].split()), is_lawyer=entry["role"] == _LAWYER)
        for entry in data
    )
    names = [person.name for person in people]
    faults += [
        Fault(PEOPLE_FILE, lines[number,], f"“{name}”写了两次，请删去一个，或者写得能分清。")
        for number, name in enumerate(names)
        if name in names[:number]
    ]
    return people, faults

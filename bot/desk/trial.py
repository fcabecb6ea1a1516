"""What the check would say if some texts were saved: before anything is."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path, PurePosixPath

from bot.desk.quick_check import faults_in, pointing_faults
from bot.desk.shelves import Shelf
from bot.desk.workplace import Place, Workplace
from bot.knowledge import budget, complaints, deadlines
from bot.knowledge.advice import read_advice
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conduct import check_conduct, read_conduct
from bot.knowledge.faults import Fault
from bot.knowledge.guide_checks import text_faults
from bot.knowledge.letter_checks import check_letters
from bot.knowledge.letters import read_letters
from bot.knowledge.rereading import is_of_base, read_again
from bot.knowledge.yaml_reader import read_yaml

_GUIDES = {
    deadlines.FILE: deadlines.read_deadlines,
    complaints.FILE: complaints.read_complaints,
    budget.FILE: budget.read_budget,
}
_SCHEMAS = files("bot.knowledge") / "schemas"
_TRIALS_KEPT = 6
_OF_FOLDER = {"papers": "paper_texts", "forms": "form"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A folder as it would be: its words, and what would be wrong in the changed files."""

    knowledge: KnowledgeBase
    faults: tuple[Fault, ...]


def typed(workplace: Workplace, place: Place, changes: Mapping[str, str]) -> Trial:
    """While somebody types: the changed files alone, each by the checks that are quick.

    Who looks at a text and saves it asks for the same once more: the last ones are remembered.
    """
    knowledge = workplace.knowledge(place)
    key = (str(place.folder), str(workplace.today), *sorted(changes.items()))
    known = workplace.trials.get(key)
    if known is not None and known[0] is knowledge:
        trial: Trial = known[1]
        return trial
    trial = _typed(workplace, place, changes)
    while len(workplace.trials) >= _TRIALS_KEPT:
        workplace.trials.pop(next(iter(workplace.trials)))
    workplace.trials[key] = (knowledge, trial)
    return trial


def _typed(workplace: Workplace, place: Place, changes: Mapping[str, str]) -> Trial:
    shelf = workplace.shelf(place)
    texts = {**shelf.texts, **changes}
    quick = [file for file in changes if _is_quick(file)]
    knowledge, faults = read_again(workplace.knowledge(place), place.folder, texts, quick)
    found = {fault for fault in faults if fault.file in changes}
    for file, text in changes.items():
        if not text.strip():
            found.add(Fault(file, 0, "是空的，请写上内容。"))
        elif not _is_quick(file):
            found |= set(_tool_faults(shelf, file, text, knowledge, workplace.today))
    found |= set(faults_in(knowledge, changes, workplace.today))
    return Trial(knowledge, tuple(sorted(found)))


async def saved(workplace: Workplace, place: Place, changes: Mapping[str, str]) -> Trial:
    """Before saving: all that the check would say of the changes, wherever in the folder.

    What was wrong before and has nothing to do with them does not hold them up.
    """
    trial = typed(workplace, place, changes)
    if all(map(_is_quick, changes)):
        others = _naming(workplace.shelf(place), changes)
        now = {*trial.faults, *pointing_faults(trial.knowledge, others, workplace.today)}
        return replace(trial, faults=_new(now, _known(workplace, place, changes, now)))
    with overlay(workplace.shelf(place), changes) as folder:
        found = await workplace.full_check(folder, workplace.today)
    known = workplace.checked(place)
    return replace(trial, faults=_new(found or trial.faults, known.faults if known else ()))


async def saved_document(
    workplace: Workplace, place: Place, file: str, document: bytes
) -> tuple[Fault, ...]:
    """The same for a Word template."""
    shelf, knowledge, today = workplace.shelf(place), workplace.knowledge(place), workplace.today
    with overlay(shelf, {file: document}) as folder:
        # What it says alone is quickly known; the rest of the folder only matters for a sound one.
        found = tuple(_letter_faults(folder, file, knowledge, today))
    if any(fault.file == file for fault in found):
        return tuple(fault for fault in found if fault.file == file)
    with overlay(shelf, {file: document}) as folder:
        found = await workplace.full_check(folder, today) or ()
    known = workplace.checked(place)
    return _new(found, known.faults if known else ())


@contextmanager
def overlay(shelf: Shelf, changes: Mapping[str, str] | Mapping[str, bytes]) -> Iterator[Path]:
    """A folder that holds these files, and whatever else the shelf's folder holds, by links."""
    with tempfile.TemporaryDirectory(prefix="zhiquan-") as made:
        folder = Path(made) / "knowledge"
        _link(shelf.folder, folder, [PurePosixPath(file) for file in changes])
        for file, text in changes.items():
            (folder / file).write_bytes(text.encode() if isinstance(text, str) else text)
        yield folder


def _link(real: Path, made: Path, changed: Sequence[PurePosixPath]) -> None:
    """The same things by links; folders that hold a changed file are made, the files left out."""
    made.mkdir(parents=True)
    inner: dict[str, list[PurePosixPath]] = {}
    for path in changed:
        if len(path.parts) > 1:
            inner.setdefault(path.parts[0], []).append(PurePosixPath(*path.parts[1:]))
    left_out = {path.parts[0] for path in changed}
    for each in real.iterdir() if real.is_dir() else ():
        if each.name not in left_out:
            (made / each.name).symlink_to(each)
    for name, paths in inner.items():
        _link(real / name, made / name, paths)


def _tool_faults(
    shelf: Shelf, file: str, text: str, knowledge: KnowledgeBase, today: date
) -> list[Fault]:
    """One file of letters, rules, steps, guides or lists, by what can be told of it alone."""
    top = PurePosixPath(file).parts[0]
    if file in _GUIDES:
        _, faults = _GUIDES[file](text)
        return [*faults, *text_faults(file, text, knowledge, today)]
    if top not in ("letters", "conduct", "advice"):
        name = _OF_FOLDER.get(top, PurePosixPath(file).stem)
        has_schema = (_SCHEMAS / f"{name}.json").is_file()
        return read_yaml(text, file, name)[2] if has_schema else []
    with overlay(shelf, {file: text}) as folder:
        if top == "letters":
            return _letter_faults(folder, file, knowledge, today)
        if top == "conduct":
            conduct, texts, faults = read_conduct(folder)
            more = check_conduct(conduct, texts, knowledge, today) if conduct else ()
        else:
            faults = read_advice(folder)[1]
            more = text_faults(file, text, knowledge, today)
        return [fault for fault in (*faults, *more) if fault.file == file]


def _letter_faults(folder: Path, file: str, knowledge: KnowledgeBase, today: date) -> list[Fault]:
    """One letter with its template."""
    own = PurePosixPath(file).parts[1]
    for each in [*(folder / "letters").iterdir()]:
        if each.name != own and each.is_symlink():
            each.unlink()
    shelf, faults = read_letters(folder)
    return [*faults, *check_letters(shelf, knowledge, today)]


def _is_quick(file: str) -> bool:
    """Whether a base is made of it, and not all answers must be read anew for it."""
    return is_of_base(file) and file != "parts.yml"


def _naming(shelf: Shelf, changes: Mapping[str, str]) -> list[str]:
    """The other files that name something that stands in the changed ones, by its id."""
    names = {PurePosixPath(file).stem for file in changes}
    if changes.keys() & {"contacts.yml", "talk.yml", "tasks.yml", "utterances.yml"}:
        return [file for file in shelf.texts if _is_quick(file) and file not in changes]
    return [
        file
        for file, text in shelf.texts.items()
        if file not in changes and text and _is_quick(file) and any(name in text for name in names)
    ]


def _known(
    workplace: Workplace, place: Place, changes: Mapping[str, str], found: Set[Fault]
) -> list[Fault]:
    """What was wrong already in the files in which something is found now."""
    files = {fault.file for fault in found}
    if not files:
        return []
    before = pointing_faults(workplace.knowledge(place), files - changes.keys(), workplace.today)
    as_they_are = _as_they_are(workplace.shelf(place), changes)
    return [*before, *typed(workplace, place, as_they_are).faults]


def _as_they_are(shelf: Shelf, changes: Mapping[str, str]) -> dict[str, str]:
    return {file: text for file in changes if (text := shelf.text(file)) is not None}


def _new(found: Sequence[Fault] | set[Fault], known: Sequence[Fault]) -> tuple[Fault, ...]:
    """Without what was wrong before: its line may have moved."""
    old = {(fault.file, fault.message) for fault in known}
    return tuple(sorted(each for each in found if (each.file, each.message) not in old))

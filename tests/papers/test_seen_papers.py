"""The papers that may be looked at: no forgery called likely, no wrong last day, fields exact."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.answering.papers import PaperDesk, reading_as_json
from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import PaperOpinion
from tests.answering.tasks.desk import real_book

SEEN = Path(__file__).parent / "seen"
ON = date(2026, 11, 29)


def entries() -> list[dict[str, Any]]:
    return [
        entry
        for path in sorted(SEEN.glob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def found(entry: dict[str, Any], kind: str, desk: PaperDesk) -> dict[str, Any]:
    day = entry.get("received")
    received = date.fromisoformat(str(day)) if day else None
    reading = desk.read(entry["text"], PaperOpinion(kind, 0.95, 1.0), received, ON)
    return reading_as_json(desk, reading, received)


def test_no_forged_paper_is_likely_genuine_and_no_last_day_is_wrong() -> None:
    desk = paper_desk_of(real_book())
    likely, wrong = [], []
    for entry in entries():
        told = found(entry, entry["kind"], desk)
        if entry["genuine"] in ("fake", "doubtful") and told["genuine"] == "likely":
            likely.append(entry["id"])
        if told["last_safe_day"] and told["last_safe_day"] != str(entry.get("last_safe_day")):
            wrong.append(entry["id"])
    assert (likely, wrong) == ([], [])


def test_no_forged_paper_is_likely_genuine_when_its_kind_is_mistaken() -> None:
    desk = paper_desk_of(real_book())
    hopeful = [name for name, kind in desk.words.kinds.items() if kind.likely]
    likely = [
        (entry["id"], kind)
        for entry in entries()
        if entry["genuine"] in ("fake", "doubtful")
        for kind in hopeful
        if found(entry, kind, desk)["genuine"] == "likely"
    ]
    assert likely == []

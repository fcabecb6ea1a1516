"""The commands of those who keep the knowledge base: what to look after, what to have read."""

import json
import sys
from datetime import date
from pathlib import Path

from bot.answering.letters import LetterWriter
from bot.answering.pages import Pages
from bot.answering.review_sheet import SheetMaker
from bot.answering.site import SiteMaker
from bot.answering.tasks.all_tasks import reckoner_of
from bot.errors import SettingsError
from bot.knowledge.law_watch import as_json as law_as_json
from bot.knowledge.law_watch import as_text, details, summary, watch_laws
from bot.knowledge.library import Book
from bot.knowledge.loader import load_knowledge
from bot.knowledge.readings import load_readings
from bot.knowledge.version import Version
from bot.rendering.print_html import print_html
from bot.rendering.site_html import site_files
from bot.rendering.word_files import fill_template


def watch(folder: Path, today: date, law: str, *, is_all: bool, as_json: bool) -> None:
    """Print the laws that are to be looked after, or one, or all, with what rests on them."""
    knowledge = load_knowledge(folder)
    if law and law not in knowledge.laws:
        sys.exit(f"laws/ 里没有 {law}。现有：{'、'.join(sorted(knowledge.laws))}")
    every = watch_laws(knowledge, folder, today)
    for each in every:
        if law != each.law.id if law else not (is_all or each.is_to_be_looked_after):
            continue
        if as_json:
            print(json.dumps(law_as_json(knowledge, each), ensure_ascii=False))
        else:
            print(as_text(knowledge, each))
            print(details(each) if law else "")
    if not (as_json or law):
        print(summary(every))


def sheets_for_review(folder: Path, today: date, seed: str, count: int) -> str:
    """Some answers with all their sources, as one page of HTML to print."""
    knowledge = load_knowledge(folder)
    maker = SheetMaker(knowledge=knowledge, pages=Pages(knowledge), readings=load_readings(folder))
    book = maker.book(seed, count, today)
    return print_html(
        book.title, book.opening, [(sheet.title, sheet.blocks) for sheet in book.sheets]
    )


def export_site(book: Book, version: Version, folder: Path, today: date) -> int:
    """Write the whole site into an empty folder, or over a former one; how many pages.

    SettingsError where something else lies there.
    """
    _make_room(folder)
    maker = SiteMaker(
        book=book,
        version=version,
        writer=LetterWriter(book.knowledge, fill_template),
        reckoner=reckoner_of(book),
        on=today,
    )
    files = site_files(maker.site())
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        # It holds nobody's words, and a web server must read it.
        path.parent.chmod(0o755)
        path.chmod(0o644)
    return sum(name.endswith(".html") for name in files)


def _make_room(folder: Path) -> None:
    """Only what an earlier export has written is removed."""
    is_ours = all((folder / name).is_file() for name in ("index.html", "index.js", "search.js"))
    if folder.exists() and any(folder.iterdir()) and not is_ours:
        raise SettingsError(f"{folder} holds other files. Name an empty folder, or a new one.")
    for name in ("topics", "laws", "letters"):
        for path in (folder / name).glob("*"):
            if path.suffix in {".html", ".docx"}:
                path.unlink()

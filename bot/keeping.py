"""The commands of those who keep the knowledge base: what to look after, what to have read."""

import json
import sys
from datetime import date
from pathlib import Path

from bot.answering.pages import Pages
from bot.answering.review_sheet import SheetMaker
from bot.knowledge.law_watch import as_json as law_as_json
from bot.knowledge.law_watch import as_text, details, summary, watch_laws
from bot.knowledge.loader import load_knowledge
from bot.knowledge.readings import load_readings
from bot.rendering.print_html import print_html


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

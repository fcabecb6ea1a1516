"""The commands of `zhiquan` for who keeps the knowledge base true."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.concepts.clock import now
from bot.settings import Settings, current_settings

if TYPE_CHECKING:
    from bot.knowledge.base import KnowledgeBase
    from bot.knowledge.library import Book

commands = typer.Typer()


@commands.command()
def check(
    hints: Annotated[
        bool, typer.Option("--hints", help="也列出写得不好读、要再读一遍的地方")
    ] = False,
) -> None:
    """检查知识库：一次列出全部问题，先改前面的。"""
    from bot.knowledge.folder_check import check_folder, hints_of_folder
    from bot.knowledge.kept_book import code_fingerprint
    from bot.knowledge.kept_work import keeping
    from bot.knowledge.law_watch import due_laws
    from bot.knowledge.loader import load_knowledge

    settings, due = current_settings(), 0
    with keeping(settings.kept_parses, code_fingerprint()):
        found = check_folder(settings.knowledge, now().date())
        advised = hints_of_folder(settings.knowledge) if hints else []
        if not found:
            due = len(due_laws(load_knowledge(settings.knowledge), now().date()))
    for fault in found:
        print(fault)
    print(f"共 {len(found)} 个问题。" if found else "没有发现问题。")
    if found:
        raise typer.Exit(1)
    for hint in advised:
        print(f"提示：{hint}")
    if due:
        print(f"提示：有 {due} 部文件该再比对了，看 zhiquan law-watch。")


@commands.command("law-watch")
def law_watch(
    law: Annotated[str, typer.Argument(help="文件编号；不写就列出全部要留意的")] = "",
    is_all: Annotated[bool, typer.Option("--all", help="不要留意的也列出来")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="一部一行 JSON")] = False,
) -> None:
    """看哪些文件该再比对、正在修订、只有一处来源，以及什么靠它。"""
    from bot.keeping import watch

    watch(current_settings().knowledge, now().date(), law, is_all=is_all, as_json=as_json)


@commands.command("print-for-review")
def print_for_review(
    seed: Annotated[str, typer.Option(help="抽签的种子；不写就是这个月，例如 2026-11")] = "",
    count: Annotated[int, typer.Option(help="抽几篇", min=1)] = 30,
) -> None:
    """抽一些解答，连同全部依据排成一页 HTML，打印出来请律师读。"""
    from bot.keeping import sheets_for_review

    today = now().date()
    print(
        sheets_for_review(
            current_settings().knowledge, today, seed or today.strftime("%Y-%m"), count
        )
    )


@commands.command("export-html")
def export_html(
    folder: Annotated[Path, typer.Argument(help="空的或新的文件夹；以前导出过的会换新")],
) -> None:
    """把全部解答、法条、函件、期限、热线写成一个网站：能打印、能放到网上、能离线看和搜索。"""
    from bot.keeping import export_site
    from bot.knowledge.version import version_of

    settings = current_settings()
    version = version_of(settings.knowledge)
    count = export_site(_book(settings), version, folder, now().date())
    print(f"写好了 {count} 页，从 {folder / 'index.html'} 打开。内容版本 {version}。")


@commands.command()
def show(
    topic: Annotated[str, typer.Argument(help="主题编号，例如 call_hours")],
    sources: Annotated[bool, typer.Option(help="看“依据”那一页")] = False,
) -> None:
    """看一篇解答在聊天里的样子。"""
    from bot.answering.pages import Pages
    from bot.rendering.plain_text import render_plain_text

    knowledge = _knowledge(current_settings())
    pages = Pages(knowledge)
    if not pages.has_answer(topic):
        sys.exit(f"没有叫 {topic} 的主题。现有：{'、'.join(sorted(knowledge.answers))}")
    on = now().date()
    page = pages.sources(topic, on) if sources else pages.answer(topic, on)
    print(render_plain_text(page.blocks))


def _book(settings: Settings) -> "Book":
    from bot.knowledge.kept_book import open_kept_book

    return open_kept_book(settings.knowledge, settings.kept_book)


def _knowledge(settings: Settings) -> "KnowledgeBase":
    """The words alone: whoever writes them looks again and again, and never at tools."""
    from bot.knowledge.kept_book import code_fingerprint, kept_book
    from bot.knowledge.kept_work import keeping
    from bot.knowledge.loader import load_knowledge

    if (kept := kept_book(settings.knowledge, settings.kept_book)) is not None:
        return kept.knowledge
    with keeping(settings.kept_parses, code_fingerprint()):
        return load_knowledge(settings.knowledge)

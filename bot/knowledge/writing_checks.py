"""How texts are typed: nothing that a chat shows as it stands, or that only some editors show.

And no example that is a question of the tests: understanding would learn its own examination.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, has_byte_order_mark
from bot.knowledge.marks import CITATION
from bot.knowledge.mistyped import MERGED_BADLY
from bot.knowledge.said_texts import said_texts
from bot.knowledge.test_questions import test_questions
from bot.knowledge.text_checks import line_with

_TEXT_FILES = ("*.yml", "*/*.yml", "*/*/*.yml", "topics/*.md", "clauses/*.jsonl")
_NAMES_SITES = ("contacts.yml", "domains.yml", "lender_contacts.yml")
_TYPED = (
    (re.compile(r"!?\[[^\[\]]*\]\([^)]*\)|https?://\S+|www\.[a-z]"),
     "这里不能写链接“{0}”：说清去哪里找，热线用 [[contact:…]]。"),
    (re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]+;"),
     "这里不能写 HTML“{0}”：只用段落、列表和 **加粗**。"),
    (re.compile(r"`+"), "不能用反引号“{0}”：引用一句话用“ ”，要紧的字用 **加粗**。"),
    (re.compile(r"\t"), "这里有制表符（Tab 键），请改成空格。"),
    (re.compile(r"［+|］+|｛+|｝+"), "“{0}”请改成英文的括号。"),
    (re.compile(r"^(?:<{7}|={7}|>{7})"), MERGED_BADLY),
    (re.compile(r"^\s*\|.*\|"), "这里不能用表格，请改成几条列表。"),
    (re.compile("[\u200b-\u200f\u2028-\u202e\ufeff]"), "这里有一个看不见的字符，请删去重新打。"),
)  # fmt: skip
_TYPED_IN_TOPICS = (
    (re.compile(r"^\d+[、．]"), "“{0}”请改成英文的点加一个空格：“1. ”。"),
    (re.compile(r"^[-－—](?=[^\s-])"), "“{0}”请改成英文的减号加一个空格：“- ”。"),
)
_PUNCTUATION = re.compile(r"[\W_]+")


def check_writing(folder: Path) -> Iterator[Fault]:
    """Links, HTML, backticks, tabs, tables, wrong brackets, marks that nobody sees."""
    for pattern in _TEXT_FILES:
        for file in files_of(folder, pattern):
            if (folder / file).is_file() and has_byte_order_mark(folder, file):
                message = (
                    "开头有看不见的字节顺序标记（BOM）。另存时选“UTF-8”，不选“带 BOM 的 UTF-8”。"
                )
                yield Fault(file, 1, message)
    for saying in said_texts(folder):
        if saying.file in _NAMES_SITES or saying.file.endswith(".docx"):
            continue
        is_topic = saying.file.startswith("topics/")
        for typed, message in (*_TYPED, *(_TYPED_IN_TOPICS if is_topic else ())):
            if found := typed.search(CITATION.sub("", saying.text)):
                yield Fault(saying.file, saying.line, message.format(found[0][:20].strip()))


def check_examples(folder: Path, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """No way of asking is a question of tests/questions/, where the folder has tests beside it."""
    asked = frozenset(map(_squeezed, test_questions(folder.resolve().parent)))
    if not asked:
        return
    for matter, examples in knowledge.examples().items():
        file = f"topics/{matter}.md" if matter in knowledge.answers else "tasks.yml"
        file = "talk.yml" if matter in knowledge.talk else file
        for example in examples:
            if _squeezed(example) in asked:
                message = f"问法“{example}”是测试用的问题（tests/questions/），请换一个说法。"
                yield Fault(file, line_with(knowledge, file, example), message)


def _squeezed(text: str) -> str:
    return _PUNCTUATION.sub("", text).lower() or text

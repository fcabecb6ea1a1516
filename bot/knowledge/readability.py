"""What reads badly: hints for writers, who may let them stand. No fault of the check."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bot.knowledge.claim_model import ClaimModel, read_claim_model
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import ASK, CITATION, CONTACT, FIGURE, QUOTATION
from bot.knowledge.said_texts import Saying, said_by_file
from bot.knowledge.yaml_reader import read_yaml

FILE = "legal_words.yml"
SENTENCE_AT_MOST = 70
"""Characters between two full stops, marks left out."""
_ENDS = re.compile(r"[。；;！？!?\n]")
_LABEL = re.compile(r"〔[^〕]*〕")
_SHORT_HEADING = "## 简答"
_EXAMPLES = "## 大家这样问"
_EXPLAINED = r"(?:（|，?就是|，?也就是|：|是指|，指)"
_NO_ANSWER = re.compile(r"^(?:根据|依据|按照|法律(?:规定)?|首先|关于|所谓|随着|一般来说|众所周知)")


def check_readability(folder: Path) -> list[Fault]:
    """Long sentences, legal words without a word of help, answers that begin elsewhere, doubts."""
    words = _legal_words(folder)
    model, _ = read_claim_model(folder)
    found: list[Fault] = []
    for file, sayings in said_by_file(folder).items():
        if file.startswith("topics/"):
            found += _of_topic(file, read_text(folder, file, []) or "", words)
        if model is not None and not file.startswith("laws/"):
            found += kept(
                partial(_doubtful, model, sayings), "doubtful", model.mark, file,
                *(saying.text for saying in sayings),
            )  # fmt: skip
    return sorted(set(found))


def _of_topic(file: str, text: str, words: Mapping[str, str]) -> Iterator[Fault]:
    body = text.partition(_EXAMPLES)[0]
    yield from _long_sentences(file, body)
    yield from _unexplained(file, body, words)
    lines = body.splitlines()
    if _SHORT_HEADING in lines:
        start = lines.index(_SHORT_HEADING) + 1
        for number, line in enumerate(lines[start:], start + 1):
            if line.startswith("#"):
                break
            if _NO_ANSWER.match(_LABEL.sub("", line)):
                yield Fault(file, number, "第一句没有先回答问题：先说能不能、怎么办，再说依据。")


def _long_sentences(file: str, body: str) -> Iterator[Fault]:
    _, _, said = body.partition("\n---\n")
    skipped = body.count("\n") - said.count("\n")
    for number, line in enumerate(said.splitlines(), 1):
        if line.startswith(("#", "→")):
            continue
        for sentence in _ENDS.split(_plain(line)):
            if len(sentence) > SENTENCE_AT_MOST:
                limit = f"一句有 {len(sentence)} 个字，最好不超过 {SENTENCE_AT_MOST} 个"
                yield Fault(file, number + skipped, f"{limit}：{sentence[:12]}……")


def _unexplained(file: str, body: str, words: Mapping[str, str]) -> Iterator[Fault]:
    """Legal words whose first place in a text has no help beside it, and no other place either."""
    _, _, said = body.partition("\n---\n")
    for word, meaning in words.items():
        if word in said and not re.search(f"{word}[”》]?{_EXPLAINED}|（{word}|叫“?{word}", said):
            line = next(at for at, each in enumerate(body.splitlines(), 1) if word in each)
            yield Fault(file, line, f"“{word}”没有解释，可以加半句：（{meaning}）。")


def _doubtful(model: ClaimModel, sayings: tuple[Saying, ...]) -> list[Fault]:
    message = "听着像不能说的话（许诺、不实、教人躲债），请再读一遍；没有问题就不用改。"
    return [
        Fault(saying.file, saying.line, message)
        for saying in sayings
        if model.is_doubtful(saying.text)
    ]


def _plain(line: str) -> str:
    line = CITATION.sub("", QUOTATION.sub("", ASK.sub("", _LABEL.sub("", line))))
    return CONTACT.sub("12378", FIGURE.sub("15", line)).replace("**", "").strip()


def _legal_words(folder: Path) -> Mapping[str, str]:
    text = read_text(folder, FILE, [])
    data, _, _ = read_yaml(text, FILE, "legal_words") if text is not None else (None, {}, [])
    return dict(data or {})

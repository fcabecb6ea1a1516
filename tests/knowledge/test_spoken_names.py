"""Every utterance and label that the code of bot/ names stands in knowledge/utterances.yml.

The code is read, not run. A name that is put together there has its values in `FAMILIES`: a new
one fails until it is listed.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.concepts.citation import Binding, Verification
from bot.concepts.facts import ACTS, SIGNS
from bot.concepts.recognition import NotRead
from tests.knowledge.folder import real_book, real_knowledge

BOT = Path(__file__).parents[2] / "bot"
_PROBLEM = re.compile("answer_[a-z_]+")
_SAYING = {"utterance", "_utterance", "offer", "say"}
_LABELS = {"labels", "_labels"}
_CONTROLS = ("back", "keep", "skip", "stop", "preview", "finish", "review")
_DEEDS = ("discreet_on", "discreet_off", "delete_messages")

UTTERANCES: dict[str, tuple[str, ...]] = {
    # dialogue/forms.py, dialogue/talk.py: talk that is asked for by its name.
    "matter": ("ask_identity", "ask_capabilities"),
    "matter if is_known else 'stale_button'": (*real_knowledge().talk, "stale_button"),
    # asking.py: what is wrong with an answer; see the test of problems below.
    "str(problem)": ("stale_button",),
    # asking.py: how a tool is begun.
    "opening": ("ask_first", "ask_taken_over", "ask_resumed", "case_shown", "case_forgotten"),
    # asking.py: the two wishes that have several tools.
    "utterance": ("choose_letter", "choose_deadline", "did_you_mean", "second_matter"),
    # choices.py, pages.py, bootstrap.py, composer.py: names that others have handed in.
    "target": ("start", "help", "about", "privacy"),
    "name": ("menu", "getting_ready", "not_listening"),
    "effect.name": ("stale_button",),
    "effect": (),
    # desk/preview.py: whatever is edited there.
    "page.id": (*real_knowledge().utterances, *real_knowledge().talk),
    # serving.py: what a reminder says, as deadlines.py plans it.
    "reminder.utterance": ("reminder",),
    # private.py and terminal.py: kinds of updates, and commands with a page of their own.
    "kind_of(update)": (
        "sticker", "not_read_sound", "not_read_video", "not_read_other_kind", "contact",
        "location", "other_kind",
    ),
    # papers.py: why a picture or a document was not read, or a file not taken.
    "refusal": ("file_too_large", *(f"not_read_{each.value}" for each in NotRead)),
    "f'not_read_{read.value}'": tuple(f"not_read_{each.value}" for each in NotRead),
    "command.name": ("help", "about", "privacy"),
    # after_card.py, shapes.yml: what keeps somebody from calling for help.
    "f'obstacle_{obstacle}'": tuple(f"obstacle_{each}" for each in real_book().shapes.obstacles),
    # about_talk.py, shapes.yml: what asks for words of its own whatever is talked about.
    "said": tuple(real_book().shapes.said),
    "OUT_OF_SCOPE": ("out_of_scope",),
    # advice_words.py: the sums told with a step.
    "f'case_plan_{plan}'": tuple(
        f"case_plan_{each}" for each in ("card", "card_low", "loan", "unknown", "several")
    ),
    "name if is_known else 'unknown_command'": ("start", "menu", "unknown_command"),
}  # fmt: skip
LABELS: dict[str, tuple[str, ...]] = {
    # log.py: kinds of files; bot/channels/telegram/reading.py.
    # review_sheet.py: what a reading came to, as reviews.yml names it.
    "f'result_{each.result}'": ("result_right", "result_imprecise", "result_wrong"),
    "f'kind_{each.kind}'": tuple(
        f"kind_{each}" for each in ("photo", "document", "audio", "voice", "video")
    ),
    # pages.py: the sides of a matter that have a button.
    "f'layer_{name}'": tuple(
        f"layer_{each}"
        for each in ("how", "say", "fails", "how_long", "needed", "where", "effect", "cost", "why",
                     "full")
    ),
    "f'deed_{each}'": tuple(f"deed_{each}" for each in _DEEDS),
    "f'control_{name}'": tuple(f"control_{each}" for each in _CONTROLS),
    "f'act_{each}'": tuple(f"act_{each}" for each in (*ACTS, *SIGNS)),
    "f'fact_{name}'": tuple(
        f"fact_{each}" for each in ("time", "count", "contacted", "acts", "lender", "channel")
    ),
    "f'weekday_{due.weekday()}'": tuple(f"weekday_{each}" for each in range(7)),
    "f'command_{name}'": ("command_start", "command_menu", "command_help", "command_about",
                          "command_privacy"),
    "f'{kind}_{value.replace('-', '_')}'": (
        *(f"binding_{each.value.replace('-', '_')}" for each in Binding),
        *(f"verified_{each.value.replace('-', '_')}" for each in Verification),
        *(f"status_{law.status.replace('-', '_')}" for law in real_knowledge().laws.values()),
    ),
    "f'binding_{law.binding.value.replace('-', '_')}'": tuple(
        f"binding_{each.value.replace('-', '_')}" for each in Binding
    ),
    # pages.py, letters.py, budget.py, wording.py: names from a list beside the line.
    "label": ("steps", "sayings", "cautions", "letter_when", "letter_when_not",
              "letter_does_not", "citation_inside", "citation_after"),
    "name": ("plan_left", "plan_offer"),
    # case_page.py: what those want who are not the debtor.
    "_WANTED_BY_OTHERS[str(case.role)]": (
        "case_wants_relative", "case_wants_contact", "case_wants_guarantor",
    ),
}  # fmt: skip
FOREIGN = {f"answering/{name}.py" for name in ("call_check", "budget_planner", "letter_values")}
"""Their own `labels` are others: those of call_check.yml, budget.yml and of a question."""

Named = tuple[str, str, str]
"""Where, "utterance" or "label", and the expression that names it."""


def named() -> Iterator[Named]:
    """Every expression that names an utterance or a label."""
    for path in sorted(BOT.rglob("*.py")):
        place = path.relative_to(BOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(args=[first, *_]) if _name_of(node.func) in _SAYING:
                    yield from ((place, "utterance", each) for each in _cases(first))
                case ast.Subscript() if _name_of(node.value) in _LABELS and place not in FOREIGN:
                    yield from ((place, "label", each) for each in _cases(node.slice))


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _cases(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp) and isinstance(node.body, ast.Constant):
        yield from (*_cases(node.body), *_cases(node.orelse))
    else:
        yield ast.unparse(node)


NAMED = sorted(set(named()))


def test_the_scan_finds_what_it_looks_for() -> None:
    expressions = {each[2] for each in NAMED}
    assert {"'stale_button'", "'erased'", "'write_complaint'", "f'act_{each}'"} <= expressions
    assert len(NAMED) > 100


@pytest.mark.parametrize(("place", "kind", "expression"), NAMED, ids=lambda each: each)
def test_whatever_the_code_names_can_be_said(place: str, kind: str, expression: str) -> None:
    knowledge = real_knowledge()
    families = UTTERANCES if kind == "utterance" else LABELS
    said = {*knowledge.utterances, *knowledge.talk} if kind == "utterance" else {*knowledge.labels}
    tree = ast.parse(expression, mode="eval").body
    if isinstance(tree, ast.Constant):
        assert str(tree.value) in said, place
        return
    assert expression in families, f"{place}: list the values of {expression} in this test"
    assert set(families[expression]) <= said


def test_every_problem_that_an_answer_can_have_has_words() -> None:
    problems = {
        node.value
        for folder in ("knowledge", "dialogue")
        for path in (BOT / folder).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and _PROBLEM.fullmatch(str(node.value))
    }
    assert len(problems) > 15
    assert problems <= set(real_knowledge().utterances)


def test_every_label_of_a_tapped_deed_exists() -> None:
    pages = [*real_knowledge().utterances.values(), *real_knowledge().talk.values()]
    used = {f"deed_{deed}" for page in pages for deed in page.deeds}
    assert used == {f"deed_{deed}" for deed in _DEEDS}


def test_no_utterance_is_left_that_nothing_says() -> None:
    literal = {
        str(tree.value)
        for _, kind, expression in NAMED
        if kind == "utterance"
        and isinstance(tree := ast.parse(expression, mode="eval").body, ast.Constant)
    }
    families = {name for names in UTTERANCES.values() for name in names}
    code = "\n".join(path.read_text(encoding="utf-8") for path in BOT.rglob("*.py"))
    unsaid = set(real_knowledge().utterances) - literal - families
    assert {name for name in unsaid if f'"{name}"' not in code} == set()


def test_every_kind_of_deadline_has_a_button_that_fits() -> None:
    assert all(len(kind.button) <= 10 for kind in real_book().deadlines.kinds.values())

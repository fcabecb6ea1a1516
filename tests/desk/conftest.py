"""A small repository with a knowledge folder, as an advocate's machine has it."""

import subprocess
from pathlib import Path
from shutil import copytree

import pytest
from starlette.applications import Starlette

from bot.desk.proposals import Proposal, Proposals
from bot.desk.review import Review
from bot.knowledge.faults import Fault
from tests.desk.desks import working_desk
from tests.knowledge.folder import copy_of_real

HOURS = "---\ntitle: 半夜来电\n---\n\n晚上十点以后不能打。\n\n早上八点以前也不能。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose one commit holds one topic, one law and the people."""
    folder = tmp_path / "zhiquan"
    write(folder / "knowledge/topics/call_hours.md", HOURS)
    write(folder / "knowledge/laws/guide-2026.yml", "title: 指引\n")
    write(folder / ".gitignore", "/.data/\n")
    write(folder / "knowledge/people.yml", PEOPLE)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Begin")
    return folder


@pytest.fixture
def proposals(root: Path) -> Proposals:
    return Proposals(root)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=dev", "-c", "user.email=dev@localhost"]
    done = subprocess.run(
        ["git", *who, *words],  # noqa: S607 whichever git the machine has
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def commit(folder: Path, subject: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", subject)


TOPIC = "topics/call_hours.md"
PEOPLE = "- name: 陈律师\n  role: lawyer\n- name: 王倡导\n  role: advocate\n"


def forbidden(folder: Path) -> list[Fault]:
    """A check that knows one fault: promising something."""
    return [
        Fault(path.name, 1, "不要说“保证”。")
        for path in sorted(folder.rglob("*.md"))
        if "保证" in path.read_text("utf-8")
    ]


@pytest.fixture
def review(proposals: Proposals) -> Review:
    return Review(proposals, forbidden)


def propose(review: Review, change: tuple[str, str], file: str = TOPIC) -> Proposal:
    """A proposal by 李倡导 that is handed over: one thing replaced by another."""
    proposal = review.proposals.begin("李倡导", "改一句")
    path = proposal.folder / file
    write(path, path.read_text("utf-8").replace(*change))
    return review.submit(proposal.slug, "李倡导", "原来的说得不准")


@pytest.fixture(scope="session")
def made_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the real knowledge, made once."""
    tree = tmp_path_factory.mktemp("made") / "tree"
    copy_of_real(tree / "knowledge")
    write(tree / ".gitignore", "/.data/\n")
    git(tree, "init", "--quiet", "--initial-branch=main")
    commit(tree, "Begin")
    return tree


@pytest.fixture
def tree(made_tree: Path, tmp_path: Path) -> Path:
    """A repository with the real knowledge, to change."""
    return Path(copytree(made_tree, tmp_path / "tree"))


@pytest.fixture
def app(tree: Path) -> Starlette:
    """A desk over it."""
    return working_desk(tree / "knowledge", tree / ".data")

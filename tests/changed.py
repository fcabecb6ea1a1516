"""Runs the tests of what changed since main, without training: `make quick`.

A test belongs to what it imports itself. What no test imports is tested through who imports it.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PACKAGES = ("bot", "rasa_project", "tests")
_RASA = "tests/rasa_project/"
_OF_KNOWLEDGE = "tests/knowledge/test_knowledge_base.py"
Imports = Mapping[str, frozenset[str]]
"""What each file imports itself: paths from the root, with slashes."""


def main() -> None:
    """Run them; the exit code is that of the first run that failed."""
    tests = chosen_for(changed_files(), imports_of(ROOT))
    if not tests:
        print("Nothing that has tests has changed since main.")
    ours = [each for each in tests if not each.startswith(_RASA)]
    rasas = [each for each in tests if each.startswith(_RASA)]
    codes = [_run(python, chosen) for python, chosen in ((".venv", ours), (".venv-rasa", rasas))]
    sys.exit(next((code for code in codes if code), 0))


def changed_files() -> list[str]:
    """What differs from where this branch left main, committed or not, and what is new."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    differs = _git("diff", "--name-only", "--no-renames", base[0])
    return sorted({*differs, *_git("ls-files", "--others", "--exclude-standard")})


def chosen_for(changed: Iterable[str], imports: Imports) -> list[str]:
    """The test files for these changes, each once, in order."""
    found: set[str] = set()
    for file in changed:
        if file.startswith("knowledge/"):
            found |= {_OF_KNOWLEDGE, *_of_a_word_file(file, imports)}
        elif file.endswith("/conftest.py"):
            folder = file.removesuffix("conftest.py")
            found |= {each for each in imports if _is_test(each) and each.startswith(folder)}
        elif file.endswith(".py"):
            found |= _nearest_tests(file, imports)
    return sorted(each for each in found if each in imports)


def imports_of(root: Path) -> Imports:
    """Every Python file of the project with the files that it imports itself."""
    files = {
        path.relative_to(root).as_posix(): path
        for package in _PACKAGES
        for path in (root / package).rglob("*.py")
    }
    return {
        name: frozenset(_files_of(_imported(path), files)) - {name} for name, path in files.items()
    }


def _nearest_tests(file: str, imports: Imports) -> set[str]:
    """The file itself if it is a test; or else those that import it, through as few as may be."""
    if _is_test(file):
        return {file}
    seen, reached = {file}, {file}
    while reached:
        reached = {each for each, names in imports.items() if names & reached} - seen
        if tests := {each for each in reached if _is_test(each)}:
            return tests
        seen |= reached
    return set()


def _of_a_word_file(file: str, imports: Imports) -> Iterator[str]:
    """The tests named after a file or a folder of knowledge/."""
    name = file.split("/")[1].partition(".")[0]
    wanted = f"test_{name}.py"
    yield from (each for each in imports if Path(each).name == wanted and "/rasa_" not in each)


def _is_test(file: str) -> bool:
    return Path(file).name.startswith("test_")


def _imported(path: Path) -> Iterator[str]:
    """Dotted names, the imported thing at their end: it may be a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _files_of(names: Iterable[str], files: Mapping[str, Path]) -> Iterator[str]:
    for name in names:
        stem = name.replace(".", "/")
        yield from (each for each in (f"{stem}.py", f"{stem}/__init__.py") if each in files)


def _run(python: str, tests: list[str]) -> int:
    if not tests:
        return 0
    print("Test files:", *tests, sep="\n  ", flush=True)
    command = [f"{python}/bin/python", "-m", "pytest", "-m", "not trained", *tests]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 the git of whoever works here
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


if __name__ == "__main__":
    main()

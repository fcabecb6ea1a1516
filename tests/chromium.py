"""The Chromium of this machine, for tests and pictures of pages; it is no package of Python's."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_PROGRAM = shutil.which("chromium")
NEEDS_CHROMIUM = pytest.mark.skipif(
    _PROGRAM is None,
    reason="no program `chromium` on the PATH to drive pages with (Debian: apt install chromium)",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_PROGRAM, args=["--no-sandbox"])
        yield launched
        launched.close()

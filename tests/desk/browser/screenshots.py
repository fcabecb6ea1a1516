"""`python -m tests.desk.browser.screenshots`: the two pictures of the README, made anew."""

import tempfile
from pathlib import Path

from PIL import Image

from bot.concepts.missed import MissKind
from tests.chromium import chromium
from tests.desk.browser.house import house_with, served

_PLACE = Path(__file__).parents[3] / ".github"
_ASKED = {
    "夜里拿喇叭在楼下喊我名字": MissKind.NOT_UNDERSTOOD,
    "他们把欠条贴我家防盗门": MissKind.ASKED_BACK,
    "村口小卖部都传我欠钱": MissKind.USELESS,
}
_PAGES = {"desk-edit.png": "/edit/topics/call_hours.md", "desk-learn.png": "/learn"}


def main() -> None:
    """Make both, small."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        house_with(root, _ASKED)
        with served(root) as house, chromium() as browser:
            page = browser.new_page(viewport={"width": 1200, "height": 760}, locale="zh-CN")
            page.set_default_timeout(240_000)
            page.goto(house.door)
            _PLACE.mkdir(exist_ok=True)
            for name, path in _PAGES.items():
                page.goto(f"{house.address}{path}", wait_until="networkidle")
                page.screenshot(path=_PLACE / name)
                picture = Image.open(_PLACE / name).convert("RGB").quantize(48)
                picture.save(_PLACE / name, optimize=True)


if __name__ == "__main__":
    main()

"""The sample of pictures is the same each time, and messages look like messages."""

import io

from PIL import Image

from tests.papers.pictures import PAGE, SCREEN
from tests.papers.pictures_report import picture_of, sample_of


def test_a_sample_is_spread_over_all_of_a_half_and_the_same_each_time() -> None:
    sample = sample_of("seen", 10)
    assert len({entry["id"] for entry in sample}) == 10
    assert len({entry["kind"] for entry in sample}) > 5
    assert sample == sample_of("seen", 10)


def test_a_message_is_drawn_as_a_screenshot_and_a_court_paper_as_a_page() -> None:
    widths = []
    for kind in ("sms_bank", "summons"):
        drawn = picture_of({"kind": kind, "text": "您好。"}, 0)
        widths.append(Image.open(io.BytesIO(drawn)).width)
    assert widths[0] == SCREEN[0]
    assert widths[1] > PAGE[0]

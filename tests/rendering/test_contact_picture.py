"""The picture of a log: a dot where a contact was, and nothing where there was none."""

import io
from datetime import date

from PIL import Image

from bot.concepts.contact_chart import ChartDay, ContactChart
from bot.rendering.contact_picture import contact_picture

NINE = ChartDay(day=date(2026, 11, 20), by_hour=((9, 1), (22, 12)), count=13)
NONE = ChartDay(day=date(2026, 11, 21), by_hour=(), count=1)


def drawn(*days: ChartDay) -> Image.Image:
    chart = ContactChart(days=days, quiet_from=22, quiet_to=8)
    return Image.open(io.BytesIO(contact_picture(chart))).convert("RGB")


def is_dot(picture: Image.Image, line: int, hour: int) -> bool:
    """Whether the place of an hour has the colour of a dot, beside the number in its middle."""
    red, green, _ = picture.getpixel((96 + hour * 32 + 16 - 7, 56 + line * 40 + 20))
    return red > 150 and green < 90


def test_every_hour_with_contacts_has_a_dot_on_the_line_of_its_day() -> None:
    picture = drawn(NINE, NONE)
    dots = [(line, hour) for line in (0, 1) for hour in range(24) if is_dot(picture, line, hour)]
    assert dots == [(0, 9), (0, 22)]


def test_the_quiet_hours_are_shaded() -> None:
    picture = drawn(NINE)
    shaded = [hour for hour in range(24) if picture.getpixel((96 + hour * 32 + 8, 60))[0] < 240]
    assert shaded == [*range(8), 22, 23]


def test_a_line_is_added_for_each_day() -> None:
    assert drawn(NINE, NONE).height - drawn(NINE).height == 40

"""The contacts of a log as one picture: a line for each day, a place for each hour."""

import io

from PIL import Image, ImageDraw, ImageFont

from bot.concepts.contact_chart import ChartDay, ContactChart

_HOUR_WIDTH, _LINE, _LEFT, _TOP, _RIGHT = 32, 40, 96, 56, 72
_RADIUS, _MORE, _SMALL, _SIZE = 6, 2, 16, 18
_HOURS, _EVERY = 24, 2
_PAPER, _NIGHT, _GRID, _INK, _DOT = "#ffffff", "#e9edf5", "#d4d9e2", "#1f2933", "#c0392b"


def contact_picture(chart: ContactChart) -> bytes:
    """A PNG: days downwards, hours across, a dot for each hour with contacts, counts on the right.

    A dot grows with its contacts, the quiet hours are shaded. Figures alone stand in it: not
    every machine has a font for Chinese.
    """
    width = _LEFT + _HOURS * _HOUR_WIDTH + _RIGHT
    height = _TOP + len(chart.days) * _LINE + _LINE // 2
    image = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(image)
    _draw_hours(draw, chart, height - _LINE // 2)
    for number, each in enumerate(chart.days):
        _draw_day(draw, each, _TOP + number * _LINE + _LINE // 2)
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _draw_hours(draw: ImageDraw.ImageDraw, chart: ContactChart, bottom: int) -> None:
    for begin, end in ((0, chart.quiet_to), (chart.quiet_from, _HOURS)):
        draw.rectangle((_at(begin), _TOP, _at(end), bottom), fill=_NIGHT)
    for hour in range(0, _HOURS + 1, _EVERY):
        draw.line((_at(hour), _TOP, _at(hour), bottom), fill=_GRID)
        _write(draw, (_at(hour), _TOP - _SIZE), f"{hour:02d}", _SMALL)


def _draw_day(draw: ImageDraw.ImageDraw, each: ChartDay, middle: int) -> None:
    draw.line((_at(0), middle, _at(_HOURS), middle), fill=_GRID)
    _write(draw, (_LEFT // 2, middle), f"{each.day:%m-%d}", _SIZE)
    for hour, count in each.by_hour:
        centre, reach = (
            _at(hour) + _HOUR_WIDTH // 2,
            min(_RADIUS + _MORE * count, _HOUR_WIDTH // 2),
        )
        draw.ellipse((centre - reach, middle - reach, centre + reach, middle + reach), fill=_DOT)
        if count > 1:
            _write(draw, (centre, middle), str(count), _SMALL, _PAPER)
    _write(draw, (_at(_HOURS) + _RIGHT // 2, middle), str(each.count), _SIZE)


def _at(hour: int) -> int:
    return _LEFT + hour * _HOUR_WIDTH


def _write(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, colour: str = _INK
) -> None:
    draw.text(place, text, fill=colour, font=ImageFont.load_default(size), anchor="mm")

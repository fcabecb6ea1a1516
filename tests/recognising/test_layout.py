"""The order of reading, and which lines go on in the next."""

from collections.abc import Callable

import pytest

from bot.recognising.boxes import Box, Point, upright
from bot.recognising.layout import lines_of
from tests.recognising.boxes import box, tilted


def texts(boxes: list[Box]) -> list[str]:
    return [line.text for line in lines_of(boxes)]


def test_an_empty_page_has_no_lines() -> None:
    assert lines_of([]) == ()


def test_lines_are_read_from_the_top_down_whatever_order_they_were_found_in() -> None:
    page = [box("第三", 0, 60), box("第一", 0, 0), box("第二", 0, 30)]
    assert texts(page) == ["第一", "第二", "第三"]


def test_pieces_beside_each_other_are_one_line_as_sure_as_the_least_sure() -> None:
    page = [box("案由：", 0, 2, sure=0.9), box("借款合同纠纷", 100, 0), box("一案", 222, 1)]
    (line,) = lines_of(page)
    assert (line.text, line.confidence) == ("案由： 借款合同纠纷一案", 0.9)


@pytest.mark.parametrize("degrees", [-8, -3, 3, 8])
def test_a_tilted_page_is_read_as_a_straight_one(degrees: float) -> None:
    page = [
        box(f"{row}行{side}", 400 * column, 30 * row)
        for row in range(6)
        for column, side in enumerate(("左", "右"))
    ]
    straight = [f"{row}行左 {row}行右" for row in range(6)]
    assert texts(tilted(page, degrees)[::-1]) == straight


def test_two_columns_are_read_one_after_the_other_below_their_heading() -> None:
    page = [box("判决书", 280, 0), box("页脚横跨两栏的一行字", 210, 300)]
    for number in range(6):
        page.append(box(f"左{number}这一行有十个字的", 0, 40 + 30 * number))
        page.append(box(f"右{number}这一行有十个字的", 400, 45 + 30 * number))
    left = [f"左{number}这一行有十个字的" for number in range(6)]
    right = [f"右{number}这一行有十个字的" for number in range(6)]
    assert texts(page) == ["判决书", *left, *right, "页脚横跨两栏的一行字"]


def test_labels_and_their_values_are_no_columns() -> None:
    page = list[Box]()
    for number in range(6):
        page += [box("标签", 0, 30 * number), box(f"值{number}比标签长一些", 300, 30 * number)]
    assert texts(page)[0] == "标签 值0比标签长一些"


def test_a_line_that_fills_its_row_goes_on_and_a_paragraph_ends_with_a_short_one() -> None:
    page = [
        box("尊敬的张先生您尾号六六八八的", 0, 0),
        box("信用卡已逾期九十二天，应还金", 0, 30),
        box("额12,345元。", 0, 60, width=170),
        box("退订回T", 0, 90, width=70),
    ]
    assert [line.goes_on for line in lines_of(page)] == [True, True, False, False]


def test_an_indented_line_begins_a_paragraph() -> None:
    page = [box("这一行从头写到了右边的尽头处", 0, 0), box("缩进的一段", 40, 30)]
    assert [line.goes_on for line in lines_of(page)] == [False, False]


def test_a_line_that_is_short_for_want_of_room_for_a_link_goes_on() -> None:
    page = [
        box("请于今日内登录以下网址办理手", 0, 0),
        box("续", 0, 30),
        box("http://court-gov.cn.top/a8Z9", 0, 60, width=280),
    ]
    assert [line.goes_on for line in lines_of(page)] == [True, True, False]


def test_a_bubble_is_no_part_of_the_one_before_it() -> None:
    page = [box("这一行从头写到了右边的尽头处", 0, 0), box("另一个气泡里的话也很长很长", 0, 80)]
    assert [line.goes_on for line in lines_of(page)] == [False, False]


@pytest.mark.parametrize(
    ("turned", "size", "is_head_down"),
    [
        (lambda x, y: (x, y), (400, 200), False),
        (lambda x, y: (400 - x, 200 - y), (400, 200), True),
        # Turned right by a quarter: what is read after a turn to the left stands upright.
        (lambda x, y: (200 - y, x), (200, 400), False),
        (lambda x, y: (y, 400 - x), (200, 400), True),
    ],
)
def test_a_page_that_lies_on_its_side_or_head_is_set_upright(
    turned: Callable[[float, float], Point], size: tuple[int, int], is_head_down: bool
) -> None:
    page = [box("第一行字", 10, 10), box("第二行的字", 10, 50), box("第三", 10, 90)]
    found = tuple(_from_its_upper_left(each.moved(turned)) for each in page)
    read = upright(found, size, is_head_down=is_head_down)
    assert [each.corners for each in read] == [each.corners for each in page]


def _from_its_upper_left(found: Box) -> Box:
    """As a detector gives it: the corner nearest to the upper left first, then clockwise."""
    corners = found.corners
    first = min(range(4), key=lambda number: sum(corners[number]))
    return found.moved(lambda x, y: (x, y), first=first)

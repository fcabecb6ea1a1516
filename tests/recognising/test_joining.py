"""What two pictures of one paper both show stands once."""

from bot.concepts.recognition import Reading, ReadLine
from bot.recognising.joining import joined


def reading(*texts: str) -> Reading:
    return Reading(lines=tuple(ReadLine(text=text) for text in texts))


def texts(*readings: Reading) -> list[str]:
    return [line.text for line in joined(readings).lines]


UPPER = reading("某某区人民法院", "传票", "案号：（2026）浙0106民初12345号", "被传唤人：王小红")
LOWER = reading("案号：（2026）浙0106民初12345号", "被传唤人：王小红", "应到时间：12月18日9时")


def test_one_picture_is_read_as_it_is() -> None:
    assert joined([UPPER]) == UPPER


def test_shared_lines_stand_once_although_a_character_was_read_otherwise() -> None:
    blurred = reading("案号：(2026)浙0106民初12345号", "被传唤人：王小虹", "应到时间：12月18日9时")
    assert (
        texts(UPPER, blurred)
        == texts(UPPER, LOWER)
        == [
            *(line.text for line in UPPER.lines),
            "应到时间：12月18日9时",
        ]
    )


def test_the_frame_of_each_screenshot_is_left_out_where_they_overlap() -> None:
    first = reading("9:41", "催收小王", "今天还钱", "明天上门", "后天起诉", "发送")
    second = reading("9:42", "催收小王", "明天上门", "后天起诉", "大后天冻卡", "发送")
    assert texts(first, second) == [
        "9:41", "催收小王", "今天还钱", "明天上门", "后天起诉", "大后天冻卡", "发送",
    ]  # fmt: skip


def test_pages_without_a_shared_line_follow_each_other() -> None:
    first = Reading(lines=(ReadLine(text="第一页最后一行写满了", goes_on=True),))
    both = joined([first, reading("第二页第一行")])
    assert [line.text for line in both.lines] == ["第一页最后一行写满了", "第二页第一行"]
    assert (both.pages, both.text) == (2, "第一页最后一行写满了\n第二页第一行")


def test_lines_that_differ_in_a_number_are_two_lines() -> None:
    first = reading("2026年10月3日 还款 1000元", "2026年11月3日 还款 1000元")
    second = reading("2026年12月3日 还款 1000元", "合计 3000元")
    assert len(texts(first, second)) == 4


def test_a_short_line_alone_is_no_overlap() -> None:
    assert texts(reading("你好", "再见"), reading("再见", "走了")) == [
        "你好",
        "再见",
        "再见",
        "走了",
    ]


def test_what_was_cut_anywhere_is_cut() -> None:
    cut = Reading(lines=UPPER.lines, is_cut=True)
    assert joined([cut, LOWER]).is_cut
    assert not joined([UPPER, LOWER]).is_cut

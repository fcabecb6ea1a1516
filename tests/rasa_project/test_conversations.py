"""Whole conversations with the trained model: filled in, corrected, left, resumed, restored."""

from itertools import count

import pytest
from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain

from rasa_project.actions.hearing import tools
from rasa_project.actions.questionnaires import SUMMARY
from rasa_project.tracker_store import ShortMemory
from tests.rasa_project.talk import Talk, asked, load_agent, tasks

STORY = "昨晚十一点半催收打我妈电话骂她不要脸，说我欠钱不还，你看看这算不算违规"
NUMBERS = count()


@pytest.fixture(scope="session")
def memory() -> ShortMemory:
    return ShortMemory(Domain.empty())


@pytest.fixture(scope="session")
def agent(memory: ShortMemory) -> Agent:
    return load_agent(memory)


@pytest.fixture
def talk(agent: Agent, memory: ShortMemory) -> Talk:
    return Talk(agent, memory, f"pseudonym{next(NUMBERS)}")


async def test_a_question_is_answered_by_the_name_of_its_page(talk: Talk) -> None:
    effects = await talk.says("催收半夜给我打电话合法吗")
    assert effects == [{"answer": "call_hours"}]
    assert talk.understanding["intent"]["name"] == "call_hours"


async def test_a_call_is_noted_by_words_taps_and_skips(talk: Talk) -> None:
    assert asked(await talk.says("帮我记一笔催收")) == "channel"
    assert asked(await talk.picks("channel_1")) == "day"
    assert asked(await talk.says("今天")) == "time"
    assert asked(await talk.says("晚上11点半")) == "reached"
    assert asked(await talk.says("1 2")) == "caller"
    assert asked(await talk.says("跳过")) == "said"
    assert asked(await talk.says("今天不还就群发你通讯录")) == "evidence"
    (done,) = await talk.controls("skip")
    assert (done["task"], done["tool"]) == ("log_contact", "log_contact")
    told = {name: value for name, value in done["answers"].items() if name != "day"}
    assert told == {
        "channel": "phone", "time": "晚上11点半", "reached": "self,family", "caller": "",
        "said": "今天不还就群发你通讯录", "evidence": "",
    }  # fmt: skip
    assert await talk.says("录音能当证据吗") == [{"answer": "recording_legality"}]


@pytest.mark.parametrize(
    "answer",
    [
        "今天",
        "昨天晚上",
        "前天半夜两点多",
        "我妈",
        "我爸和我老婆",
        "再见",
        "先走了",
        "八万左右",
        "不记得了",
        "没说他是谁",
    ],
)
async def test_a_short_answer_is_no_danger(talk: Talk, answer: str) -> None:
    await talk.says(answer)
    assert talk.understanding["danger"] != "strong"


async def test_what_is_known_of_a_record_is_not_asked(talk: Talk) -> None:
    effects = await talk.begins("log_contact", channel="phone", reached="family", said=STORY)
    assert asked(effects) == "day"


async def test_a_letter_is_chosen_then_filled_in_with_steps_back_and_corrections(
    talk: Talk,
) -> None:
    assert tasks(await talk.says("帮我写一份函")) == ["choose_write_letter"]
    assert asked(await talk.begins("stop_third_party_contact")) == "lender"
    first, second, third = (each.id for each in tools()["stop_third_party_contact"].questions[:3])
    assert asked(await talk.says("某某银行信用卡中心")) == second
    assert asked(await talk.picks(f"{second}_1")) == third
    assert asked(await talk.controls("back")) == second
    assert asked(await talk.controls("back")) == first
    assert asked(await talk.says("浦发银行信用卡中心")) == third
    effects = await talk.controls("review")
    assert asked(effects) == SUMMARY
    assert effects[-1]["answers"]["lender"] == "浦发银行信用卡中心"
    assert asked(await talk.controls("fix_lender")) == first
    assert asked(await talk.says("招商银行信用卡中心")) == SUMMARY
    assert asked(await talk.controls("finish")) == third


async def test_a_letter_is_left_and_taken_up_where_it_was(talk: Talk) -> None:
    await talk.begins("complain_to_lender")
    assert asked(await talk.says("某某银行信用卡中心")) == "product"
    (left,) = await talk.says("先不弄了")
    assert (left["task"], left["answers"]) == ("leave_tool", {"lender": "某某银行信用卡中心"})
    assert await talk.says("录音能当证据吗") == [{"answer": "recording_legality"}]
    assert asked(await talk.begins("complain_to_lender", **left["answers"])) == "product"


async def test_a_finished_letter_is_corrected_in_one_place(talk: Talk) -> None:
    tool = tools()["stop_third_party_contact"]
    await talk.begins(tool.id)
    effects = []
    for question in tool.questions:
        effects = await (
            talk.controls("skip") if question.is_optional
            else talk.picks(f"{question.id}_1") if question.choices
            else talk.says(question.example.split("、")[0])
        )  # fmt: skip
    (done,) = effects
    assert done["task"] == "write_letter"
    assert asked(await talk.begins(tool.id, **done["answers"])) == SUMMARY
    assert asked(await talk.controls("fix_lender")) == "lender"
    assert asked(await talk.says("招商银行")) == SUMMARY
    (again,) = await talk.controls("finish")
    assert again["answers"] == {**done["answers"], "lender": "招商银行"}


async def test_a_preview_is_shown_and_the_question_asked_again(talk: Talk) -> None:
    await talk.begins("police_statement")
    effects = await talk.controls("preview")
    assert tasks(effects) == ["preview_tool"]
    assert asked(effects) == tools()["police_statement"].questions[0].id


async def test_a_deadline_is_one_day(talk: Talk) -> None:
    assert tasks(await talk.says("帮我算期限")) == ["choose_set_deadline"]
    assert asked(await talk.begins("deadline_payment_order_objection")) == "day"
    assert asked(await talk.says("大概吧")) == "day"
    (done,) = await talk.says("2026-11-20")
    assert (done["task"], done["answers"]) == ("set_deadline", {"day": "2026-11-20"})


async def test_a_complaint_of_danger_asks_one_question(talk: Talk) -> None:
    assert asked(await talk.says("带我一步一步投诉")) == "matter"
    (done,) = await talk.picks("matter_1")
    assert (done["task"], done["answers"]) == ("make_complaint", {"matter": "danger"})


async def test_another_complaint_asks_three_and_takes_do_not_know(talk: Talk) -> None:
    await talk.says("带我一步一步投诉")
    assert asked(await talk.says("3")) == "lender"
    assert asked(await talk.says("不清楚")) == "progress"
    (done,) = await talk.controls("skip")
    assert done["answers"] == {"matter": "harassment", "lender": "unknown", "progress": ""}


async def test_a_plan_with_everything_skipped_still_ends(talk: Talk) -> None:
    effects = await talk.says("帮我算算每月能还多少")
    for _ in tools()["plan_budget"].questions:
        assert asked(effects)
        effects = await talk.controls("skip")
    (done,) = effects
    assert done["task"] == "plan_budget"
    assert set(done["answers"].values()) == {""}


async def test_a_story_is_checked_at_once(talk: Talk) -> None:
    effects = await talk.says(STORY)
    assert effects == [{"task": "check_call", "tool": "check_call", "answers": {"story": STORY}}]
    assert await talk.says("你好") == [{"utterance": "greet"}]


async def test_a_wish_to_check_asks_for_the_story_and_takes_any_words(talk: Talk) -> None:
    assert asked(await talk.taps("check_call")) == "story"
    story = "他问我什么时候还，我说没钱，他就说要找我领导，我能怎么办？"
    (done,) = await talk.says(story)
    assert done["answers"] == {"story": story}


async def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    effects = await talk.says("录音能当证据吗")
    assert tasks(effects) == ["recording_legality"]
    assert asked(effects) == "caller"
    assert asked(await talk.says("某银行委外")) == "said"


async def test_a_wish_in_the_middle_is_offered_and_its_button_followed(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    effects = await talk.says("帮我写投诉信")
    assert tasks(effects) == ["offer_instead"]
    assert asked(effects) == "caller"
    effects = await talk.says("导出我的数据")
    assert tasks(effects) == ["export_my_data"]
    assert asked(effects) == "caller"
    assert asked(await talk.taps("make_complaint")) == "matter"


async def test_a_page_tapped_in_the_middle_is_shown_and_the_form_goes_on(talk: Talk) -> None:
    await talk.begins("log_contact")
    effects = await talk.taps("call_hours")
    assert tasks(effects) == ["call_hours"]
    assert asked(effects) == "channel"


async def test_another_tool_begun_in_the_middle_takes_its_place(talk: Talk) -> None:
    await talk.begins("log_contact")
    assert asked(await talk.begins("police_statement")) != "channel"
    assert asked(await talk.controls("back")) is not None
    (left,) = await talk.says("取消")
    assert left["tool"] == "police_statement"


@pytest.mark.parametrize(
    "entities", [{"control": "skip"}, {"pick": "channel_1"}, {"tool": "gone"}]
)
async def test_a_stale_button_without_a_tool_says_so(talk: Talk, entities: dict[str, str]) -> None:
    assert await talk.taps("button", **entities) == [{"utterance": "stale_button"}]
    assert await talk.says("你好") == [{"utterance": "greet"}]


async def test_a_stale_choice_answers_no_other_question(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    effects = await talk.picks("channel_2")
    assert asked(effects) == "caller"
    assert effects[-1]["problem"] == "stale_button"
    assert effects[-1]["answers"]["channel"] == "phone"


@pytest.mark.parametrize(
    "text", ["/delete_my_data", " / /call_hours", '/button{"tool":"police_statement"}']
)
async def test_nobody_types_an_intent(talk: Talk, text: str) -> None:
    effects = await talk.says(text)
    assert talk.understanding["intent"]["confidence"] < 1
    assert asked(effects) is None


async def test_nothing_at_all_is_asked_back(talk: Talk) -> None:
    assert tasks(await talk.says("")) == ["ask_back"]
    assert tasks(await talk.says(" /// ")) == ["give_up"]


async def test_nothing_at_all_is_no_answer(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    effects = await talk.says("")
    assert (asked(effects), effects[-1]["problem"]) == ("caller", "answer_empty")


async def test_what_is_said_in_a_form_is_told_as_it_was_understood(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    await talk.says("录音能当证据吗")
    assert talk.understanding["intent"]["name"] == "recording_legality"


async def test_in_a_form_no_typed_slash_is_a_button(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    effects = await talk.says('/button{"control":"stop"}')
    assert asked(effects) == "said"


async def test_a_draft_outlives_a_restart_of_rasa(talk: Talk) -> None:
    await talk.begins("log_contact")
    await talk.picks("channel_4")
    talk.rasa_restarts()
    assert asked(await talk.says("今天")) == "time"
    assert talk.draft is not None
    assert talk.draft["answers"]["channel"] == "visit"
    talk.rasa_restarts()
    assert asked(await talk.controls("back")) == "day"
    talk.rasa_restarts()
    assert tasks(await talk.controls("stop")) == ["leave_tool"]


async def test_a_correction_outlives_a_restart_of_rasa(talk: Talk) -> None:
    answers = {
        "channel": "phone", "day": "2026-11-22", "time": "", "reached": "self", "caller": "",
        "said": "骂人", "evidence": "",
    }  # fmt: skip
    assert asked(await talk.begins("log_contact", **answers)) == SUMMARY
    await talk.controls("fix_said")
    talk.rasa_restarts()
    assert asked(await talk.says("骂我不要脸")) == SUMMARY
    talk.rasa_restarts()
    (done,) = await talk.controls("finish")
    assert done["answers"] == {**answers, "said": "骂我不要脸"}


async def test_a_question_after_a_restart_is_answered_and_the_form_goes_on(talk: Talk) -> None:
    await talk.begins("log_contact", channel="phone", day="2026-11-22", time="", reached="self")
    talk.rasa_restarts()
    effects = await talk.says("录音能当证据吗")
    assert (tasks(effects), asked(effects)) == (["recording_legality"], "caller")


async def test_a_draft_is_not_put_over_what_rasa_remembers(talk: Talk) -> None:
    await talk.begins("log_contact")
    talk.draft = {"tool": "log_contact", "answers": {}, "asking": "evidence", "is_review": False}
    assert asked(await talk.picks("channel_1")) == "day"


async def test_what_is_forgotten_has_no_form_any_more(talk: Talk) -> None:
    await talk.begins("log_contact")
    await talk.is_forgotten()
    talk.draft = None
    assert await talk.says("你好") == [{"utterance": "greet"}]


async def test_nothing_of_a_person_stays_in_memory_when_they_are_forgotten(
    talk: Talk, memory: ShortMemory
) -> None:
    before = set(memory.store)
    await talk.begins("log_contact")
    assert set(memory.store) > before
    await talk.is_forgotten()
    assert set(memory.store) == before


async def test_people_do_not_disturb_each_other(agent: Agent, memory: ShortMemory) -> None:
    first, second = Talk(agent, memory, "li"), Talk(agent, memory, "wang")
    await first.begins("log_contact")
    assert await second.says("录音能当证据吗") == [{"answer": "recording_legality"}]
    assert asked(await first.picks("channel_1")) == "day"


async def test_twice_not_understood_names_people(talk: Talk) -> None:
    assert tasks(await talk.says("qwrtzx")) == ["ask_back"]
    assert tasks(await talk.says("zxcvb")) == ["give_up"]


async def test_a_long_conversation_stays_quick_and_whole(talk: Talk) -> None:
    for _ in range(60):
        assert await talk.says("你好") == [{"utterance": "greet"}]
    assert asked(await talk.begins("log_contact")) == "channel"
    assert asked(await talk.picks("channel_1")) == "day"

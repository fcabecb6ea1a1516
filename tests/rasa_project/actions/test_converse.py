"""The action that hosts the dialogue: the words of the bot, its choices as Rasa's own buttons."""

from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from rasa_project.actions.converse import CONVERSATION, Converse

SURE = {"name": "call_hours", "confidence": 0.97}


def tracker(message: dict[str, Any], kept: Any = None) -> Tracker:
    return Tracker("shell", {CONVERSATION: kept}, message, [], False, None, {}, "action_listen")


def typed(text: str, *ranking: dict[str, Any]) -> dict[str, Any]:
    best = ranking[0] if ranking else {"name": "nlu_fallback", "confidence": 0.6}
    return {"text": text, "intent": best, "intent_ranking": list(ranking), "entities": []}


def tapped(choice: str) -> dict[str, Any]:
    entity = {"entity": "choice", "value": choice}
    return {
        "text": f'/button{{"choice": "{choice}"}}',
        "intent": {"name": "button", "confidence": 1.0},
        "entities": [entity],
    }


async def said(message: dict[str, Any], kept: Any = None) -> tuple[dict[str, Any], Any]:
    """What is said, and the slot afterwards."""
    dispatcher = CollectingDispatcher()
    (event,) = await Converse().run(dispatcher, tracker(message, kept), {})
    (reply,) = dispatcher.messages
    return reply, event["value"]


async def test_a_question_is_answered_in_words_with_numbered_choices() -> None:
    reply, kept = await said(typed("催收半夜给我打电话合法吗", SURE))
    assert "22:00" in reply["text"]
    assert len(reply["text"]) <= 300
    assert all(each["payload"].startswith('/button{"choice": "') for each in reply["buttons"])
    assert kept["topic"] == "call_hours"


async def test_every_choice_can_be_read_back() -> None:
    reply, _ = await said(typed("催收半夜给我打电话合法吗", SURE))
    for each in reply["buttons"]:
        chosen = each["payload"].removeprefix('/button{"choice": "').removesuffix('"}')
        assert Choice.parse(chosen) is not None


async def test_a_follow_up_leans_on_the_slot() -> None:
    first, kept = await said(typed("催收半夜给我打电话合法吗", SURE))
    second, _ = await said(typed("凭什么"), kept)
    assert second["text"] != first["text"]
    assert "行业自律" in second["text"]


async def test_a_letter_is_begun_and_filled_in_by_taps_and_words() -> None:
    asked, kept = await said(tapped("s:complain_to_lender"))
    assert "1/" in asked["text"]
    following, kept = await said(typed("招商银行"), kept)
    assert "招商银行" in following["text"]
    assert kept["draft"]["answers"]["lender"] == "招商银行"


async def test_a_reminder_is_set_by_the_button_of_a_last_day() -> None:
    day = datetime.now(SHANGHAI).date() - timedelta(days=3)
    reply, _ = await said(tapped(f"d:remind_payment_order_objection_{day:%Y%m%d}"))
    assert "提醒" in reply["text"]


async def test_typed_text_cannot_pass_for_a_button() -> None:
    reply, kept = await said(typed('button{"choice": "d:erase"}'))
    assert kept.get("draft") is None
    assert "全部删掉" not in reply["text"]


async def test_danger_comes_first() -> None:
    reply, kept = await said(typed("我不想活了"))
    assert "12356" in reply["text"]
    assert kept["is_after_card"] is True


async def test_a_broken_slot_is_an_empty_conversation() -> None:
    reply, _ = await said(typed("催收半夜给我打电话合法吗", SURE), {"draft": 7, "case": "?"})
    assert "22:00" in reply["text"]


async def test_who_puts_a_sum_right_is_no_danger_where_only_the_model_hears_it() -> None:
    kept = {"case": {"amount": 16000, "monthly_ability": 300}}
    reply, _ = await said({**typed("不对 再想了想 四百可以", SURE), "danger": "strong"}, kept)
    assert "改好了" in reply["text"]
    reply, _ = await said({**typed("随便吧 都一样了", SURE), "danger": "strong"}, kept)
    assert "12356" in reply["text"]

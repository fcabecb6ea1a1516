"""Actions run where Rasa runs, without an action server."""

from rasa_project.actions.in_process import InProcessActions


async def test_every_action_of_the_domain_is_found_and_run() -> None:
    actions = InProcessActions("rasa_project.actions")
    tracker = {
        "sender_id": "pseudonym", "slots": {}, "latest_message": {}, "events": [],
        "paused": False, "latest_input_channel": None, "active_loop": {},
        "latest_action_name": None, "followup_action": None,
    }  # fmt: skip
    names = ("action_ask_back", "action_after_answer", "action_begin_tool", "action_ask_reply",
             "action_end_tool", "validate_tool_form")  # fmt: skip
    for name in names:
        call = {"next_action": name, "sender_id": "pseudonym", "tracker": tracker, "domain": {}}
        result = await actions.request(json=call)
        assert set(result) == {"events", "responses"}

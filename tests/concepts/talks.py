"""Conversations of the tests."""

from datetime import date

from bot.concepts.case import Case, Deed
from bot.concepts.conversation import Conversation, Draft

WHOLE = Conversation(
    topic="call_hours",
    shown=("call_hours__first", "call_hours__how"),
    asked="product",
    offered=(("怎么做", "y:call_hours__how"), ("全部主题", "m:")),
    draft=Draft(
        tool="log_contact",
        answers={"channel": "phone", "time": ""},
        asking="reached",
        is_review=True,
        is_open=False,
        doubted="reached",
        candidate="family",
    ),
    aside={"police_statement": {"happened": "昨天"}},
    story={"story": "半夜打来骂人", "unheard": "time", "more": ""},
    record={"story": "半夜打来骂人", "lender": "招商银行"},
    case=Case(
        product="credit_card",
        lenders=("招商银行",),
        amount=30000,
        overdue_months=3.5,
        done=(Deed("complained", date(2026, 11, 2)),),
        sources={"product": "信用卡"},
    ),
    paper={"text": "【某某法院】你有一份文书"},
    misses=1,
    unclear=("call_hours", "home_visit"),
    waiting="半夜打电话",
    question="半夜打来合法吗",
    is_plain=True,
    is_traditional=True,
    is_after_card=True,
    is_in_danger=True,
)
"""A conversation in which nothing is empty."""

"""Inline mode: `@bot 半夜打电话` in any chat offers cards to share there."""

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.channels.telegram.delivery import LIMITS
from bot.channels.telegram.sending import NO_PREVIEW
from bot.channels.telegram.words import Words
from bot.rendering.telegram_html import render_telegram_html

CARDS_AT_MOST = 10
CACHE_SECONDS = 300

_log = structlog.stdlib.get_logger(__name__)


async def answer_inline(bot: Bot, words: Words, query: InlineQuery) -> None:
    """Offer the cards that fit, or suggestions where nothing does."""
    topics = words.find(query.query.strip()) or words.find("")
    cards = [_card(bot, words, topic) for topic in tuple(dict.fromkeys(topics))[:CARDS_AT_MOST]]
    try:
        await bot.answer_inline_query(
            query.id,
            [card for card in cards if card is not None],
            cache_time=CACHE_SECONDS,
            is_personal=False,
        )
    except TelegramError as error:
        # Mostly a query that waited too long: the person has typed on.
        _log.info("inline_query_not_answered", error=type(error).__name__)


def _card(bot: Bot, words: Words, topic: str) -> InlineQueryResultArticle | None:
    messages = render_telegram_html(words.brief(topic), LIMITS)
    if not messages:
        return None
    title, short = words.titles(topic)
    url = create_deep_linked_url(bot.username, topic)
    return InlineQueryResultArticle(
        id=topic,
        title=title,
        description=short,
        input_message_content=InputTextMessageContent(
            messages[0].html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(words.continue_label, url=url)]]),
    )

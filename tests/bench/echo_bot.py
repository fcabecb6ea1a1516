"""The bare bot to compare with: python-telegram-bot as its manual shows it, and nothing else."""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

_KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="again")]])


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    message = update.effective_message
    if message is not None:
        await message.reply_text(message.text or "?", reply_markup=_KEYBOARD)


async def tap(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Take a tap and answer it with a message."""
    query, message = update.callback_query, update.effective_message
    if query is not None and message is not None:
        await query.answer()
        await message.reply_text("again", reply_markup=_KEYBOARD)


def main() -> None:
    """Poll until told to end."""
    url = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{url}/bot")
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(tap))
    application.run_polling()


if __name__ == "__main__":
    main()

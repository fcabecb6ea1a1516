"""How long words are kept: the privacy page says these numbers, and what deletes uses them."""

CONVERSATION_HOURS = 24
"""Hours without a word after which Rasa's memory of a conversation is dropped."""

ANSWERED_UPDATE_DAYS = 2
"""Days for which the bare id of an answered update is kept, so that it is not answered twice."""

SET_ASIDE_UPDATE_DAYS = 7
"""Days for which an update that could not be answered is kept for the operator."""

MISSED_DAYS = 90
"""Days for which a masked message that went wrong is kept, for the advocates to learn from."""

DRAFT_DAYS = 30
"""Days after its last change for which a half-filled letter or form is kept."""

SENT_REMINDER_DAYS = 7
"""Days for which a reminder is kept after it was sent, or after its day passed without it."""

SENT_MESSAGE_HOURS = 48
"""Hours for which a bot may delete its messages, and so for which their numbers are kept."""

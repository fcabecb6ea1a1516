"""`make bench`: what a message costs beside a bare echo bot, on the same Bot API server."""

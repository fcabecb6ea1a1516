"""The tree of errors. Each message says what is wrong, where, and how to mend it."""


class ZhiquanError(Exception):
    """Any fault of this program that a person can mend; the message is for that person."""


class SettingsError(ZhiquanError):
    """A setting is missing or wrong. For operators, in English."""


class KnowledgeError(ZhiquanError):
    """The knowledge base cannot be used. For content writers, in Chinese, one fault a line."""


class RasaUnavailableError(ZhiquanError):
    """The Rasa server is not ready, gone, or answered nonsense; the bot goes on without it."""


class StorageError(ZhiquanError):
    """The database cannot be opened or written."""


class ChannelError(ZhiquanError):
    """A channel cannot start or go on: wrong token, second copy, unreachable server."""


class MustWaitError(ChannelError):
    """One chat is to be left alone for so many seconds; nothing is wrong, and others go on."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"A chat must wait {seconds:.0f} seconds.")
        self.seconds = seconds

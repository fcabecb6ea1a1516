"""What the server remembers of the bot, and how it goes wrong on demand."""

from dataclasses import dataclass

from tests.bot_api_server.rules import Refused


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the bot sent."""

    name: str
    content: bytes
    media_type: str


@dataclass(slots=True)
class SentMessage:
    """A message of the bot as it stands now; `html` is what the bot wrote."""

    chat_id: int
    message_id: int
    text: str
    html: str
    rows: list[list[dict[str, str]]]
    parameters: dict[str, str]
    document: Upload | None = None
    edits: int = 0
    is_too_old: bool = False

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, label: str) -> dict[str, str]:
        """The button with this label; KeyError when there is none."""
        found = [button for row in self.rows for button in row if button["text"] == label]
        if not found:
            raise KeyError(f"{label} is not among {self.labels}")
        return found[0]


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot."""

    method: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """How one request goes wrong; `is_done` when the server acts before the line drops.

    One that only takes `seconds` goes well in the end.
    """

    refused: Refused | None = None
    chat_id: int | None = None
    is_done: bool = False
    seconds: float = 0.0

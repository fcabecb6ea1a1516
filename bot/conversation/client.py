"""Talks to the Rasa server over loopback and turns its JSON into frozen things."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from bot.concepts.danger import DangerLevel, Opinion
from bot.concepts.records import Draft
from bot.concepts.turn import Candidate, Effect, EffectKind, Turn, Understanding
from bot.errors import RasaUnavailableError

FALLBACK = "nlu_fallback"
_SHOWN_CANDIDATES = 5
_OPENING = re.compile(r"^[\s/\\]+")


class RasaClient:
    """One Rasa server. Every method raises RasaUnavailableError when it does not answer well."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """`http` knows the server's base URL and carries its token."""
        self._http = http

    async def take_turn(self, sender: str, text: str, draft: Draft | None = None) -> Turn:
        """Let Rasa hear a message. `sender` is a pseudonym, `text` is masked.

        `draft` is what Rasa may have forgotten: a tool that the person is filling in.
        """
        return await self._take(sender=sender, text=_hearable(text), draft=_as_json(draft))

    async def choose(
        self,
        sender: str,
        intent: str,
        entities: Mapping[str, object] | None = None,
        draft: Draft | None = None,
    ) -> Turn:
        """Let Rasa hear one of our own buttons."""
        return await self._take(
            sender=sender, intent=intent, entities=entities or {}, draft=_as_json(draft)
        )

    async def understand(self, text: str) -> Understanding:
        """What a text means, without a conversation."""
        return _read(_understanding, await self._post("/model/parse", text=_hearable(text)))

    async def forget(self, sender: str) -> None:
        """Drop all that Rasa remembers of a person."""
        await self._post("/webhooks/turns/forget", sender=sender)

    async def is_ready(self) -> bool:
        """Whether the server answers and has loaded its model."""
        try:
            response = await self._http.get("/status", timeout=2)
            return response.is_success and bool(_json(response).get("model_file"))
        except (httpx.HTTPError, RasaUnavailableError):
            return False

    async def _take(self, **body: object) -> Turn:
        return _read(_turn, await self._post("/webhooks/turns/take", **body))

    async def _post(self, path: str, **body: object) -> Mapping[str, Any]:
        try:
            response = await self._http.post(path, json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise RasaUnavailableError(f"Rasa: {type(error).__name__}") from error
        return _json(response)


def _hearable(text: str) -> str:
    """A text without what only our own buttons may say, and without broken characters."""
    # Rasa takes a leading slash for a command with full confidence: people may not give any.
    return _OPENING.sub("", text.encode(errors="replace").decode())


def _as_json(draft: Draft | None) -> Mapping[str, object] | None:
    """The draft as Rasa takes it; nothing for a tool that is finished or left."""
    if draft is None or not draft.is_open:
        return None
    return {
        "tool": draft.tool,
        "answers": dict(draft.answers),
        "asking": draft.asking,
        "is_review": draft.is_review,
    }


def _json(response: httpx.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except ValueError as error:
        raise RasaUnavailableError("Rasa: not JSON") from error
    if not isinstance(body, dict):
        raise RasaUnavailableError("Rasa: not an object")
    return body


def _read[Result](
    reader: Callable[[Mapping[str, Any]], Result], body: Mapping[str, Any]
) -> Result:
    """What a reader makes of a body, unless its shape is not the one that was agreed on."""
    try:
        return reader(body)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RasaUnavailableError("Rasa: an answer of another shape") from error


def _turn(body: Mapping[str, Any]) -> Turn:
    effects = tuple(
        effect for message in body.get("messages", []) if (effect := _effect(message)) is not None
    )
    return Turn(effects=effects, understanding=_understanding(body.get("understanding") or {}))


def _effect(message: Mapping[str, Any]) -> Effect | None:
    """An effect, or None for the plain text that `rasa shell` shows in its place."""
    custom = message.get("custom")
    if not isinstance(custom, dict):
        return None
    for kind in EffectKind:
        if isinstance(name := custom.get(kind.value), str):
            rest = {key: value for key, value in custom.items() if key != kind.value}
            return Effect(kind, name, rest)
    return None


def _understanding(parsed: Mapping[str, Any]) -> Understanding:
    ranking = tuple(
        Candidate(entry["name"], float(entry["confidence"]))
        for entry in _entries(parsed.get("intent_ranking"))
        if entry.get("name") not in (None, FALLBACK)
    )
    best = ranking[0] if ranking else Candidate("out_of_scope", 0.0)
    intent = parsed.get("intent") or {}
    accepted = bool(ranking) and intent.get("name") not in (None, FALLBACK)
    return Understanding(
        topic=best.topic,
        confidence=best.confidence,
        accepted=accepted,
        ranking=ranking[:_SHOWN_CANDIDATES],
        matters=tuple(parsed.get("matters") or (best.topic,)),
        danger=_opinion(parsed),
    )


def _opinion(parsed: Mapping[str, Any]) -> Opinion:
    level = parsed.get("danger")
    return Opinion(DangerLevel(level) if level else None, bool(parsed.get("is_harmless")))


def _entries(value: object) -> Sequence[Mapping[str, Any]]:
    return value if isinstance(value, list) else ()

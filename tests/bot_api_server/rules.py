"""What Telegram refuses, in Telegram's words. Pure; sources: core.telegram.org/bots/api."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Json = Mapping[str, object]

MESSAGE_UNITS = 4096
CALLBACK_BYTES = 64
BUTTONS = 100
CAPTION_UNITS = 1024
DOWNLOAD_BYTES = 20_000_000
UPLOAD_BYTES = 50_000_000
DELETED_AT_ONCE = 100
NAME_CHARACTERS = 60
"""Telegram shortens a longer name; here it is refused, so that nobody relies on what is lost."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_ALLOWED = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del"),
    *("tg-spoiler", "a", "code", "pre", "blockquote", "tg-emoji", "span"),
}
_CHAT_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location"),
    *("record_video_note", "upload_video_note"),
}


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818 Telegram's answer, not a fault of ours
    """An answer with `ok: false`."""

    code: int
    description: str
    retry_after: int | None = None


def bad_request(words: str) -> Refused:
    """The commonest refusal."""
    return Refused(400, f"Bad Request: {words}")


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(markup: str) -> str:
    """The text that a person sees; Refused for markup that Telegram cannot parse."""
    text, open_tags, position = "", list[str](), 0
    while position < len(markup):
        character = markup[position]
        if character == "<":
            tag = _TAG.match(markup, position)
            if tag is None:
                raise _unparsable("Unclosed start tag", markup, position)
            _take_tag(tag, open_tags, markup)
            position = tag.end()
        elif character == "&" and (entity := _ENTITY.match(markup, position)):
            text += html.unescape(entity[0])
            position = entity.end()
        else:
            text += character
            position += 1
    if open_tags:
        words = f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"'
        raise bad_request(f"can't parse entities: {words}")
    return text


def _take_tag(tag: re.Match[str], open_tags: list[str], markup: str) -> None:
    is_end, name = bool(tag[1]), tag[2].lower()
    if not is_end:
        if name not in _ALLOWED or (name == "span" and 'class="tg-spoiler"' not in tag[3]):
            raise _unparsable(f'Unsupported start tag "{name}"', markup, tag.start())
        if name == "blockquote" and name in open_tags:
            raise _unparsable("Blockquote can't be nested", markup, tag.start())
        open_tags.append(name)
        return
    if not open_tags:
        raise _unparsable("Unexpected end tag", markup, tag.start())
    expected = open_tags.pop()
    if expected != name:
        words = f'Unmatched end tag, expected "</{expected}>", found "</{name}>"'
        raise _unparsable(words, markup, tag.start())


def _unparsable(words: str, markup: str, position: int) -> Refused:
    offset = len(markup[:position].encode())
    return bad_request(f"can't parse entities: {words} at byte offset {offset}")


def check_text(parameters: Mapping[str, str], name: str = "text") -> str:
    """The text after parsing, trimmed, of a length that Telegram takes."""
    markup = parameters.get(name, "")
    mode = parameters.get("parse_mode", "")
    if mode not in {"", "HTML"}:
        raise bad_request("unsupported parse_mode")
    text = (parse_html(markup) if mode == "HTML" else markup).strip()
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MESSAGE_UNITS:
        raise bad_request("message is too long")
    return text


def check_caption(parameters: Mapping[str, str]) -> str:
    """A caption after parsing."""
    caption = check_text(parameters, "caption")
    if units(caption) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return caption


def check_document(name: str, size: int) -> None:
    """A document of a size that Telegram takes, under a name that arrives unchanged."""
    if not size:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")
    if not re.fullmatch(rf"[^/\\:*?\"<>|\x00-\x1f]{{1,{NAME_CHARACTERS}}}", name):
        raise bad_request("the name of the file would be changed")


def check_message_ids(parameters: Mapping[str, str]) -> list[object]:
    """The numbers of deleteMessages."""
    message_ids = structure(parameters.get("message_ids"))
    if not isinstance(message_ids, list) or not message_ids:
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    return message_ids


def check_keyboard(parameters: Mapping[str, object]) -> list[list[dict[str, str]]]:
    """The rows of an inline keyboard; no rows where there is none."""
    markup = structure(parameters.get("reply_markup"))
    if markup is None:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup")
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    return rows


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    kinds = {"callback_data", "url"} & set(button)
    if len(kinds) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not re.fullmatch(r"https?://[^\s/]+\.[^\s]+|tg://\S+", str(button["url"])):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )


def check_commands(parameters: Mapping[str, str]) -> list[dict[str, str]]:
    """The commands of setMyCommands."""
    commands = structure(parameters.get("commands"))
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", each.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_inline_results(parameters: Mapping[str, str]) -> list[dict[str, object]]:
    """The cards of answerInlineQuery."""
    results = structure(parameters.get("results"))
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    seen = set[str]()
    for each in results:
        result_id = str(each.get("id", ""))
        if not 1 <= len(result_id.encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        if result_id in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(result_id)
        if each.get("type") != "article" or not each.get("title"):
            raise bad_request("can't parse inline query result: Can't find field \"title\"")
        check_text(each.get("input_message_content", {}), "message_text")
        check_keyboard(each)
    return results


def check_chat_action(parameters: Mapping[str, str]) -> None:
    """What sendChatAction knows."""
    if parameters.get("action") not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")


def check_length(text: str, at_most: int, words: str) -> str:
    """A text of limited length."""
    if len(text) > at_most:
        raise bad_request(words)
    return text


def structure(value: object) -> object:
    """A parameter that is an object or a list, as JSON text or already read."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request("can't parse parameter as JSON object") from None


def entities_of(text: str) -> Sequence[dict[str, object]]:
    """The commands and mentions that Telegram marks in what a person writes."""
    found = re.finditer(r"(?<!\S)/\w{1,32}(?:@\w+)?|(?<!\w)@\w{3,}", text, re.ASCII)
    return [
        {
            "type": "bot_command" if match[0].startswith("/") else "mention",
            "offset": units(text[: match.start()]),
            "length": units(match[0]),
        }
        for match in found
    ]

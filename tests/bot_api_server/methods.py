"""The methods of the Bot API that the bot uses, and the door where they are called."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tornado.web import RequestHandler

from tests.bot_api_server import rules
from tests.bot_api_server.chats import chat_of, own_message
from tests.bot_api_server.documents import get_file, send_document, send_photo
from tests.bot_api_server.people import BOT, Fields
from tests.bot_api_server.polls import get_updates
from tests.bot_api_server.records import Call, SentMessage, Upload
from tests.bot_api_server.rules import Refused, bad_request
from tests.bot_api_server.webhooks import Webhook

if TYPE_CHECKING:
    from tests.bot_api_server.server import BotApiServer

Parameters = Mapping[str, str]
Method = Callable[["BotApiServer", Parameters], Awaitable[object]]


class ApiHandler(RequestHandler):
    """`/bot<token>/<method>`, by GET or POST."""

    def initialize(self, server: "BotApiServer") -> None:
        """Take what the server was built with."""
        self._server = server
        self._is_gone = asyncio.Event()

    def on_connection_close(self) -> None:
        """Note that the bot has hung up: its long poll is over."""
        self._is_gone.set()

    async def get(self, token: str, method: str) -> None:
        """As `post`."""
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        """Answer as Telegram would, or go wrong as was ordered."""
        try:
            if token != self._server.token:
                raise _wrong_token(token)
            call = Call(method, self._parameters())
            self._server.uploads = self._uploads()
            self._server.calls.append(call)
            self._server.note()
            fault = self._server.take_fault(call)
            if fault is not None and fault.seconds:
                await asyncio.sleep(fault.seconds)
                fault = None
            if fault is not None and not fault.is_done:
                if fault.refused is None:
                    self._drop()
                    return
                raise fault.refused
            result = await self._perform(method, call.parameters)
        except Refused as refused:
            self._refuse(refused)
            return
        if fault is not None:
            self._drop()
        elif not self._is_gone.is_set():
            self._answer(200, {"ok": True, "result": result})

    async def _perform(self, method: str, parameters: Parameters) -> object:
        if method == "getUpdates":
            return await get_updates(self._server, parameters, self._is_gone)
        perform = METHODS.get(method.lower())
        if perform is None:
            raise Refused(404, "Not Found: method not found")
        return await perform(self._server, parameters)

    def _parameters(self) -> dict[str, str]:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            return {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in json.loads(self.request.body or b"{}").items()
            }
        return {name: self.get_argument(name, strip=False) for name in self.request.arguments}

    def _uploads(self) -> dict[str, Upload]:
        """The files of a multipart call, by the name of their field."""
        return {
            name: Upload(each["filename"], each["body"], each["content_type"])
            for name, files in self.request.files.items()
            for each in files
        }

    def _refuse(self, refused: Refused) -> None:
        body: Fields = {
            "ok": False,
            "error_code": refused.code,
            "description": refused.description,
        }
        if refused.retry_after is not None:
            body["parameters"] = {"retry_after": refused.retry_after}
        self._answer(refused.code, body)

    def _answer(self, status: int, body: Fields) -> None:
        self.set_status(status, "" if status != 200 else None)
        self.set_header("Content-Type", "application/json")
        self.set_header("Date", self._server.clock())
        self.write(json.dumps(body))

    def _drop(self) -> None:
        self.detach().close()


def _wrong_token(token: str) -> Refused:
    if re.fullmatch(r"\d+:[\w-]+", token):
        return Refused(401, "Unauthorized")
    return Refused(404, "Not Found")


async def _get_me(_: "BotApiServer", __: Parameters) -> object:
    return BOT


async def _send_message(server: "BotApiServer", parameters: Parameters) -> object:
    chat_id = chat_of(server, parameters)
    message = SentMessage(
        chat_id=chat_id,
        message_id=next(server.updates.message_ids),
        text=rules.check_text(parameters),
        html=parameters["text"],
        rows=rules.check_keyboard(parameters),
        parameters=dict(parameters),
    )
    server.messages.append(message)
    server.note()
    return server.message_fields(message)


async def _edit_message_text(server: "BotApiServer", parameters: Parameters) -> object:
    chat_id = chat_of(server, parameters)
    text, rows = rules.check_text(parameters), rules.check_keyboard(parameters)
    words = "message to edit not found"
    message = own_message(server, chat_id, parameters.get("message_id"), words)
    if message.is_too_old:
        raise bad_request("message can't be edited")
    if (parameters["text"], rows) == (message.html, message.rows):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.text, message.html, message.rows = text, parameters["text"], rows
    message.edits += 1
    server.note()
    return server.message_fields(message)


async def _delete_message(server: "BotApiServer", parameters: Parameters) -> object:
    chat_id = chat_of(server, parameters)
    words = "message to delete not found"
    message = own_message(server, chat_id, parameters.get("message_id"), words)
    _delete(server, [message])
    return True


async def _delete_messages(server: "BotApiServer", parameters: Parameters) -> object:
    chat_id = chat_of(server, parameters)
    wanted = rules.check_message_ids(parameters)
    ours = [
        each for each in server.messages if each.chat_id == chat_id and each.message_id in wanted
    ]
    _delete(server, ours)
    return True


def _delete(server: "BotApiServer", messages: Sequence[SentMessage]) -> None:
    """Delete all or none: one that is older than 48 hours spoils the call."""
    if any(message.is_too_old for message in messages):
        raise bad_request("message can't be deleted")
    for message in messages:
        server.messages.remove(message)
    server.note()


async def _answer_callback_query(server: "BotApiServer", parameters: Parameters) -> object:
    rules.check_length(parameters.get("text", ""), 200, "MESSAGE_TOO_LONG")
    query_id = _query(server, parameters, "callback_query_id")
    server.tap_answers[query_id] = dict(parameters)
    server.note()
    return True


async def _answer_inline_query(server: "BotApiServer", parameters: Parameters) -> object:
    results = rules.check_inline_results(parameters)
    query_id = _query(server, parameters, "inline_query_id")
    server.inline_answers[query_id] = results
    server.note()
    return True


async def _send_chat_action(server: "BotApiServer", parameters: Parameters) -> object:
    chat_of(server, parameters)
    rules.check_chat_action(parameters)
    return True


async def _set_my_commands(server: "BotApiServer", parameters: Parameters) -> object:
    server.commands = rules.check_commands(parameters)
    return True


async def _set_my_description(_: "BotApiServer", parameters: Parameters) -> object:
    rules.check_length(parameters.get("description", ""), 512, "description is too long")
    return True


async def _set_my_short_description(_: "BotApiServer", parameters: Parameters) -> object:
    rules.check_length(parameters.get("short_description", ""), 120, "description is too long")
    return True


async def _set_webhook(server: "BotApiServer", parameters: Parameters) -> object:
    url, secret = parameters.get("url", ""), parameters.get("secret_token", "")
    if not url.startswith("https://" if not server.is_local else "http"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    await _delete_webhook(server, parameters)
    if "allowed_updates" in parameters:
        server.allowed_updates = json.loads(parameters["allowed_updates"])
    if server.poll is not None:
        server.poll.set()
    server.webhook = Webhook(server, url, secret)
    server.webhook.start()
    return True


async def _delete_webhook(server: "BotApiServer", parameters: Parameters) -> object:
    if parameters.get("drop_pending_updates") == "true":
        server.pending.clear()
    if server.webhook is not None:
        await server.webhook.stop()
        server.webhook = None
    return True


async def _get_webhook_info(server: "BotApiServer", _: Parameters) -> object:
    url = server.webhook.url if server.webhook else ""
    return {
        "url": url,
        "has_custom_certificate": False,
        "pending_update_count": len(server.pending),
    }


def _query(server: "BotApiServer", parameters: Parameters, name: str) -> str:
    query_id = parameters.get(name, "")
    if query_id not in server.open_queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    server.open_queries.remove(query_id)
    return query_id


METHODS: Mapping[str, Method] = {
    "getme": _get_me,
    "sendmessage": _send_message,
    "editmessagetext": _edit_message_text,
    "deletemessage": _delete_message,
    "deletemessages": _delete_messages,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "getfile": get_file,
    "answercallbackquery": _answer_callback_query,
    "answerinlinequery": _answer_inline_query,
    "sendchataction": _send_chat_action,
    "setmycommands": _set_my_commands,
    "setmydescription": _set_my_description,
    "setmyshortdescription": _set_my_short_description,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
}

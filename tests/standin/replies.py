"""The REST routes that answer an interaction: the first answer, and what follows it."""

from tests.standin.records import APPLICATION_ID, EPHEMERAL, Json, Message, Told
from tests.standin.rest import Call, Refused, route


def _told(call: Call) -> Told:
    told = call.world.interactions.get(call.parts["token"])
    if told is None:
        raise Refused(10062)
    return told


def _reply(call: Call, told: Told, body: Json) -> Message:
    """Shows a message under the interaction; a public one is also in the channel."""
    channel_id = int(told.payload["channel"]["id"])
    user = told.payload.get("user") or told.payload["member"]["user"]
    asked = {
        "id": str(told.id),
        "type": told.payload["type"],
        "user": user,
        "authorizing_integration_owners": {},
    }
    message = call.world.write(
        channel_id, body, call.files, interaction_metadata=asked, webhook_id=str(APPLICATION_ID)
    )
    told.replies.append(message)
    if not message.ephemeral:
        call.world.messages[channel_id].append(message)
    return message


@route("POST", "/interactions/{interaction}/{token}/callback")
def _callback(call: Call) -> Json:
    told, kind = _told(call), call.body["type"]
    if told.answers:
        raise Refused(40060)
    if call.world.time() - told.at > call.world.interaction_deadline:
        raise Refused(10062)
    told.answers.append(call.body)
    told.answered_at = call.world.time()
    data, shown = call.body.get("data") or {}, None
    if kind in (4, 5):
        told.original = shown = _reply(call, told, data)
        told.waiting = kind == 5
    elif kind in (6, 7) and told.source:
        told.original = shown = told.source
        told.source.edit(data)
    answer: Json = {"interaction": {"id": str(told.id), "type": told.payload["type"]}}
    if shown:
        answer["interaction"] |= {
            "response_message_id": str(shown.id),
            "response_message_ephemeral": shown.ephemeral,
        }
        answer["interaction"]["response_message_loading"] = told.waiting
    if shown and kind in (4, 7):
        answer["resource"] = {"type": kind, "message": shown.payload}
    return answer


@route("POST", "/webhooks/{app}/{token}")
def _follow_up(call: Call) -> Json:
    told = _told(call)
    if not told.answers:
        raise Refused(10015, 404)  # unknown webhook: nothing can follow what was not answered
    if (
        told.waiting and told.original
    ):  # the first follow-up fills the deferred message, and keeps its privacy
        return _fill(call, told, told.original)
    return _reply(call, told, call.body).payload


def _fill(call: Call, told: Told, message: Message) -> Json:
    told.waiting = False
    private = message.payload["flags"] & EPHEMERAL
    message.edit(call.body)
    message.sent, message.files = call.body, call.files
    message.payload["flags"] = private | call.body.get("flags", 0) & ~EPHEMERAL
    return message.payload


def _reply_at(call: Call) -> tuple[Told, Message]:
    told = _told(call)
    if call.parts["message"] == "@original" and told.original:
        return told, told.original
    for message in told.replies:
        if str(message.id) == call.parts["message"] and not message.deleted:
            return told, message
    raise Refused(10008)


@route("GET", "/webhooks/{app}/{token}/messages/{message}")
def _get_reply(call: Call) -> Json:
    return _reply_at(call)[1].payload


@route("PATCH", "/webhooks/{app}/{token}/messages/{message}")
def _edit_reply(call: Call) -> Json:
    told, message = _reply_at(call)
    if told.waiting and message is told.original:
        return _fill(call, told, message)
    message.edit(call.body)
    return message.payload


@route("DELETE", "/webhooks/{app}/{token}/messages/{message}")
def _delete_reply(call: Call) -> None:
    _reply_at(call)[1].deleted = True

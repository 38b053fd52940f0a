"""What `doctor` says of Discord's answers: token, intents, invite, clock, shards and what is left of the identifies. Pure."""

from collections.abc import Iterator

from bot.operations.asking import Asked
from bot.operations.findings import Finding, look, skipped, well, wrong

VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES = 1 << 10, 1 << 11, 1 << 14, 1 << 15
PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES
"""The four that the bot asks for, and not one more."""
INVITE = "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}"

PRIVILEGED = {
    "Presence Intent": 1 << 12 | 1 << 13,
    "Server Members Intent": 1 << 14 | 1 << 15,
    "Message Content Intent": 1 << 18 | 1 << 19,
}
CLOCK_SECONDS = 5.0
PORTAL = "https://discord.com/developers/applications"
DISCORD_PARTS = ("intents", "invite", "clock", "shards", "identifies")


def about_discord(asked: Asked, token: str, shards: tuple[list[int] | None, int | None]) -> Iterator[Finding]:
    """A line for each part; what hangs on an answer that did not come is said to be skipped."""
    yield _token(asked, token)
    if asked.body("/users/@me") is None:
        clock = () if asked.offset is None else (_clock(asked.offset),)
        yield from clock
        yield from (skipped(part, "not looked at: it needs an answer from Discord") for part in DISCORD_PARTS
                    if not (clock and part == "clock"))  # fmt: skip
        return
    yield from _application(asked)
    yield skipped("clock", "Discord gave no time") if asked.offset is None else _clock(asked.offset)
    yield from _gateway(asked, shards)


def _token(asked: Asked, token: str) -> Finding:
    status, body = asked.answers.get("/users/@me", (0, {}))
    if not token:
        advice = f"make one at {PORTAL}, page Bot, and put STEPFORWARD_DISCORD_TOKEN=... into .env"
        return wrong("token", "there is none", advice)
    if any(sign.isspace() or sign in "\"'" for sign in token):
        return wrong(
            "token", "it holds a space or a quote", "copy it anew, the bare token and nothing around it"
        )
    if status == 200:
        return well("token", f"Discord takes it, for the bot {body.get('id')}")
    if status == 401:
        advice = f"make a new one at {PORTAL}, page Bot, Reset Token; it is not the client secret"
        return wrong("token", "Discord refuses it", advice)
    if asked.trouble:
        advice = "check the network, a proxy, and STEPFORWARD_DISCORD_API_URL"
        return wrong("token", f"Discord could not be asked ({asked.trouble})", advice)
    return wrong("token", f"Discord answered {status}", "try again in some minutes; see discordstatus.com")


def _application(asked: Asked) -> Iterator[Finding]:
    body = asked.body("/applications/@me")
    if body is None:
        yield skipped("intents", "Discord did not say which are switched on")
        yield skipped("invite", "Discord did not name the application")
        return
    on = [name for name, bits in PRIVILEGED.items() if int(body.get("flags") or 0) & bits]
    if on:
        yield look("intents", f"{', '.join(on)}: on and not needed", f"switch off at {PORTAL}, page Bot")
    else:
        yield well("intents", "none that is privileged is on, and none is needed")
    link = INVITE.format(body.get("id"), PERMISSIONS)
    if body.get("bot_require_code_grant"):
        yield wrong("invite", "Requires OAuth2 Code Grant is on: nobody can add the bot",
                    f"switch it off at {PORTAL}, page Bot")  # fmt: skip
    elif body.get("bot_public") is False:
        yield look("invite", link, "Public Bot is off, so you alone can add it; a group lead cannot")
    else:
        yield well("invite", link)


def _clock(offset: float) -> Finding:
    if abs(offset) <= CLOCK_SECONDS:
        return well("clock", "it agrees with Discord's")
    side = "ahead of" if offset > 0 else "behind"
    advice = "switch on time synchronisation (NTP); check-ins would come at the wrong time"
    return look("clock", f"{abs(offset):.0f} seconds {side} Discord's", advice)


def _gateway(asked: Asked, shards: tuple[list[int] | None, int | None]) -> Iterator[Finding]:
    body = asked.body("/gateway/bot")
    if body is None:
        yield skipped("shards", "Discord did not say how many it recommends")
        yield skipped("identifies", "Discord did not say how many are left")
        return
    yield _shards(int(body.get("shards") or 1), *shards)
    limit = body.get("session_start_limit") or {}
    left, total = int(limit.get("remaining") or 0), int(limit.get("total") or 0)
    hours = int(limit.get("reset_after") or 0) / 3_600_000
    told = f"{left} of {total} left"
    if left >= max(total // 10, 1):
        yield well("identifies", told)
    else:
        advice = (
            f"find out why the bot starts so often; Discord counts anew in {hours:.0f} h, and the bot waits"
        )
        yield look("identifies", told, advice)


def _shards(recommended: int, ids: list[int] | None, count: int | None) -> Finding:
    if count is None:
        return well("shards", f"Discord recommends {recommended}, and this process runs them all")
    ours = f"this process runs {len(ids or [])} of {count}"
    if count < recommended:
        advice = f"raise the count in STEPFORWARD_SHARDS to {recommended} in every process"
        return look("shards", f"Discord recommends {recommended}; {ours}", advice)
    return well("shards", f"Discord recommends {recommended}; {ours}")

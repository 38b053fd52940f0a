"""The demo's page and its few verbs over HTTP, for one visitor on this machine."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, web

from bot.demo.people import BOT_COLOUR, BOT_NAME, CHANNELS, DIRECT, GUILD_NAME, PEOPLE, PLACES, Person, Place
from bot.demo.portraits import emblem, portrait
from bot.demo.proxy import SECURITY, STATIC, Proxy
from bot.demo.stage import Busy, Stage

Named = TypeVar("Named", Person, Place)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SKIPS = (1, 7, 30)
# The largest upload the Preview itself takes.
LARGEST = 27 * 1024 * 1024
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def make_app(stage: Stage, session: ClientSession) -> web.Application:
    """The whole site: the shell under `/` and `/demo/`, and the Preview's own addresses behind it."""
    app = web.Application(middlewares=[only_this_machine], client_max_size=LARGEST)
    shell, proxy = Shell(stage), Proxy(stage, session)
    app.router.add_get("/", static("index.html"))
    for name in ("shell.css", "shell.js", "frame.css", "frame.js"):
        app.router.add_get(f"/demo/static/{name}", static(name))
    app.router.add_get("/demo/portrait/{key}.png", shell.portrait)
    app.router.add_get("/demo/frame", proxy.frame)
    app.router.add_get("/demo/state", shell.state)
    for verb in (shell.go, shell.skip, shell.power, shell.reset, shell.apps):
        app.router.add_post(f"/demo/{verb.__name__}", verb)
    app.router.add_route("*", "/{rest:.*}", proxy.forward)
    return app


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts' names (DNS rebinding) and other sites' requests: the page drives a bot."""
    port = (request.transport.get_extra_info("sockname") or ("", 0))[1] if request.transport else 0
    here = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
    origin = request.headers.get("Origin")
    if request.host not in here or (origin is not None and origin.removeprefix("http://") not in here):
        raise web.HTTPForbidden
    return await handler(request)


def static(name: str) -> Handler:
    """One file of the shell."""

    async def serve(_request: web.Request) -> web.StreamResponse:
        path = STATIC / name
        return web.Response(
            text=path.read_text(encoding="utf-8"),
            content_type=KINDS[path.suffix],
            headers={**SECURITY, "Cache-Control": "no-cache"},
        )

    return serve


class Shell:
    """The verbs. Each answers the state that follows from it, so the page has one way to draw itself."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def state(self, request: web.Request) -> web.Response:
        """Everything the page shows around the frame."""
        return web.json_response(self._describe(), headers={"Cache-Control": "no-store"})

    async def go(self, request: web.Request) -> web.Response:
        """Look at `place` as `person`; either may be left out."""
        wish = await _body(request)
        person = _named(PEOPLE, wish.get("person"), self._stage.window.person or PEOPLE[0])
        place = _named(PLACES, wish.get("place"), _named(PLACES, self._stage.window.place, DIRECT))
        return await self._answer(lambda: self._stage.go(person, place.key))

    async def skip(self, request: web.Request) -> web.Response:
        """Go forward by 1, 7 or 30 days."""
        days = (await _body(request)).get("days")
        if days not in SKIPS:
            raise web.HTTPBadRequest(text="days must be 1, 7 or 30")
        return await self._answer(lambda: self._stage.skip(days))

    async def power(self, request: web.Request) -> web.Response:
        """Stop the bot or start it."""
        on = bool((await _body(request)).get("on"))
        return await self._answer(lambda: self._stage.switch(on))

    async def reset(self, request: web.Request) -> web.Response:
        """Begin anew."""
        return await self._answer(self._stage.reset)

    async def apps(self, request: web.Request) -> web.Response:
        """Run a message context-menu command on `message`, or on one's own last one."""
        wish = await _body(request)
        command, message = wish.get("command"), str(wish.get("message") or "")
        if command not in self._stage.menu_commands() or self._stage.window.place == DIRECT.key:
            raise web.HTTPBadRequest(text="no such command here")
        chosen = int(message) if message.isdecimal() else None
        return await self._answer(lambda: self._stage.count(command, chosen))

    async def portrait(self, request: web.Request) -> web.Response:
        """A person's picture, or the bot's."""
        key = request.match_info["key"]
        if key == DIRECT.key:
            picture = emblem(BOT_COLOUR)
        else:
            person = next((p for p in PEOPLE if p.key == key), None)
            if person is None:
                raise web.HTTPNotFound
            picture = portrait(person.initials, person.colour)
        return web.Response(body=picture, content_type="image/png", headers={"Cache-Control": "max-age=3600"})

    async def _answer(self, work: Callable[[], Awaitable[None] | None]) -> web.Response:
        try:
            pending = work()
            if pending is not None:
                await pending
        except Busy:
            return web.json_response({**self._describe(), "problem": "busy"}, status=409)
        except LookupError:
            return web.json_response({**self._describe(), "problem": "no-message"}, status=404)
        return web.json_response(self._describe())

    def _describe(self) -> dict[str, Any]:
        stage, window = self._stage, self._stage.window
        person = window.person or PEOPLE[0]
        stage.look()
        local = stage.clock().astimezone(ZoneInfo(person.zone))
        journey = stage.journey
        return {
            "guild": GUILD_NAME,
            "bot": BOT_NAME,
            "view": {"number": window.number, "place": window.place, "person": person.key}
            | {"source": f"/demo/frame?view={window.number}#{window.capability}" if window.host else None},
            "time": {
                "date": f"{local:%a} {local.day} {local:%b %Y}",
                "clock": f"{local:%H:%M}",
                "city": person.city,
            },
            "running": stage.program is not None,
            "journey": journey and {"what": journey.what, "done": journey.done, "days": journey.days},
            "people": [self._person(p) for p in PEOPLE],
            "places": [
                {"key": p.key, "name": p.name, "topic": p.topic, "unread": stage.unread(person, p.key)}
                for p in (*CHANNELS, DIRECT)
            ],
            "apps": stage.menu_commands() if window.place != DIRECT.key else [],
        }

    def _person(self, person: Person) -> dict[str, Any]:
        return {
            "key": person.key,
            "name": person.name,
            "city": person.city,
            "about": person.about,
            "unread": self._stage.unread(person, DIRECT.key),
        }


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        wish = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="JSON expected") from None
    if not isinstance(wish, dict):
        raise web.HTTPBadRequest(text="a JSON object expected")
    return wish


def _named(known: tuple[Named, ...], key: object, otherwise: Named) -> Named:
    return next((item for item in known if item.key == key), otherwise)

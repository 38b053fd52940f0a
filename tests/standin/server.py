"""The stand-in itself: one small HTTP server in its own thread, so that it outlives any bot it serves.

Every method may be called from any thread; `wait` blocks, `until` awaits.
"""

import asyncio
import json
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.standin import replies, rest  # noqa: F401 - the routes of replies register themselves
from tests.standin.faults import Fault, Faults
from tests.standin.gateway import Gateway
from tests.standin.people import People
from tests.standin.records import Guild, Json, Request
from tests.standin.world import World

BASE = "/api/v10"


class Standin(People):
    """Discord for one test: a `world`, its `gateway`, the `faults` to come, and what members do."""

    def __init__(self) -> None:
        world = World()
        super().__init__(world, Gateway(world))
        self.faults = Faults()
        self.port = 0
        self._stopping: asyncio.Event | None = None

    @property
    def api_url(self) -> str:
        """What the bot's STEPFORWARD_DISCORD_API_URL must say."""
        return f"http://127.0.0.1:{self.port}{BASE}"

    @classmethod
    @asynccontextmanager
    async def start(cls) -> AsyncIterator["Standin"]:
        """For async tests; the server still has a thread of its own."""
        with StandinThread() as standin:
            yield standin

    def wait(self, predicate: Callable[[], Any], within: float = 5.0) -> None:
        """Blocks until it holds, looking again at each change. Raises TimeoutError after so many seconds."""
        deadline = time.monotonic() + within
        with self.world.changed:
            while not predicate():
                if time.monotonic() > deadline:
                    raise TimeoutError("the bot did not do it in time")
                self.world.changed.wait(
                    0.1
                )  # a process that ended changes nothing here: look by ourselves too

    async def until(self, predicate: Callable[[], Any], within: float = 5.0) -> None:
        """`wait` for async tests."""
        await asyncio.to_thread(self.wait, predicate, within)

    def invite(self, guild: Guild) -> None:
        """Adds a bot that is already running to a guild."""
        with self.world.changed:
            self.world.guilds[guild.id] = guild
            payload = self.world.guild_payload(guild)
            del payload["unavailable"]  # it is said of guilds the bot was in before
            self.gateway.dispatch("GUILD_CREATE", payload, guild_id=guild.id)

    def recover(self, guild: Guild) -> None:
        """Ends the guild's outage."""
        self.gateway.dispatch("GUILD_CREATE", self.world.guild_payload(guild), guild_id=guild.id)

    def remove(self, guild: Guild) -> None:
        """Removes the bot from the guild."""
        with self.world.changed:
            del self.world.guilds[guild.id]
            self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id)

    def outage(self, guild: Guild) -> None:
        """The guild is unavailable for a while; nobody was removed."""
        self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild_id=guild.id)

    async def serve(self, ready: Callable[[], None]) -> None:
        """Runs until `stop`."""
        self._stopping = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        app = web.Application(client_max_size=1 << 26)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", BASE + "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway/"
        ready()
        await self._stopping.wait()
        self.gateway.drop(1001)
        await runner.cleanup()

    def stop(self) -> None:
        """Ends `serve`."""
        assert self._stopping
        self._loop.call_soon_threadsafe(self._stopping.set)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        body, files = await _read(request)
        fault = self.faults.match(request.method, path, body) or Fault()
        await asyncio.sleep(fault.delay)
        status, answer = fault.status, fault.body
        if fault.accepted or not (fault.status or fault.cut or fault.hang):
            true = self._work(request, path, body, files)
            status, answer = (fault.status, fault.body) if fault.status else true
        self._note(request.method, path, 0 if fault.cut or fault.hang else status, fault)
        if fault.hang and self._stopping:
            await self._stopping.wait()
        if fault.cut or fault.hang:
            _reset(request)
        # Not json_response: it adds a charset, and discord.py then takes the body for text.
        headers = {**fault.headers, "Content-Type": "application/json"}
        content = None if status == 204 else json.dumps(answer).encode()
        return web.Response(status=status, body=content, headers=headers)

    def _work(self, request: web.Request, path: str, body: Any, files: dict[str, bytes]) -> tuple[int, Any]:
        with self.world.changed:
            if path == "/gateway/bot":
                return 200, self.gateway.bot_payload()
            try:
                answer = rest.handle(self.world, request.method, path, body, dict(request.query), files)
            except rest.Refused as refusal:
                return refusal.status, {"code": refusal.code, "message": f"refused {refusal.code}"}
            return (204 if answer is None else 200), answer

    def _note(self, method: str, path: str, status: int, fault: Fault) -> None:
        shared = fault.headers.get("X-RateLimit-Scope") == "shared"
        invalid = status in (401, 403) or (status == 429 and not shared)
        with self.world.changed:
            self.world.requests.append(Request(method, path, status, self.world.time(), invalid))


class StandinThread:
    """`with StandinThread() as standin:` runs the server in a thread of its own."""

    def __init__(self) -> None:
        self.standin = Standin()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="standin", daemon=True)

    def _run(self) -> None:
        asyncio.run(self.standin.serve(self._ready.set))

    def __enter__(self) -> Standin:
        self._thread.start()
        assert self._ready.wait(5), "the stand-in did not start"
        return self.standin

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.standin.stop()
        self._thread.join(5)


async def _read(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """The JSON body and the files of a request, multipart or plain."""
    if request.content_type == "multipart/form-data":
        body: Json = {}
        files: dict[str, bytes] = {}
        for key, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                files[part.filename] = part.file.read()
            elif key == "payload_json":
                body = json.loads(str(part))
        return body, files
    text = await request.text()
    return (json.loads(text) if text else {}), {}


def _reset(request: web.Request) -> None:
    """Cuts the connection so that the bot sees a reset."""
    transport = request.transport
    if transport and (raw := transport.get_extra_info("socket")):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()

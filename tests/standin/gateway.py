"""The gateway: sessions that outlive their connection, resume with replay, and every way to lose one."""

import asyncio
import json
from asyncio import create_task
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.standin.records import APPLICATION_ID, Json
from tests.standin.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
ABORT = -1  # in place of a close code: the connection is cut without one


class Connection:
    """One websocket; frames may be put from any thread and leave in that order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket, self._request = socket, request
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | int] = asyncio.Queue()

    def put(self, frame: Json) -> None:
        self._loop.call_soon_threadsafe(self._queue.put_nowait, json.dumps(frame))

    def close(self, code: int) -> None:
        self._loop.call_soon_threadsafe(self._queue.put_nowait, code)

    async def write(self) -> int:
        """Sends what was put until told to close; gives the code to close with."""
        while isinstance(frame := await self._queue.get(), str):
            await self._socket.send_str(frame)
        return frame

    async def end(self, code: int) -> None:
        """Closes with a code and waits for the other side's answer, or cuts the line."""
        if code == ABORT and self._request.transport:
            self._request.transport.abort()
        else:
            await self._socket.close(code=code)


@dataclass(slots=True)
class Session:
    """What Discord keeps of one shard's session; `connection` is None while the bot is away."""

    id: str
    shard: int
    count: int
    token: str
    connection: Connection | None
    events: list[Json] = field(default_factory=list)

    def dispatch(self, event: str, data: Any) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(frame)
        if self.connection:
            self.connection.put(frame)


@dataclass(frozen=True, slots=True)
class Identify:
    """One IDENTIFY, answered with READY when accepted: a thousand a day are allowed."""

    at: float
    shard: int
    token: str
    intents: int
    accepted: bool


class Gateway:
    """All sessions. `refuse` holds close codes for the next IDENTIFYs; `rewind` events are told again at a resume."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self.shards = 1
        self.max_concurrency = 1000
        self.heartbeat_ms = 41250
        self.rewind = 0
        self.refuse: deque[int] = deque()
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Identify] = []
        self.resumes: list[tuple[int, bool]] = []  # shard (-1: unknown session) and whether it worked

    def bot_payload(self) -> Json:
        """The answer to GET /gateway/bot."""
        limit = {"total": 1000, "remaining": 1000 - len(self.identifies), "reset_after": 0}
        return {
            "url": self.url,
            "shards": self.shards,
            "session_start_limit": {**limit, "max_concurrency": self.max_concurrency},
        }

    def live(self, token: str | None = None) -> list[Session]:
        """Sessions with a connection, of this token or of all."""
        with self.world.changed:
            return [s for s in self.sessions.values() if s.connection and token in (None, s.token)]

    def dispatch(self, event: str, data: Any, *, guild_id: int | None = None, times: int = 1) -> None:
        """Tells every session of the right shard, now or at its resume. Direct messages belong to shard 0."""
        with self.world.changed:
            for session in self.sessions.values():
                if session.shard == ((guild_id >> 22) % session.count if guild_id else 0):
                    for _ in range(times):
                        session.dispatch(event, data)

    def drop(self, code: int = 4000, *, shard: int | None = None, forget: bool = False) -> None:
        """Closes connections with a code or `ABORT`; `forget` also makes the sessions impossible to resume."""
        with self.world.changed:
            for session in [s for s in self.live() if shard in (None, s.shard)]:
                assert session.connection
                session.connection.close(code)
                session.connection = None
                if forget:
                    del self.sessions[session.id]

    def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Sends INVALID SESSION."""
        with self.world.changed:
            for session in [s for s in self.live() if shard in (None, s.shard)]:
                assert session.connection
                session.connection.put({"op": INVALID, "d": resumable})
                if not resumable:
                    del self.sessions[session.id]

    def ask_to_reconnect(self) -> None:
        """Sends RECONNECT, as Discord does at its own deploys."""
        with self.world.changed:
            for session in self.live():
                assert session.connection
                session.connection.put({"op": RECONNECT, "d": None})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request)
        writer, listener = create_task(connection.write()), create_task(self._listen(connection, socket))
        connection.put({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}})
        try:
            await asyncio.wait((writer, listener), return_when=asyncio.FIRST_COMPLETED)
            code = writer.result() if writer.done() and not writer.exception() else None
            # Nobody else may listen when it closes: aiohttp would hang up before the other side heard the code.
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)
            if code is not None:
                await connection.end(code)
        finally:
            writer.cancel()
            listener.cancel()
            await asyncio.gather(writer, listener, return_exceptions=True)
            self._gone(connection, socket.close_code)
        return socket

    async def _listen(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._hear(connection, json.loads(message.data))

    def _hear(self, connection: Connection, frame: Json) -> None:
        with self.world.changed:
            if frame["op"] == HEARTBEAT:
                connection.put({"op": ACK, "d": None})
            elif frame["op"] == IDENTIFY:
                self._identify(connection, frame["d"])
            elif frame["op"] == RESUME:
                self._resume(connection, frame["d"])

    def _identify(self, connection: Connection, data: Json) -> None:
        shard, count = data.get("shard", (0, 1))
        self.identifies.append(
            Identify(self.world.time(), shard, data["token"], data["intents"], not self.refuse)
        )
        if self.refuse:
            return connection.close(self.refuse.popleft())
        session = Session(f"session-{self.world.new_id()}", shard, count, data["token"], connection)
        self.sessions[session.id] = session
        guilds = [g for g in self.world.guilds.values() if (g.id >> 22) % count == shard]
        ready = {
            "v": 10, "user": self.world.bot, "session_id": session.id, "shard": [shard, count],
            "resume_gateway_url": self.url, "application": {"id": str(APPLICATION_ID), "flags": 0},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        }  # fmt: skip
        session.dispatch("READY", ready)
        for guild in guilds:
            session.dispatch("GUILD_CREATE", self.world.guild_payload(guild))
        return None

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        self.resumes.append((session.shard if session else -1, session is not None))
        if session is None:
            return connection.put({"op": INVALID, "d": False})
        session.connection = connection
        for frame in session.events[max(1, data["seq"] - self.rewind) :]:
            connection.put(frame)
        return session.dispatch("RESUMED", {})

    def _gone(self, connection: Connection, code: int | None) -> None:
        """A close with 1000 or 1001 by the bot ends the session; anything else leaves it to be resumed."""
        with self.world.changed:
            for session in [s for s in self.sessions.values() if s.connection is connection]:
                session.connection = None
                if code in (1000, 1001):
                    del self.sessions[session.id]

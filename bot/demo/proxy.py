"""The Preview behind the demo's own address, so that one page can hold it in a frame of the same origin.

SimCord's Preview refuses to be framed and changes its port and secret whenever one looks elsewhere. Here its
answers pass through with the frame allowed for this page alone; the secret stays what authorises each request.
"""

import json
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from bot.demo.stage import Stage
from bot.demo.world import PORTRAIT

STATIC = Path(__file__).with_name("static")
CAPABILITY = "X-Simcord-Capability"
# Same as SimCord's own policy, but for the frame.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self' blob:; "
    "img-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)
EXTRAS = (
    '<link rel="stylesheet" href="/demo/static/frame.css">'
    '<script type="module" src="/demo/static/frame.js"></script></head>'
)
# Its pictures and fonts (30 MB of them) are fetched again with every look elsewhere unless the browser may keep them.
KEEP = "public, max-age=3600"


class Proxy:
    """Passes the frame's requests on to the Preview that is open now."""

    def __init__(self, stage: Stage, session: ClientSession) -> None:
        self._stage, self._session = stage, session
        # Each look elsewhere makes new ids for the same faces, and the Preview starts a process to check each picture.
        self._faces: dict[str, str] = {}
        self._drawn: dict[str, web.Response] = {}

    async def frame(self, request: web.Request) -> web.Response:
        """The Preview's page, dressed for the frame: its own toolbar hidden, our little menu added."""
        answer = await self._send(request, "/")
        page = (answer.text or "").replace("</head>", EXTRAS, 1)
        return web.Response(
            text=page, content_type="text/html", headers={**SECURITY, "Cache-Control": "no-store"}
        )

    async def forward(self, request: web.Request) -> web.Response:
        """Anything that is not the shell's own."""
        window = self._stage.window
        if not request.path.startswith("/api/"):
            return await self._send(request, request.path_qs, keep=True)
        if not window.host or request.headers.get(CAPABILITY) != window.capability:
            # A page that is being left asks for news once more. "Nothing new" keeps it quiet until it is gone.
            return web.Response(status=204)
        if request.method == "POST" and request.path == "/api/action":
            return await self._act(request)
        face = self._faces.get(request.path)
        if face in self._drawn:
            return _copy(self._drawn[face])
        answer = await self._send(request, request.path_qs)
        if face is not None and answer.status == 200:
            self._drawn[face] = answer
            return _copy(answer)
        if answer.status == 410:
            # After ten minutes' silence (a laptop asleep) the Preview forgets a page; a new number brings a new one.
            window.number += 1
        if request.path in ("/api/pages", "/api/state"):
            self._learn(answer)
        return answer

    def _learn(self, answer: web.Response) -> None:
        """Which asset ids are portraits of ours, so that they are fetched from the Preview once only."""
        assets = _json(answer).get("assets", {})
        self._faces |= {
            f"/api/assets/{key}": item["filename"]
            for key, item in assets.items()
            if item["filename"].startswith(PORTRAIT)
        }

    async def _act(self, request: web.Request) -> web.Response:
        stage = self._stage
        async with stage.lock:
            if request.headers.get(CAPABILITY) != stage.window.capability:
                return web.Response(status=204)
            await stage.world.keep_time(stage.clock())
            answer = await self._send(request, request.path_qs)
            if _is_stale(answer):
                answer = await self._send(
                    request, request.path_qs, body=await self._brought_up_to_date(request)
                )
            stage.window.note()
            return answer

    async def _brought_up_to_date(self, request: web.Request) -> bytes:
        """The same press on the newest revision; SimCord still checks that the control is there."""
        state = await self._send(request, "/api/state", method="GET", body=b"")
        body: dict[str, Any] = json.loads(await request.read())
        body["published_revision"] = _json(state).get("publishedRevision")
        return json.dumps(body).encode()

    async def _send(
        self,
        request: web.Request,
        path: str,
        *,
        method: str | None = None,
        body: bytes | None = None,
        keep: bool = False,
    ) -> web.Response:
        host = self._stage.window.host
        if not host:
            return web.Response(status=503, text="opening")
        sent = {k: v for k, v in request.headers.items() if k.startswith("X-Simcord-") or k == "Content-Type"}
        content = await request.read() if body is None else body
        async with self._session.request(
            method or request.method, f"http://{host}{path}", headers=sent, data=content or None
        ) as reply:
            kept = {
                k: v for k, v in reply.headers.items() if k.startswith(("X-Display", "X-Media", "X-Simcord"))
            }
            for name in ("Content-Type", "Content-Disposition"):
                if name in reply.headers:
                    kept[name] = reply.headers[name]
            kept["Cache-Control"] = KEEP if keep and reply.status == 200 else "no-store"
            return web.Response(status=reply.status, body=await reply.read(), headers={**kept, **SECURITY})


SECURITY = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def _json(answer: web.Response) -> dict[str, Any]:
    """The JSON object of an answer, empty for anything else."""
    if answer.content_type != "application/json" or not isinstance(answer.body, bytes):
        return {}
    found = json.loads(answer.body)
    return found if isinstance(found, dict) else {}


def _is_stale(answer: web.Response) -> bool:
    """Whether the Preview refused because something was shown since the page last asked."""
    receipt = _json(answer)
    return bool(receipt.get("rejected")) and any(
        item.get("code") == "stale-revision" for item in receipt.get("diagnostics", ())
    )


def _copy(answer: web.Response) -> web.Response:
    """A response can be sent once; its content as often as one likes."""
    return web.Response(status=answer.status, body=answer.body, headers=answer.headers)

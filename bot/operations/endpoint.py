"""The two pages a host's tools read: `/health` and `/metrics`. On loopback unless the host says otherwise."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict

from aiohttp import web

from bot.operations.health import judge
from bot.operations.metrics import CONTENT_TYPE, Metrics
from bot.operations.vitals import Vitals

log = logging.getLogger(__name__)

Look = Callable[[], Awaitable[Vitals]]


@asynccontextmanager
async def served(address: tuple[str, int] | None, look: Look, metrics: Metrics) -> AsyncIterator[int | None]:
    """Serve the pages while the block runs; gives the port.

    None, without an address or when it is taken: then a line in the log says so, and the bot runs all the same.
    """
    if address is None:
        yield None
        return
    runner = web.AppRunner(_pages(look, metrics), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *address).start()
        except OSError as error:
            log.error("no /health and /metrics on %s:%d: %s", *address, error.strerror)
            yield None
            return
        port: int = runner.addresses[0][1]
        log.info("/health and /metrics on %s:%d", address[0], port)
        yield port
    finally:
        await runner.cleanup()


def _pages(look: Look, metrics: Metrics) -> web.Application:
    async def health(_request: web.Request) -> web.Response:
        vitals = await look()
        found = judge(vitals)
        shown = {"status": "red" if found.red else "green", **asdict(found)}
        return web.json_response(shown, status=503 if found.red else 200)

    async def figures(_request: web.Request) -> web.Response:
        # In a thread: with every command used once there are thousands of lines, and the bot answers meanwhile.
        text = await asyncio.to_thread(metrics.page, await look())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    pages = web.Application()
    pages.router.add_get("/health", health)
    pages.router.add_get("/metrics", figures)
    return pages

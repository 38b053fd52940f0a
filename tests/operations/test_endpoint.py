import json
from contextlib import asynccontextmanager

import aiohttp

from bot.operations.endpoint import served
from bot.operations.metrics import Metrics
from tests.operations.vitals import WELL, ill

LOOPBACK = ("127.0.0.1", 0)


@asynccontextmanager
async def pages(vitals, metrics=None):
    """A function that gets a page: its status and text."""

    async def look():
        return vitals

    async with (
        served(LOOPBACK, look, metrics or Metrics("1.2.3")) as port,
        aiohttp.ClientSession() as session,
    ):

        async def get(path: str):
            async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status, await answer.text()

        yield get


async def test_health_is_green_and_says_nothing_more():
    async with pages(WELL) as get:
        status, text = await get("/health")
        assert status == 200
        assert json.loads(text) == {"status": "green", "reasons": [], "warnings": []}
        assert (await get("/"))[0] == 404


async def test_health_is_red_with_its_reasons():
    async with pages(ill(writable=False, token_dead=True)) as get:
        status, text = await get("/health")
        assert status == 503
        assert [reason.split(":")[0] for reason in json.loads(text)["reasons"]] == ["token", "database"]
        assert "stepforward_healthy 0.0" in (await get("/metrics"))[1]


async def test_the_figures_are_served_as_prometheus_reads_them():
    async with pages(WELL) as get:
        status, text = await get("/metrics")
    assert status == 200
    for line in (
        'stepforward_build_info{version="1.2.3"} 1.0', 'stepforward_queue{state="sending"} 2.0',
        'stepforward_gateway_latency_seconds{shard="0"} 0.04', "stepforward_tick_age_seconds 2.0",
        "stepforward_disk_used_ratio 0.4", "stepforward_healthy 1.0",
    ):  # fmt: skip
        assert line in text.splitlines()


async def test_without_an_address_or_with_a_taken_one_the_bot_runs_all_the_same(caplog):
    async def look():
        return WELL

    async with served(None, look, Metrics("1")) as port:
        assert port is None
    async with (
        served(LOOPBACK, look, Metrics("1")) as taken,
        served(("127.0.0.1", taken or 0), look, Metrics("1")) as port,
    ):
        assert port is None
    assert f"no /health and /metrics on 127.0.0.1:{taken}" in caplog.text

"""The demo's shell, with a bot of a few lines in the program's place: places, people, time, stop and start."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from bot.demo.clock import TravelClock, present
from bot.demo.travel import next_midnight
from tests.e2e.demo_visit import texts, visit

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def test_midnight_is_the_next_one() -> None:
    assert next_midnight(datetime(2026, 11, 22, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
    assert next_midnight(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)) == datetime(2026, 12, 1, tzinfo=UTC)


def test_the_demo_clock_only_moves_forward() -> None:
    clock = TravelClock(datetime(2026, 11, 20, tzinfo=UTC), base=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    clock.skip(timedelta(days=1))
    assert clock() == datetime(2026, 11, 21, tzinfo=UTC)
    with pytest.raises(ValueError, match="forward"):
        clock.skip(timedelta(days=-1))


async def test_one_looks_at_the_channel_and_at_ones_own_messages() -> None:
    async with visit() as visitor:
        channel = await visitor.frame("POST", "api/pages")
        assert texts(channel) == ["Sent two emails today."]
        await visitor.press("go", place="dm", person="priya")
        letters = texts(await visitor.frame("POST", "api/pages"))
        # Three days of history and the first day's own letter, each on its day.
        assert 3 <= len(letters) <= 4
        assert all(letter.endswith("owed 1") for letter in letters)


async def test_a_page_left_behind_hears_nothing_new_and_can_do_nothing() -> None:
    async with visit() as visitor:
        old = visitor.stage.window.capability
        await visitor.press("go", place="general")
        async with visitor.session.get(
            f"{visitor.url}api/state", headers={"X-Simcord-Capability": old}
        ) as answer:
            assert answer.status == 204


async def test_a_slash_command_with_a_form_works_through_the_frame() -> None:
    async with visit() as visitor:
        page = await visitor.frame("POST", "api/pages")
        catalog = await visitor.frame("GET", "api/commands", page["context"]["id"])
        command = next(entry for entry in catalog["entries"] if entry["path"] == ["log"])
        chosen = {
            "command_id": command["commandId"],
            "path": ["log"],
            "options": {},
            "schema_fingerprint": command["schemaFingerprint"],
        }
        assert (await visitor.act(page, 1, "run_command", **chosen))["settlement"] == "settled"
        page = await visitor.frame("GET", "api/state", page["context"]["id"])
        form = page["modal"]
        field = next(item for item in _walk(form["payload"]["components"]) if item["type"] == 4)
        await visitor.act(
            page,
            2,
            "modal_submit",
            modal_handle=form["handle"],
            values={field["custom_id"]: "an observership"},
        )
        page = await visitor.frame("GET", "api/state", page["context"]["id"])
        assert texts(page)[-1] == "Kept: an observership"


async def test_a_press_on_a_revision_just_replaced_is_not_lost() -> None:
    async with visit() as visitor:
        page = await visitor.frame("POST", "api/pages")
        async with visitor.stage.lock:
            await visitor.stage.window.refresh(always=True)
        receipt = await visitor.act(page, 1, "send_message", content="Still here")
        assert not receipt["rejected"], json.dumps(receipt)


async def test_a_context_menu_counts_ones_own_last_message() -> None:
    async with visit() as visitor:
        state = await visitor.state()
        assert set(state["apps"]) == {"Count as my action", "Tell more"}
        await visitor.press("apps", command="Count as my action")
        page = await visitor.frame("POST", "api/pages")
        assert texts(page)[-1].startswith("Counted ")
        async with visitor.session.post(f"{visitor.url}demo/apps", json={"command": "Erase"}) as answer:
            assert answer.status == 400


async def test_a_context_menu_may_open_a_form() -> None:
    async with visit() as visitor:
        before = (await visitor.state())["view"]["number"]
        after = await visitor.press("apps", command="Tell more")
        assert after["view"]["number"] > before
        assert (await visitor.frame("POST", "api/pages"))["modal"]["payload"]["title"] == "Log"


async def test_a_skipped_week_brings_each_day_its_own_letter() -> None:
    async with visit() as visitor:
        await visitor.press("go", place="dm", person="priya")
        before = texts(await visitor.frame("POST", "api/pages"))
        await visitor.press("skip", days=7)
        page = await visitor.frame("POST", "api/pages")
        new = texts(page)[len(before) :]
        assert len(new) == 7
        assert all(letter.endswith("owed 1") for letter in new)
        stamps = [datetime.fromisoformat(page["messages"][key]["timestamp"]) for key in page["timeline"][-7:]]
        assert {(stamp.hour, stamp.minute) for stamp in stamps} == {(18, 0)}


async def test_a_stopped_bot_sends_nothing_and_catches_up_when_started() -> None:
    async with visit() as visitor:
        await visitor.press("go", place="dm", person="priya")
        before = texts(await visitor.frame("POST", "api/pages"))
        assert not (await visitor.press("power", on=False))["running"]
        await visitor.press("skip", days=7)
        assert texts(await visitor.frame("POST", "api/pages")) == before
        assert (await visitor.press("power", on=True))["running"]
        after = texts(await visitor.frame("POST", "api/pages"))
        assert len(after) == len(before) + 1
        assert after[-1].endswith("owed 7")


async def test_the_end_waits_for_the_beat_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.demo.stage.HEARTBEAT", 0.0)
    begun, goes_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow_tick() -> None:
        begun.set()
        await goes_on.wait()
        ended.set()

    async with visit() as visitor:
        monkeypatch.setattr(visitor.stage.program, "tick", slow_tick)
        await begun.wait()
        asyncio.get_running_loop().call_soon(goes_on.set)
    assert ended.is_set()


async def test_reset_begins_anew_today() -> None:
    async with visit() as visitor:
        await visitor.press("skip", days=30)
        state = await visitor.press("reset")
        assert state["journey"] is None
        assert visitor.stage.clock().date() == present().date()
        assert texts(await visitor.frame("POST", "api/pages")) == ["Sent two emails today."]


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
async def test_another_site_is_refused(headers: dict[str, str]) -> None:
    async with (
        visit() as visitor,
        visitor.session.post(f"{visitor.url}demo/reset", headers=headers) as answer,
    ):
        assert answer.status == 403


@pytest.mark.browser
async def test_in_a_browser_the_channel_and_my_messages_are_two_clicks(chromium: str) -> None:
    async with visit() as visitor, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium, args=FLAGS.split())
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(visitor.url)
        await _shown(page, "amara accountability")
        await page.click("#drawer")
        await page.click("[data-place=dm]")
        await _shown(page, "amara dm")
        frame = page.frame_locator("#frames iframe")
        await frame.locator("#channel-composer-input").fill("/log")
        await frame.get_by_role("option").first.click()
        await frame.locator("#send-message").click()
        await frame.locator("#modal-root").get_by_role("textbox").fill("an observership")
        await frame.get_by_role("button", name="Submit").click()
        await frame.locator("#channel-timeline").get_by_text("Kept: an observership").wait_for()
        await browser.close()
        assert problems == []


async def _shown(page: Page, place: str) -> None:
    await page.wait_for_selector(f'#frames[data-shown="{place}"][aria-busy=false]')


def _walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for item in components:
        inner = item.get("components") or ([item["component"]] if "component" in item else [])
        found += [item, *_walk(inner)]
    return found

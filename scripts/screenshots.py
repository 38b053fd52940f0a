"""Makes the README's pictures from the demo, at a phone's width: `make screenshots`. It needs Chromium."""

import asyncio
import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.async_api import FrameLocator, Locator, Page, ViewportSize, async_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.demo.launch import serving  # noqa: E402 - the script is run from its file, not as a module
from bot.demo.seed import seed_demo  # noqa: E402
from bot.wiring import build_demo  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)
PHONE: ViewportSize = {"width": 390, "height": 1600}
"""As wide as a phone, and high enough that no message is cut."""
SHARPNESS = 2
COLOURS = 64
LARGEST = 120 * 1024
PATIENCE_MS = 60_000


LEARNING = (
    ("journal", "/journal list", "Your journal"),
    ("patterns", "/insights patterns", "What repeats"),
    ("progress", "/insights progress", "What became of it"),
    ("drafts", "/draft list", "Your drafts"),
    ("challenge", "/challenge start", "Ten days"),
)
"""Name of the picture, the command, and what its answer says."""


class Visit:
    """A browser in the demo, as one person after the other."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def frame(self) -> FrameLocator:
        """The conversation."""
        return self._page.frame_locator("#frames iframe:not(.coming)")

    def message(self, text: str) -> Locator:
        """The newest message that says this."""
        return self.frame.locator(".channel-message").filter(has_text=text).last

    async def shown(self, who: str, place: str) -> None:
        """Wait until a place is drawn."""
        await self._page.wait_for_selector(f'#frames[data-shown="{who} {place}"][aria-busy=false]')

    async def go(self, who: str, place: str) -> None:
        """Look elsewhere, as the same person."""
        await self._page.click("#drawer")
        await self._page.click(f"[data-place={place}]")
        await self.shown(who, place)

    async def command(self, typed: str) -> None:
        """Type a slash command and send it."""
        await self.frame.locator("#channel-composer-input").fill(typed)
        await self.frame.get_by_role("option").first.click()
        await self.frame.locator("#send-message").click()

    async def log_a_no(self) -> None:
        """Fill in the form of `/rejection log`."""
        await self.command("/rejection log")
        form = self.frame.locator("#modal-root")
        await form.get_by_role("combobox").first.click()
        await self.frame.get_by_role("option").filter(has_text="Research position").first.click()
        await form.get_by_role("textbox").first.fill("Tallgrass Stroke Registry")
        await form.get_by_role("button", name="Submit").click()

    async def keep(self, name: str, shown: Locator) -> None:
        """Store a message as a small picture."""
        await shown.scroll_into_view_if_needed()
        await self._page.mouse.move(0, 0)
        picture = Image.open(io.BytesIO(await shown.screenshot(animations="disabled")))
        path = PICTURES / f"{name}.png"
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}  {picture.width} x {picture.height}  {size // 1024} KiB")
        if size > LARGEST:
            raise SystemExit(f"{path.name} is larger than {LARGEST // 1024} KiB")


async def take(page: Page, url: str) -> None:
    """The pictures, all with Amara's eyes."""
    visit = Visit(page)
    await page.goto(url)
    await visit.shown("amara", "accountability")
    await visit.keep("weekly", visit.message("I did something this week"))
    await visit.command("/leaderboard")
    await visit.keep("leaderboard", visit.message("How I appear"))
    await visit.go("amara", "dm")
    await visit.keep("day1", visit.message("The first day"))
    await visit.log_a_no()
    await visit.keep("log", visit.message("What comes next"))
    for name, command, says in LEARNING:
        await visit.command(command)
        await visit.keep(name, visit.message(says))


async def main() -> None:
    """Start the demo and a browser, and take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with serving(build_demo, seed_demo, 0) as (url, _stage), async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS.split()
        )
        page = await browser.new_page(viewport=PHONE, device_scale_factor=SHARPNESS)
        page.set_default_timeout(PATIENCE_MS)
        await take(page, url)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())

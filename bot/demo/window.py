"""The one SimCord Preview that is open: which place, through whose eyes. Nothing here speaks HTTP."""

from urllib.parse import urlsplit

from simcord import InteractionResult
from simcord.preview import Preview

from bot.demo.people import DIRECT, Person
from bot.demo.world import DemoWorld


class Window:
    """SimCord allows one Preview at a time and fixes its channel, so looking elsewhere closes and opens it."""

    def __init__(self) -> None:
        self.number = 0
        self.person: Person | None = None
        self.place = DIRECT.key
        self._world: DemoWorld | None = None
        self._preview: Preview | None = None
        self._requests = 0

    @property
    def host(self) -> str:
        """`127.0.0.1:port` of the Preview's own server, empty while nothing is open."""
        return urlsplit(self._preview.url).netloc if self._preview else ""

    @property
    def capability(self) -> str:
        """The secret that opens this Preview; it changes with every look elsewhere."""
        return urlsplit(self._preview.url).fragment if self._preview else ""

    async def open(self, world: DemoWorld, person: Person, place: str) -> None:
        """Look at a place as somebody."""
        await self.close()
        preview = world.env.preview(
            world.channel(person, place),
            viewers=(world.viewer(person, place),),
            layout="channel",
            timezone=person.zone,
            assets=world.pictures,
        )
        await preview.__aenter__()
        self._world, self._preview = world, preview
        self.person, self.place = person, place
        self.number += 1
        self.note()

    async def close(self) -> None:
        """Close what is open, if anything is."""
        preview, self._preview = self._preview, None
        if preview is not None:
            await preview.close()

    def note(self) -> None:
        """What has happened up to now is on the screen."""
        if self._world is not None:
            self._requests = len(self._world.env.http_requests)

    async def refresh(self, *, always: bool = False) -> None:
        """Show what the bot did since the last time. Without news nothing is published.

        An idle republish would be harm: a press made on the previous revision is refused by the Preview.
        """
        if self._preview is None or self._world is None:
            return
        if always or len(self._world.env.http_requests) != self._requests:
            await self._preview.refresh()
            self.note()

    async def present(self, result: InteractionResult) -> None:
        """Show the answer to a context-menu command; a form needs the page to be opened anew."""
        if self._preview is None:
            return
        if result.modal is not None:
            await self._preview.show(result)
            self.number += 1
        await self.refresh(always=True)

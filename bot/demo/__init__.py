"""The demo without a token: the real bot in a seeded study group, in a browser.

Only this page is imported by the command line; SimCord itself is loaded when the demo is really started.
"""

from bot.demo.seam import Build, Seed


def run(port: int | None = None, *, build: Build | None = None, seed: Seed | None = None) -> None:
    """Serve the demo on the loopback interface until Ctrl-C. Without a port, the first free one from 8420 on.

    `build` and `seed` are the seam for tests; without them the real bot and the real study group are used.
    """
    from bot.demo.launch import launch

    launch(port, build=build, seed=seed)

"""The process that draws: `python -m bot.charts`, started by the painter and by nobody else.

It reads figures from its standard input and answers with pictures, one after the other, until the input ends, which
also happens when the bot is killed. A fault ends it; the painter starts another.
"""

import os
import signal
import sys

from bot.charts.drawing import drawn
from bot.charts.frames import next_frame, send_frame
from bot.charts.ink import can_write
from bot.domain.figures import read

NICENESS = 10
"""Whoever waits for a picture can wait longer than whoever waits for an answer."""


def main() -> None:
    """Draw, of each request, the first figure that the typeface can write; of none of them, nothing."""
    # Ctrl-C in a terminal reaches every process; when to end is said by the bot.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    while (job := next_frame(sys.stdin.buffer)) is not None:
        figure = next((one for one in read(job) if can_write(one.texts())), None)
        send_frame(sys.stdout.buffer, b"" if figure is None else drawn(figure))


if __name__ == "__main__":
    main()

"""Portraits for the demo's people, drawn here so that nothing is fetched and nobody real is shown."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIDE = 128


@cache
def portrait(initials: str, colour: str) -> bytes:
    """A square PNG with initials on a plain colour (`#rrggbb`)."""
    picture = Image.new("RGB", (SIDE, SIDE), colour)
    draw = ImageDraw.Draw(picture)
    draw.text((SIDE / 2, SIDE / 2), initials, fill="white", anchor="mm", font=ImageFont.load_default(52))
    return _png(picture)


@cache
def emblem(colour: str) -> bytes:
    """The bot's own picture: three steps going up."""
    picture = Image.new("RGB", (SIDE, SIDE), colour)
    draw = ImageDraw.Draw(picture)
    for step in range(3):
        left, top = 26 + step * 26, 82 - step * 22
        draw.rectangle((left, top, left + 22, 100), fill="white")
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()

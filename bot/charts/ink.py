"""What the pictures are drawn with: colours that carry on a dark screen, one typeface, shapes with smooth edges."""

from collections.abc import Iterable
from functools import cache, lru_cache
from io import BytesIO
from unicodedata import combining, east_asian_width

from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont
from pymupdf_fonts import FiraGO_Bold, FiraGO_Regular

Colour = tuple[int, int, int]

PAPER: Colour = (27, 29, 35)
BAND: Colour = (38, 41, 49)
WORDS: Colour = (243, 244, 246)
QUIET: Colour = (185, 190, 200)
NO: Colour = (143, 195, 245)
DONE: Colour = (242, 179, 107)
ON_SHAPE: Colour = (14, 20, 32)
"""Blue and sand stay apart for every kind of colour blindness, and the shapes differ as well."""

CUT = "…"
_SMOOTH = 3
_NOWHERE = "\uffff"
_SHAPED = (("\u0590", "\u0dff"), ("\u0e00", "\u10ff"), ("\ufb1d", "\ufeff"))
"""Scripts whose letters change with their neighbours, or run from the right: they need more than one glyph after another."""


@cache
def font(size: int, *, bold: bool = False) -> FreeTypeFont:
    """FiraGO (SIL Open Font License), which its package carries as data: no file is looked for on the machine."""
    data: bytes = (FiraGO_Bold if bold else FiraGO_Regular).fontbuffer
    return ImageFont.truetype(BytesIO(data), size)


def can_write(texts: Iterable[str]) -> bool:
    """Whether the typeface has every letter, and this machine can set it as it is read."""
    letters = {letter for text in texts for letter in text if not letter.isspace() and not combining(letter)}
    if any(east_asian_width(letter) in "WF" for letter in letters):
        return False
    if not features.check("raqm") and any(
        low <= letter <= high for letter in letters for low, high in _SHAPED
    ):
        return False
    missing = _glyph(_NOWHERE)
    return all(_glyph(letter) != missing for letter in letters)


def _glyph(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font(24).getmask(letter)
    return mask.size, bytes(mask) if mask.size[0] else b""


class Sheet:
    """A picture under way. Places are pixels from the top left corner."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width, height), PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def write(
        self, text: str, at: tuple[float, float], size: int, colour: Colour = WORDS, *, anchor: str = "lm", bold: bool = False
    ) -> None:  # fmt: skip
        """A line of text; `anchor` as Pillow has it."""
        self._pen.text(at, text, fill=colour, font=font(size, bold=bold), anchor=anchor)

    def dot(self, at: tuple[float, float], across: float, colour: Colour) -> None:
        """A disc around a point."""
        half = across / 2
        self.box((at[0] - half, at[1] - half, at[0] + half, at[1] + half), colour, half)

    def box(self, place: tuple[float, float, float, float], colour: Colour, round_by: float = 8) -> None:
        """A rectangle with round corners."""
        left, top, right, bottom = (round(edge) for edge in place)
        self._image.paste(colour, (left, top), _shape(max(1, right - left), max(1, bottom - top), round_by))

    def png(self) -> bytes:
        """The finished picture. It has few colours, so that a palette makes it a third as large."""
        out = BytesIO()
        self._image.quantize(96, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
        return out.getvalue()


@lru_cache(maxsize=128)
def _shape(width: int, height: int, round_by: float) -> Image.Image:
    """A rectangle as a mask. It is drawn larger and made small again: Pillow's own edges are steps."""
    large = Image.new("L", (width * _SMOOTH, height * _SMOOTH), 0)
    corner = min(round_by, min(width, height) / 2) * _SMOOTH
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), corner, fill=255)
    return large.resize((width, height), Image.Resampling.BOX)


@lru_cache(maxsize=512)
def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a line is, in pixels."""
    return font(size, bold=bold).getlength(text)


def fitted(text: str, size: int, room: float, least: int, *, bold: bool = False) -> tuple[str, int]:
    """The text and the size in which it fits the room; cut at the end when even the least size is too wide."""
    while size > least and width_of(text, size, bold=bold) > room:
        size -= 2
    if width_of(text, size, bold=bold) <= room:
        return text, size
    while text and width_of(text + CUT, size, bold=bold) > room:
        text = text[:-1].rstrip()
    return text + CUT, size

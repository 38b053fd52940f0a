"""What text the bot takes from people: trimmed, whole, and storable on every engine."""

import unicodedata

from bot.errors import UserError

_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_HIDDEN = dict.fromkeys(map(ord, _BIDI | _INVISIBLE))
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen: spaces, zero-width and direction marks alone."""
    return all(ch in _INVISIBLE or ch in _BIDI or unicodedata.category(ch) in _UNSEEN for ch in text)


def free_text(raw: str | None, limit: int) -> str | None:
    """The text as stored: trimmed, None when blank.

    Raises UserError for what an engine could not give back unchanged (NUL, half a surrogate pair) and for text
    over `limit` characters. Nothing is cut or changed in silence.
    """
    if raw is None or is_blank(raw):
        return None
    text = raw.strip()
    if "\x00" in text or any(0xD800 <= ord(ch) <= 0xDFFF for ch in text):
        raise UserError("text-unreadable")
    if len(text) > limit:
        raise UserError("text-too-long", limit=limit, length=len(text))
    return text


def folded(name: str) -> str:
    """What two names have in common when they read alike: case, width, style, marks that hide and spaces are evened out.

    NFKC before and after case folding, as Unicode's identifiers are compared (UAX 31, caseless compatibility match).
    """
    if name.isascii():  # nothing to even out but case and spaces, and a journal is searched by this
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(plain.translate(_HIDDEN).split())


def public_text(raw: str, limit: int) -> str:
    """Text that others will see: one line, without marks that turn the direction or hide. Raises UserError."""
    text = free_text(raw, 4000)
    if text is None:
        raise UserError("text-empty")
    one_line = " ".join("".join(ch for ch in text if ch not in _BIDI and ch not in _INVISIBLE).split())
    if not one_line or is_blank(one_line):
        raise UserError("text-empty")
    if len(one_line) > limit:
        raise UserError("text-too-long", limit=limit, length=len(one_line))
    return one_line

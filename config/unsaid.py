"""Words that a pattern never says: a reason, a chance, a verdict on somebody, or that a program be written to.

They are English. Another language is read by whoever translates it.
"""

import re
from collections.abc import Iterable, Iterator

from config.documents import ContentError
from config.needs import Need
from config.words import FALLBACK, Words

# "Probably" is as bad as a number.
_NEVER = re.compile(
    r"(?i)\b(because|caused|causes|therefore|due to|the reason (is|was)|that is why|chances?|likely|probab\w+|odds|risk|"
    r"per ?cent|weak\w*|bad|poor|wrong with you|you lack|mistakes?)\b|%"
)
_CONTACT = re.compile(r"(?i)\b(write|email|call|contact|message|reach out)\b[^.]*\bprograms?\b")


def unsaid(text: str) -> str | None:
    """What in a sentence no pattern may say, and why; None when there is nothing."""
    if found := _NEVER.search(text):
        return f"{found[0]!r} is never said: a pattern tells what repeats, never why, how likely, or what somebody is worth"
    if found := _CONTACT.search(text):
        return f"{found[0]!r} sends somebody to a program, which no pattern may suggest"
    return None


def never_said(needs: Iterable[Need], words: Words) -> Iterator[ContentError]:
    """Every English sentence of these that says what no pattern may say, where it is written."""
    for need in needs:
        written = words.sentence(FALLBACK, need.key)
        reason = unsaid(words.speak(FALLBACK)(need.key, **need.values)) if written else None
        if written is not None and reason is not None:
            yield ContentError(written.path, written.line, f"{need.key!r}: {reason}")

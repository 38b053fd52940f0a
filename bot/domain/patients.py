"""Whether a text looks as if it held a patient's details. It guesses from patterns, and it keeps and tells nothing."""

import re
from collections.abc import Iterable

_NAMED = r"(?:mrn|m\.r\.n\.?|(?:medical record|patient|hospital|nhs) (?:id|no\.?|number))(?![a-z])"
_RECORD = rf"\b{_NAMED}(?: is)?[\s:#.\-]*(?:no\.?|number)?[\s:#.\-]*[a-z]{{0,3}}[\s\-]?\d(?:[\s\-]?\d){{3,}}"
_DAY = r"(?:\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{2,4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{2,4})"
_BIRTH = rf"\b(?:dob|d\.o\.b\.?|date of birth|born(?: on)?)[\s:\-]*{_DAY}"
_LIKELY = re.compile(f"{_RECORD}|{_BIRTH}", re.IGNORECASE)


def looks_like_patient(texts: Iterable[str | None]) -> bool:
    """Whether any of the texts names a medical record number or a date of birth."""
    return any(text is not None and _LIKELY.search(text) is not None for text in texts)

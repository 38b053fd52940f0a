"""Errors a person can cause, named by the sentence that answers them. Nothing technical lives here."""


class UserError(Exception):
    """Something the person can mend; `key` is the Fluent id of the kind, private answer.

    The values fill that sentence. They are never written to a log, because they may hold what a member typed.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class SentenceId(str):
    """A value of a `UserError` that is a sentence itself: where the error is answered it is put into words."""

    __slots__ = ()


class NotYours(UserError):
    """The thing asked for is not there, or belongs to somebody else; both get the same answer on purpose."""

    def __init__(self) -> None:
        super().__init__("error-not-found")


class DiskFull(OSError):
    """The database could not write because its disk is full; nothing of that write was saved."""

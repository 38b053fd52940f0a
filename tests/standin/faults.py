"""What goes wrong on request: rules matched by method, path and body, each used a given number of times."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

# The HTTP status of each JSON code; those Discord does not publish are an assumption (promises, part 3).
STATUS = {
    10003: 404, 10007: 404, 10008: 404, 10013: 404, 10062: 404, 40060: 400, 50035: 400, 200000: 400,
    40003: 403, 50001: 403, 50007: 403, 50013: 403, 50278: 403,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One way an answer can go wrong. `status` 0 leaves the true answer as it is."""

    status: int = 0
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds before anything happens
    accepted: bool = False  # the work is done first, as when only the answer is lost
    cut: bool = False  # the connection is reset instead of an answer
    hang: bool = False  # no answer is ever given

    def after_the_work(self) -> "Fault":
        """The same trouble, met after the request was carried out: the outcome is unknown to the bot."""
        return replace(self, accepted=True)


def refused(code: int, status: int | None = None) -> Fault:
    """Discord's refusal with a JSON code, for example 50007."""
    return Fault(status or STATUS[code], {"code": code, "message": f"refused {code}"})


def broken(status: int) -> Fault:
    """A server-side failure: 500, 502, 503, 504."""
    return Fault(status, {"code": 0, "message": "broken"})


def unauthorized() -> Fault:
    """The token is no longer valid."""
    return Fault(401, {"code": 0, "message": "401: Unauthorized"})


def rate_limited(retry_after: float, *, shared: bool = False) -> Fault:
    """A real 429. Discord does not count a shared one towards the ban; `retry_after` is in seconds."""
    scope = "shared" if shared else "user"
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
    return Fault(
        429, body, {"Via": "1.1 google", "X-RateLimit-Scope": scope, "Retry-After": str(retry_after)}
    )


def banned() -> Fault:
    """Cloudflare's ban: a 429 without `Via`."""
    return Fault(429, {"code": 0, "message": "banned"})


def delayed(seconds: float) -> Fault:
    """The true answer, late."""
    return Fault(delay=seconds)


RESET = Fault(cut=True)
SILENCE = Fault(hang=True)
LOST = RESET.after_the_work()
LOST_IN_SILENCE = SILENCE.after_the_work()


@dataclass(slots=True)
class Rule:
    """A fault waiting for its request. `used` says how often it struck."""

    method: str
    path: re.Pattern[str]
    fault: Fault
    left: int | None
    skip: int
    chance: float
    when: Callable[[Any], bool]
    used: int = 0


class Faults:
    """The rules in the order they were added; the first that fits is used. `chance` draws from `seed`."""

    def __init__(self, seed: int = 0) -> None:
        self.rules: list[Rule] = []
        self._random = random.Random(seed)

    def add(
        self,
        method: str,
        path: str,
        fault: Fault,
        *,
        times: int | None = 1,
        skip: int = 0,
        chance: float = 1.0,
        when: Callable[[Any], bool] = lambda body: True,
    ) -> Rule:
        """In `path` (after /api/v10) `*` is one segment and `**` any; method `*` is any; `times` None is for ever."""
        pattern = re.escape(path).replace(r"\*\*", ".*").replace(r"\*", "[^/]+")
        rule = Rule(method, re.compile(pattern), fault, times, skip, chance, when)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """All is well again."""
        self.rules.clear()

    def match(self, method: str, path: str, body: Any) -> Fault | None:
        """Uses up one strike of the first rule that fits."""
        for rule in self.rules:
            if rule.left == 0 or rule.method not in ("*", method) or not rule.path.fullmatch(path):
                continue
            if not rule.when(body) or self._random.random() >= rule.chance:
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            rule.left = None if rule.left is None else rule.left - 1
            rule.used += 1
            return rule.fault
        return None

"""`doctor`: everything a run needs, looked at one after the other. It makes nothing and prints no secret."""

import os
import socket
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp

from bot.clock import Clock
from bot.crypto import HostKey, HostKeyError
from bot.operations.asking import Asked, ask_discord
from bot.operations.findings import Finding, look, skipped, well, wrong
from bot.operations.health import DISK_FULL_SHARE
from bot.operations.side_by_side import about_processes
from bot.operations.with_discord import about_discord
from bot.storage.checkup import Checkup, check_up, disk_of
from bot.storage.keystore import Keystore, KeystoreRefused
from bot.storage.trouble import TROUBLES, address_refused, cause
from bot.wiring.opening import CONFIG, host_key_of
from config.check import check_all
from config.settings import Settings

FILE = (
    "look who owns the file and its folder; if it is damaged, put a backup back: python -m bot restore FILE"
)
RESTORE = "stop the bot and put a backup back: python -m bot restore FILE"


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """A line at a time, as it is found. Nothing that is wrong keeps the rest from being looked at."""
    token = settings.discord_token.get_secret_value()
    asked = await ask_discord(settings.discord_api_url, token, clock) if token else Asked()
    for finding in about_discord(asked, token, settings.shard_ids):
        yield finding
    async for finding in _data(settings, clock):
        yield finding
    for finding in (*_content(settings), *_pages(settings)):
        yield finding
    yield await _port(settings.health_address)


async def _data(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    if refused := address_refused(settings.database_url):
        yield wrong("database", refused, "set STEPFORWARD_DATABASE_URL")
        yield skipped("key", "not looked at: there is no database to open with it")
        return
    found = await check_up(settings.database_url, clock())
    for finding in (
        *_database(found),
        *about_processes(found.processes, clock()),
        *_disk(settings.database_url),
        await _key(settings, found),
    ):
        yield finding


def _database(found: Checkup) -> Iterator[Finding]:
    if not found.there:
        yield well("database", "not there yet; the first run makes it")
    elif found.trouble:
        advice = FILE if found.sqlite else "check the address, the password and that PostgreSQL runs"
        yield wrong("database", f"it cannot be opened ({found.trouble})", advice)
    elif found.sound not in ("", "ok"):
        yield wrong("database", "it is damaged (PRAGMA quick_check)", RESTORE)
    else:
        yield from _schema(found)


def _schema(found: Checkup) -> Iterator[Finding]:
    kind = "SQLite" if found.sqlite else "PostgreSQL"
    if found.schema is None:
        yield well("database", f"{kind}, empty; the first run makes its tables")
    elif found.schema != found.wanted:
        told = f"{kind}, its schema is {found.schema} and this version's is {found.wanted}"
        yield look("database", told, "an older one is migrated by `run`; for a newer one use that version")
    elif not found.writable:
        advice = (
            "check who owns the file and its folder, that it is not read-only, and that the disk has room"
        )
        yield wrong("database", f"{kind}, nothing can be written", advice)
    else:
        yield well("database", f"{kind}, schema {found.schema}, sound, writable")
    if found.sqlite and found.journal not in ("", "wal"):
        yield look("database", f"its journal is {found.journal}, not WAL", "put it on a disk of this machine")


def _disk(url: str) -> Iterator[Finding]:
    try:
        found = disk_of(url)
    except OSError as error:
        yield skipped("disk", f"not looked at ({cause(error)})")
        return
    if found is None:
        return
    total, free = found
    told = f"{free / 2**30:.1f} GiB free of {total / 2**30:.1f}"
    if total and 1 - free / total >= DISK_FULL_SHARE:
        yield look("disk", told, "make room: when it is full nothing is saved")
    else:
        yield well("disk", told)


async def _key(settings: Settings, found: Checkup) -> Finding:
    """Whether the host key is there, readable by its owner alone, and opens the members' keys."""
    path, given = settings.secret_key_file, bool(settings.secret_key.get_secret_value())
    if refused := settings.keystore_url and address_refused(settings.keystore_url):
        return wrong("key", f"the members' keys: {refused}", "set STEPFORWARD_KEYSTORE_URL")
    if found.trouble and settings.keystore_address == settings.database_url:
        return skipped("key", "not looked at: the members' keys are in that database")
    try:
        key = host_key_of(settings)
        if isinstance(key, Path) and not key.exists() and (not found.there or found.schema is None):
            return well("key", "not there yet; the first run makes it")
        opened = key if isinstance(key, HostKey) else HostKey.load(path)
        keys = await Keystore.open(settings.keystore_address, opened, make=False)
    except HostKeyError as error:
        return wrong("key", str(error), "without it nobody can read the members' texts again")
    except KeystoreRefused as error:
        if not found.there or found.schema is None:
            return well("key", "there; no member's key yet")
        return wrong("key", str(error), "put back the key, or the keystore, that belongs to this database")
    except TROUBLES as error:
        told = f"the members' keys cannot be opened ({cause(error) or type(error).__name__})"
        return wrong("key", told, "look where they are, who owns that, and whether it can be written")
    await keys.close()
    if not given and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return look("key", f"others can read {path}", f"chmod 600 {path}")
    return well("key", "it opens the members' keys")


def _content(settings: Settings) -> Iterator[Finding]:
    errors, warnings = check_all(settings.content_folder or CONFIG)
    for line in errors:
        yield wrong("content", line, "mend that line, then: python -m bot check-content")
    for line in warnings:
        yield look("content", line, "look at it again")
    if not errors and not warnings:
        yield well("content", "every word and rule file is in order")


def _pages(settings: Settings) -> Iterator[Finding]:
    """The two pages that `/about` links; Discord asks every bot for the first."""
    pages = (
        ("privacy", settings.privacy_url, "PRIVACY", "put PRIVACY.md on a page of your own"),
        ("problems", settings.problem_url, "PROBLEM", "choose where members can tell you what is wrong"),
    )
    for what, url, name, advice in pages:
        if url:
            yield well(what, f"/about links {url}")
        else:
            told = f"/about has no link: STEPFORWARD_{name}_URL is empty"
            yield look(what, told, f"{advice}, and set STEPFORWARD_{name}_URL to it")


async def _port(address: tuple[str, int] | None) -> Finding:
    """Whether /health can be served; a bot that serves it already is a good sign."""
    if address is None:
        return skipped("health", "switched off by STEPFORWARD_HEALTH")
    host, port = address
    shown = f"http://{host}:{port}/health"
    try:
        with socket.create_server(address):
            return well("health", f"{host}:{port} is free for /health and /metrics")
    except OSError as refused:
        told = f"{host}:{port} cannot be used ({refused.strerror})"
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(shown) as answer:
            status = str((await answer.json()).get("status"))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, AttributeError):
        return look("health", told, "choose another port: STEPFORWARD_HEALTH=127.0.0.1:8081")
    if status == "green":
        return well("health", f"a bot runs there and is well ({shown})")
    return look("health", f"a bot runs there and its health is {status}", f"read {shown}")

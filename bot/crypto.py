"""Sealing: AES-256-GCM for what members write, one key a member, each wrapped by the host's key.

A sealed value is `version | key id | nonce | ciphertext and tag` and is bound to its place: moved to another row,
column or owner it does not open. Nothing here logs or names what it seals. Where keys live: bot.storage.keystore.
"""

import base64
import binascii
import hashlib
import hmac
import logging
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
KEY_ID_BYTES = 4
NONCE_BYTES = 12
TRACE_BYTES = 4
_VERSION = b"\x01"
_HEAD = len(_VERSION) + KEY_ID_BYTES + NONCE_BYTES

log = logging.getLogger(__name__)


class SealBroken(Exception):
    """A sealed value was changed, moved, or sealed under another key. The message names the place, never the text."""


class HostKeyError(Exception):
    """The host's key is missing, damaged or unreadable; the message says which, and what to do."""


class _Box:
    """One AES-256-GCM key and its id. Safe for about four thousand million values a key (random 96-bit nonces)."""

    __slots__ = ("_cipher", "key_id")

    def __init__(self, key: bytes, key_id: bytes) -> None:
        self._cipher = AESGCM(key)
        self.key_id = key_id

    def close(self, plain: bytes, place: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return _VERSION + self.key_id + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, blob: bytes, place: str) -> bytes:
        if blob[:1] != _VERSION:
            raise SealBroken(f"{place}: not a sealed value of version 1")
        if blob[1 : 1 + KEY_ID_BYTES] != self.key_id:
            raise SealBroken(f"{place}: sealed under another key")
        nonce = blob[_HEAD - NONCE_BYTES : _HEAD]
        try:
            return self._cipher.decrypt(nonce, blob[_HEAD:], place.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(f"{place}: changed or moved since it was sealed") from None


class MemberKey:
    """The data key of one member. Destroying it makes everything they wrote unreadable, in old backups too."""

    __slots__ = ("_box", "_tracing", "user_id")

    def __init__(self, key: bytes, key_id: bytes, user_id: int) -> None:
        self._box = _Box(key, key_id)
        self._tracing = hmac.digest(key, b"stepforward traces", hashlib.sha256)
        self.user_id = user_id

    def __repr__(self) -> str:
        return f"MemberKey(user_id={self.user_id})"

    @property
    def key_id(self) -> bytes:
        """Four bytes, stored in front of every value this key sealed."""
        return self._box.key_id

    def seal(self, text: str, *, table: str, column: str, row_id: int) -> bytes:
        """The text as sealed bytes, bound to its place. Raises ValueError for lone surrogates, without the text."""
        try:
            plain = text.encode()
        except UnicodeEncodeError:
            raise ValueError("a lone surrogate cannot be stored; refuse it at input") from None
        return self._box.close(plain, self._place(table, column, row_id))

    def open(self, blob: bytes, *, table: str, column: str, row_id: int) -> str:
        """The text again. Raises SealBroken when the bytes were changed, moved or sealed under another key."""
        return self._box.open(bytes(blob), self._place(table, column, row_id)).decode()

    def traces(self, words: Iterable[str], *, table: str, row_id: int) -> bytes:
        """Four bytes for each word of a row, in no order of theirs, which without this key mean nothing.

        The same word has other bytes in every row: whoever has the rows alone learns how many words there are.
        """
        salt, person = row_id.to_bytes(8, "big"), table.encode()[:16]
        begun = hashlib.blake2b(digest_size=TRACE_BYTES, key=self._tracing, salt=salt, person=person)
        found = set()
        for word in words:
            mark = begun.copy()
            mark.update(word.encode("utf-8", "surrogatepass"))
            found.add(mark.digest())
        return b"".join(sorted(found))

    def _place(self, table: str, column: str, row_id: int) -> str:
        return f"{table}|{column}|{row_id}|{self.user_id}"


class HostKey:
    """The host's key. It wraps the members' keys and never touches what they wrote.

    While one key takes the place of another (bot.storage.rotation), it opens what either of them wrapped.
    """

    __slots__ = ("_box", "_old")

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise HostKeyError(f"the host key must be {KEY_BYTES} bytes, this one has {len(key)}")
        wrapping = hmac.digest(key, b"stepforward wrapping key", hashlib.sha256)
        self._box = _Box(wrapping, hmac.digest(key, b"stepforward key id", hashlib.sha256)[:KEY_ID_BYTES])
        self._old: _Box | None = None

    def __repr__(self) -> str:
        return f"HostKey(id={self._box.key_id.hex()})"

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell two host keys apart and say nothing about either."""
        return self._box.key_id

    def replacing(self, old: "HostKey") -> "HostKey":
        """This key, which from now on also opens what an older one wrapped."""
        self._old = old._box
        return self

    def has_wrapped(self, wrapped: bytes) -> bool:
        """Whether this key wrapped a secret, and not the one it replaces."""
        return wrapped[1 : 1 + KEY_ID_BYTES] == self._box.key_id

    def new_member_key(self, user_id: int) -> tuple[MemberKey, bytes]:
        """A fresh key for a member, and the same key wrapped, to be stored."""
        key, key_id = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_ID_BYTES)
        wrapped = self.wrap(key, wrapping_place(user_id, key_id))
        return MemberKey(key, key_id, user_id), wrapped

    def member_key(self, user_id: int, key_id: bytes, wrapped: bytes) -> MemberKey:
        """The member's key out of its wrapping. Raises SealBroken when it was not wrapped by this host key."""
        return MemberKey(self.unwrap(wrapped, wrapping_place(user_id, key_id)), key_id, user_id)

    def wrap(self, secret: bytes, place: str) -> bytes:
        """A secret as sealed bytes, bound to its place."""
        return self._box.close(secret, place)

    def unwrap(self, wrapped: bytes, place: str) -> bytes:
        """The secret again. Raises SealBroken for another host key or another place."""
        box = self._box if self._old is None or self.has_wrapped(wrapped) else self._old
        return box.open(bytes(wrapped), place)

    @classmethod
    def from_text(cls, text: str) -> "HostKey":
        """The key from base64, as in a key file or the environment. Raises HostKeyError when it is not one."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except binascii.Error:
            raise HostKeyError(
                "the host key is not base64; put the right key back, nothing was changed"
            ) from None

    @classmethod
    def load(cls, path: Path) -> "HostKey":
        """The key from its file, with the one it replaces if a rotation was not finished.

        Raises HostKeyError when the file is missing, unreadable or not a key.
        """
        key, old = cls._read(path), old_key_file(path)
        return key.replacing(cls._read(old)) if old.exists() else key

    @classmethod
    def _read(cls, path: Path) -> "HostKey":
        try:
            text = path.read_text(encoding="ascii")
            mode = stat.S_IMODE(path.stat().st_mode)
        except FileNotFoundError:
            raise HostKeyError(
                f"the host key {path} is missing; put it back from where you keep its copy"
            ) from None
        except (OSError, UnicodeDecodeError):
            raise HostKeyError(f"the host key {path} cannot be read. Let the bot's user read it") from None
        if os.name == "posix" and mode & 0o077:
            log.warning("host key %s can be read by others (mode %o); chmod 600 it", path, mode)
        try:
            return cls.from_text(text)
        except HostKeyError as error:
            raise HostKeyError(f"{path}: {error}") from None

    @classmethod
    def load_or_create(cls, path: Path) -> "HostKey":
        """The key from its file, which is made on the first run with mode 0600 and never overwritten."""
        if not path.exists():
            write_new_key(path)
        return cls.load(path)


def wrapping_place(user_id: int, key_id: bytes) -> str:
    """What a wrapped member key is bound to."""
    return f"member_keys|wrapped|{user_id}|{key_id.hex()}"


def new_key_text() -> str:
    """A fresh host key as base64, as in a key file or the environment."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def old_key_file(path: Path) -> Path:
    """Where the key that is being replaced lies until everything is wrapped by its successor."""
    return path.with_name(f"{path.name}.old")


def write_new_key(path: Path) -> None:
    """Write a key whole and synced before it gets its name, so that no crash leaves half a key behind."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_key_text().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key is the key
        sync_folder(path.parent)
    except OSError as error:
        raise HostKeyError(f"the host key {path} cannot be made: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk: a new name survives a power cut only when its folder is synced too."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

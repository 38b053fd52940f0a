"""How the bot and the process that draws speak: the length in four bytes, then so many bytes."""

from typing import BinaryIO

HEAD = 4
MOST = 4 * 1024 * 1024
"""Nothing that either of them says is longer."""


def framed(content: bytes) -> bytes:
    """The content with its length before it."""
    return len(content).to_bytes(HEAD, "big") + content


def length_of(head: bytes) -> int:
    """How many bytes follow. Raises ValueError for what no frame begins with."""
    length = int.from_bytes(head, "big")
    if length > MOST:
        raise ValueError(f"a frame of {length} bytes")
    return length


def next_frame(stream: BinaryIO) -> bytes | None:
    """What was said next; None when nothing more comes."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    length = length_of(head)
    content = stream.read(length)
    return content if len(content) == length else None


def send_frame(stream: BinaryIO, content: bytes) -> None:
    """Say it."""
    stream.write(framed(content))
    stream.flush()

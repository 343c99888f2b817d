"""A partner's receiver on this machine, well or in a mood."""

import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


class Receiver:
    """What it was sent stands in ``got`` as (headers, body); ``mood`` says how it answers next."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.mood = "well"
        self.written = 0
        # What a slow one waits for.
        self.let_go = threading.Event()
        handler = type("Handler", (_Handler,), {"receiver": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/hook"

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]

    def verified(self, secret: str) -> list[Any]:
        """The bodies, each checked as the specification's own library does it."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.got]

    def close(self) -> None:
        self.let_go.set()
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        mood = self.receiver.mood
        try:
            if mood.isdigit():
                self._answer(int(mood), b"no")
            else:
                getattr(self, f"_{mood}")()
        except OSError:
            return

    def do_GET(self) -> None:
        self.receiver.got.append(({}, b"sent on"))
        self._answer(200, b"")

    def _well(self) -> None:
        self._answer(200, json.dumps({"ok": True}).encode())

    def _hangs(self) -> None:
        self.receiver.let_go.wait(timeout=30)

    def _drips(self) -> None:
        """A byte of its headers now and then: no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.receiver.let_go.wait(timeout=0.05):
            self.wfile.write(b"a")

    def _drips_its_body(self) -> None:
        """It says 200 at once, and never comes to the end of what it says."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
        while not self.receiver.let_go.wait(timeout=0.05):
            self.wfile.write(b"a")

    def _goes_on(self) -> None:
        """It asks for more, again and again."""
        while not self.receiver.let_go.wait(timeout=0.005):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _closes(self) -> None:
        """Without a word."""
        self.close_connection = True

    def _resets(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _babbles(self) -> None:
        """Not HTTP."""
        self.wfile.write(b"220 mail.example ESMTP\r\n" * 3)
        self.close_connection = True

    def _boasts(self) -> None:
        """More headers than anybody reads."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Much: 1\r\n" * 2000 + b"\r\n")
        self.close_connection = True

    def _redirects(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.receiver.url)
        self.end_headers()

    def _endless(self) -> None:
        """A gigabyte, as far as anybody takes it."""
        self.send_response(200)
        self.send_header("Content-Length", str(2**30))
        self.end_headers()
        piece = b"x" * 65536
        for _n in range(2**14):
            self.wfile.write(piece)
            self.receiver.written += len(piece)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        return

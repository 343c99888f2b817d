"""A server on this machine that speaks the protocol of WeCom's robots, and goes wrong as real ones do."""

import base64
import hashlib
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LIMITS = {"text": 2048, "markdown": 4096}
PICTURE = 2 * 1024 * 1024
# Moods: refusals by their errcode, and answers that are none.
_SAID = {"unknown": 93000, "limited": 45009, "odd": 40001, "busy": -1}
_STRANGE = {
    "nonsense": b"<html>Please sign in to this network</html>",
    "no_code": b'{"ok": true}',
    "list": b"[0]",
    "endless": b"1" * 300_000,
}


class RobotServer:
    """Every key is a robot unless ``unknown``; what it answers next stands in ``moods`` by key (else it is well)."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.asked: Counter[str] = Counter()
        self.moods: dict[str, str] = {}
        self.lock = threading.Lock()
        # What a slow one waits for.
        self.let_go = threading.Event()
        self._times: dict[str, list[float]] = {}
        server = self
        handler = type("Handler", (_Handler,), {"robots": server})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def webhook(self, key: str = "robot-0001") -> str:
        return f"{self.origin}/cgi-bin/webhook/send?key={key}"

    def texts(self, key: str = "robot-0001") -> list[str]:
        """What was said in the group of that robot, in order; of a picture its kind."""
        return [
            body[kind]["content"] if kind in LIMITS else kind
            for who, body in self.said
            if who == key
            for kind in [body["msgtype"]]
        ]

    def close(self) -> None:
        self.let_go.set()
        self._http.shutdown()
        self._http.server_close()

    def judge(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """As WeCom does: what is too long, a picture that is not its hash, who says too much in a minute."""
        kind = body.get("msgtype")
        if kind in LIMITS and len(body[kind]["content"].encode()) > LIMITS[kind]:
            return {"errcode": 40058, "errmsg": f"content exceeds max length, hint key={key}"}
        if kind == "image":
            picture = base64.b64decode(body["image"]["base64"])
            if len(picture) > PICTURE:
                return {"errcode": 40006, "errmsg": "invalid media size"}
            if hashlib.md5(picture).hexdigest() != body["image"]["md5"]:
                return {"errcode": 301019, "errmsg": "md5 mismatch"}
        with self.lock:
            now = time.monotonic()
            recent = [moment for moment in self._times.get(key, []) if now - moment < 60]
            if len(recent) >= 20:
                return {"errcode": 45009, "errmsg": "api freq out of limit"}
            self._times[key] = [*recent, now]
            self.said.append((key, body))
        return {"errcode": 0, "errmsg": "ok"}


class _Handler(BaseHTTPRequestHandler):
    robots: RobotServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = parse_qs(urlsplit(self.path).query)["key"][0]
        with self.robots.lock:
            self.robots.asked[key] += 1
        mood = self.robots.moods.get(key, "well")
        if mood.isdigit():
            self._send(int(mood), b"no")
        elif mood in _SAID:
            self._answer({"errcode": _SAID[mood], "errmsg": f"refused, key={key}"})
        elif mood in _STRANGE:
            self._send(200, _STRANGE[mood])
        else:
            getattr(self, f"_{mood}")(key, body)

    def _well(self, key: str, body: dict[str, Any]) -> None:
        self._answer(self.robots.judge(key, body))

    def _slow(self, key: str, body: dict[str, Any]) -> None:
        """It says it in the group and forgets to answer."""
        self.robots.judge(key, body)
        self.robots.let_go.wait(timeout=30)

    def _hangs_up(self, key: str, body: dict[str, Any]) -> None:
        self.robots.judge(key, body)
        self.connection.close()

    def _dripping(self, key: str, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.robots.let_go.wait(timeout=0.1):
            self.wfile.write(b" ")

    def _elsewhere(self, key: str, body: dict[str, Any]) -> None:
        self.send_response(302)
        self.send_header("Location", self.robots.webhook("another-1"))
        self.end_headers()

    def _answer(self, body: dict[str, Any]) -> None:
        self._send(200, json.dumps(body).encode())

    def _send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        return

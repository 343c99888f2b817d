"""A mail server on this machine: keeps what it is given, and goes wrong as real ones do."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer:
    """``mood`` says what it answers: well, or at which word it refuses with which code (``RCPT 550``), or breaks."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.mood = ""
        handler = type("Handler", (_Handler,), {"mail": self})
        self._tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        self._tcp.daemon_threads = True
        threading.Thread(target=self._tcp.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        port: int = self._tcp.server_address[1]
        return port

    def close(self) -> None:
        self._tcp.shutdown()
        self._tcp.server_close()


class _Handler(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline():
            word = line.decode().split(" ")[0].split(":")[0].strip().upper()
            if word == "RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if self.mail.mood.startswith(f"{word} "):
                self._say(f"{self.mail.mood.split()[1]} no")
            elif word == "DATA":
                self._say("354 go on")
                letter = self._letter()
                if self.mail.mood == "breaks":
                    return
                if self.mail.mood.startswith("END "):
                    self._say(f"{self.mail.mood.split()[1]} no")
                    continue
                self.mail.letters.append((to, letter))
                self._say("250 kept")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _letter(self) -> Any:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

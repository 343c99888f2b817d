"""One POST to an address that somebody else has named: not into our own network, not for long, not much of an answer.

The name is resolved once and the connection made to what was looked at, so that a name which answers differently the
second time leads nowhere else. Nobody is sent on.
"""

import ipaddress
import os
import socket
import ssl
import threading
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings

# From looking up the name to the end of the answer.
LONGEST = 10.0
LARGEST = 64 * 1024


class CallFailed(Exception):
    """It was not taken. ``code`` says why, in a word of ours."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Deadline:
    """Ends every connection that is still open when the time is over, whatever it waits for."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise CallFailed("too_slow")
        return left

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._ends

    def guard(self, raw: socket.socket) -> tuple[threading.Timer, socket.socket]:
        """A second handle on the connection: TLS takes the first one over."""
        handle = socket.socket(raw.family, raw.type, fileno=os.dup(raw.fileno()))
        timer = threading.Timer(self.left, _shut, [handle])
        timer.daemon = True
        timer.start()
        return timer, handle


def _shut(handle: socket.socket) -> None:
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def post(url: str, body: bytes, headers: dict[str, str], *, seconds: float = LONGEST) -> int:
    """The status that was answered. Raises CallFailed where there was no answer, or where one may not call."""
    deadline = _Deadline(seconds)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise CallFailed("address_broken") from error
    if not host or parts.username is not None:
        raise CallFailed("address_broken")
    if parts.scheme != "https" and not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES:
        raise CallFailed("not_https")
    addresses = _looked_up(host, port, deadline)
    # In our own network one may do without; whatever goes out is hidden from those between.
    if parts.scheme != "https" and any(is_outside(one) for one in addresses):
        raise CallFailed("not_https")
    raw = _connected(addresses, port, deadline)
    timer, handle = deadline.guard(raw)
    try:
        connection = HTTPConnection(host, port)
        connection.sock = _secured(raw, host) if parts.scheme == "https" else raw
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        status = _asked(connection, target, body, headers)
        if deadline.over:
            # It was cut off by us, in the middle of what it said.
            raise CallFailed("too_slow")
        return status
    except ssl.SSLError as error:
        raise CallFailed("too_slow" if deadline.over else "no_trust") from error
    except (OSError, HTTPException, ValueError) as error:
        raise CallFailed("too_slow" if deadline.over else "cut_off") from error
    finally:
        timer.cancel()
        handle.close()
        raw.close()


def _asked(connection: HTTPConnection, target: str, body: bytes, headers: dict[str, str]) -> int:
    try:
        connection.request("POST", target, body=body, headers={**headers, "Connection": "close"})
        answer = connection.getresponse()
        # Read, so that the other side is not cut off in its answer; no further than this, so that it ends.
        answer.read(LARGEST)
        return answer.status
    finally:
        connection.close()


def _secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=host)


def _looked_up(host: str, port: int, deadline: _Deadline) -> list[str]:
    """The addresses behind a name, all of which one may call. Looked up aside: the system's resolver knows no limit."""
    found: list[list[str]] = []

    def look() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError):
            found.append([])

    aside = threading.Thread(target=look, daemon=True)
    aside.start()
    aside.join(deadline.left)
    if not found:
        raise CallFailed("too_slow")
    if not found[0]:
        raise CallFailed("name_unknown")
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and not all(is_outside(one) for one in found[0]):
        raise CallFailed("address_not_allowed")
    return found[0]


def is_outside(address: str) -> bool:
    """Whether it belongs to the public network; an address of it that is wrapped in another counts as what it wraps."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # 6to4, Teredo, NAT64 and the old compatible form lead to an IPv4 address that nobody has looked at.
        if ip.ipv4_mapped is not None:
            return is_outside(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or any(ip in net for net in _WRAPPED):
            return False
    return ip.is_global and not ip.is_multicast


_WRAPPED = [ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "fec0::/10")]


def _connected(addresses: list[str], port: int, deadline: _Deadline) -> socket.socket:
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=deadline.left)
        except OSError:
            continue
    raise CallFailed("too_slow" if deadline.over else "not_reached")

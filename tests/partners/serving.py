"""The product as it is served, inside a test's transaction."""

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

_SERVED = get_wsgi_application()


def application(environ, start_response):
    """As it is served, but for the connection: closed after a request, it would take the test's transaction along."""
    # Each server names it.
    environ.setdefault("REMOTE_ADDR", "127.0.0.1")
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        answer = _SERVED(environ, start_response)
        body = b"".join(answer)
        answer.close()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
    return [body]

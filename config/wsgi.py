"""The web server's way in: ``gunicorn config.wsgi``."""

import atexit
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only the web process keeps a pool of connections (docs/adr/0007).
os.environ.setdefault("LINJULI_PROCESS", "web")

application = get_wsgi_application()
# While the interpreter ends, the pool waits five seconds for each of its threads, which run no more by then.
atexit.register(connection.close_pool)  # type: ignore[attr-defined]

"""The web server's way in: ``gunicorn config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only the web process keeps a pool of connections (docs/adr/0007).
os.environ.setdefault("LINJULI_PROCESS", "web")

application = get_wsgi_application()

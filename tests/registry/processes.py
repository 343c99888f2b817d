"""Python in a process of its own, on the test's database: for tests that kill it."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection

_BEGIN = """
import django
from django.conf import settings
from django.core.management import call_command
"""


def python(code: str) -> subprocess.Popen:
    """Run the code with Django set up; ``settings`` may still be changed in its first lines."""
    first, *rest = code.splitlines()
    script = "\n".join([_BEGIN, first, "django.setup()", *rest])
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{address}"},
        stdout=subprocess.PIPE,
        text=True,
    )

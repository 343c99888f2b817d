"""``python -m benchmarks NAME``: called by ``script/bench``, in a database that is this run's own."""

import argparse
import os
import sys
from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command


def main() -> int:
    """Measure; the last line is JSON."""
    name = sys.argv[1]
    django.setup()
    if not settings.DATABASES["default"]["NAME"].startswith("bench_"):
        print("Benchmarks run in a database of their own: use script/bench.", file=sys.stderr)
        return 2
    module = import_module(f"benchmarks.{name}")
    parser = argparse.ArgumentParser(prog=f"script/bench {name}", description=module.__doc__)
    if hasattr(module, "arguments"):
        module.arguments(parser)
    options = parser.parse_args(sys.argv[2:])
    call_command("migrate_schemas", "--shared", interactive=False, verbosity=0)
    measuring = import_module("benchmarks.measuring")
    print(f"{name}: {measuring.machine()}", flush=True)
    print(module.measure(options).as_json())
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())

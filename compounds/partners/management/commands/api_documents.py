"""Writes the API's two documents into docs/api, or says whether those there are the ones that the code makes."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from compounds.partners.documents import documents

FOLDER = Path(settings.BASE_DIR) / "docs" / "api"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        differing = []
        for name, one in documents().items():
            path, text = FOLDER / f"{name}.yaml", written(one.made())
            if options["check"]:
                if not path.exists() or path.read_text() != text:
                    differing.append(str(path.relative_to(settings.BASE_DIR)))
                continue
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if differing:
            raise CommandError(f"run manage.py api_documents; not as the code: {', '.join(differing)}")


def written(made: dict[str, Any]) -> str:
    """As it is checked in."""
    return yaml.dump(made, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


class _Plain(yaml.SafeDumper):
    """Without anchors, which people would have to follow."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Plain.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))

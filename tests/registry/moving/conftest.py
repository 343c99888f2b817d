"""A compound with something of everything, its export, and ways to spoil it."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from compounds.organisation.models import PostKind
from compounds.photos import intake
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District
from compounds.registry.moving.manifest import NAME
from compounds.registry.moving.sending import export
from consultation.services import step2_propose
from consultation.steps import Step
from tests.committing import YARD, committed
from tests.consultation.branch import listed
from tests.consultation.handling import secretary
from tests.factories import BodyFactory, IssueFactory, PersonFactory
from tests.pictures import a_picture


@dataclass
class Exported:
    """A compound's file, and the folder of all files."""

    path: Path
    media: Path

    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as pack:
            return {name: pack.read(name) for name in pack.namelist()}

    def rewritten(self, members: dict[str, bytes]) -> Path:
        """The same file with other members."""
        spoilt = self.path.with_name("spoilt.zip")
        with zipfile.ZipFile(spoilt, "w") as pack:
            for name, body in members.items():
                pack.writestr(name, body)
        return spoilt

    def with_manifest(self, change: Callable[[dict], object]) -> Path:
        members = self.members()
        manifest = json.loads(members[NAME])
        change(manifest)
        return self.rewritten(members | {NAME: json.dumps(manifest).encode()})

    def with_rows(self, table: str, change: Callable[[bytes], bytes]) -> Path:
        """Rows that were changed by somebody who knew how to make the sums fit."""
        members = self.members()
        rows = change(members[f"tables/{table}"])
        assert rows != members[f"tables/{table}"]
        manifest = json.loads(members[NAME])
        manifest["tables"][table] |= {"sha256": hashlib.sha256(rows).hexdigest(), "rows": rows.count(b"\n")}
        return self.rewritten(members | {f"tables/{table}": rows, NAME: json.dumps(manifest).encode()})


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def exported(committing, media: Path, tmp_path: Path) -> Exported:
    """``yard``, lived in and exported: people with posts, matters with a history, a published list, a photo."""
    return _lived_in_and_exported(committing, media, tmp_path)


@pytest.fixture(scope="module")
def sent(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file alone, made once. What it was made of is gone."""
    folder = tmp_path_factory.mktemp("sent")
    with django_db_blocker.unblock(), committed() as yard, override_settings(MEDIA_ROOT=folder / "media"):
        return _lived_in_and_exported(yard, folder / "media", folder).path


@pytest.fixture
def arrived(sent: Path, committing, media: Path, tmp_path: Path) -> Exported:
    """A copy of that file for each test, which may spoil it."""
    return Exported(Path(shutil.copy(sent, tmp_path)), media)


def _lived_in_and_exported(yard: Compound, media: Path, folder: Path) -> Exported:
    yard.note = "后院的说明"
    yard.phone = "0731-22223333"
    yard.save()
    with compound_context(YARD):
        PersonFactory(name="制表\t反斜\\换行\n", posts=[PostKind.BUILDING_STEWARD])
        for step in (Step.VISIT, Step.HANDLE, Step.CLOSED):
            IssueFactory(step=step, said="有\\N有“引号”和\n换行")
        step2_propose.publish(listed().issue_list, by=secretary())
        # A number that was given out once is not given out again.
        BodyFactory().delete()
        intake.keep(a_picture())
    path = folder / "yard.zip"
    export("yard", path)
    return Exported(path, media)


@pytest.fixture
def elsewhere(committing) -> Iterator[Community]:
    """A community of another district, as it stands in another installation."""
    return Community.objects.create(district=District.objects.create(name="别的区"), name="别的社区")

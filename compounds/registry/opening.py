"""Opening a compound: a row, a schema with all its tables, what the apps put into it, then it is ready.

One place, so that a faster way of making the tables can stand here without anybody noticing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import schema_exists

from compounds.kernel.errors import DomainError
from compounds.registry import slugs
from compounds.registry.context import CompoundNotThere, compound_context
from compounds.registry.models import Community, Compound, CompoundState, Recording
from compounds.registry.schemas import fingerprints, recordings

# The comment on a schema while Django makes its tables.
_HALF_MADE = "linjuli: being opened"

log = structlog.get_logger(__name__)


class AddressTaken(DomainError):
    """The address, or its schema, is in use."""

    code = "address_taken"
    title = _("This address is taken")
    message = _("There is a compound at “%(slug)s” already.")
    hint = _("Choose another address.")


class SchemaInTheWay(DomainError):
    """A schema of that name is there, and no opening of ours left it half-made."""

    code = "schema_in_the_way"
    title = _("Something else stands in the way")
    message = _("The database has a schema “%(schema)s”, and it is not what an opening left half-made.")
    hint = _("Nothing was changed. Those who run the server find out what it holds: it may be somebody's data.")


class BeingWorkedOn(DomainError):
    """A process has its opening in hand at this moment."""

    code = "compound_being_made"
    title = _("This compound is being made at this moment")
    message = _("Its tables are being made or filled. Wait until that has succeeded or failed.")


class ComesFromFile(DomainError):
    """An import was interrupted; opened in another way the compound would be empty under the imported one's name."""

    code = "comes_from_file"
    title = _("This compound comes from a file")
    message = _("Filling it from its file was interrupted. Without the file it would be empty.")
    hint = _("Discard it, and have the file imported again.")


def open_compound(*, slug: str, name: str, community: Community, built_on: date | None = None) -> Compound:
    """Open a compound and return it, ready. Raises AddressTaken; a failure leaves neither row nor schema.

    What each app puts into a new compound is named in ``COMPOUND_SEEDS``: functions that take the compound.
    """
    compound = reserve(slug=slug, name=name, community=community, built_on=built_on)
    try:
        return finish_opening(compound.schema_name)
    except BaseException:
        withdraw(compound)
        raise


def reserve(
    *, slug: str, name: str, community: Community, built_on: date | None = None, comes_from_file: bool = False
) -> Compound:
    """Write the row of a compound in state ``opening``; ``finish_opening`` does the rest. Raises AddressTaken."""
    compound = as_row(slug=slug, name=name, community_id=community.pk, built_on=built_on)
    compound.community, compound.comes_from_file = community, comes_from_file
    _require_free(compound)
    try:
        # That it is free was asked, and the insert says so in the end; the community is a row that was read.
        compound.full_clean(exclude=["state", "community"], validate_unique=False)
        with transaction.atomic():
            compound.save()
    except IntegrityError as error:
        # Somebody else was quicker.
        raise AddressTaken(slug=slug) from error
    except ValidationError:
        # That may be why; otherwise the input is wrong.
        _require_free(compound)
        raise
    return compound


def as_row(*, slug: str, name: str, community_id: int, built_on: date | None = None) -> Compound:
    """A compound that is not written yet."""
    schema_name = f"c_{slug.replace('-', '_')}"
    return Compound(slug=slug, schema_name=schema_name, name=name, community_id=community_id, built_on=built_on)


@transaction.atomic
def reserve_each(rows: list[Compound]) -> list[Compound]:
    """Like ``reserve`` for many rows, all or none of them; the number of statements is the same however many.

    Raises AddressTaken, ValidationError.
    """
    _require_all_free(rows)
    for row in rows:
        row.clean_fields(exclude=["state", "community"])
    try:
        with transaction.atomic():
            # In order, so that two at once wait for each other instead of both dying in a deadlock.
            Compound.objects.bulk_create(sorted(rows, key=lambda row: row.slug))
    except IntegrityError:
        # Somebody else was quicker; otherwise it is no address.
        _require_all_free(rows)
        raise
    return rows


def _require_all_free(rows: list[Compound]) -> None:
    known = slugs.taken()
    for row in rows:
        if row.slug in known:
            raise AddressTaken(slug=row.slug)


def _require_free(compound: Compound) -> None:
    if Compound.objects.filter(slug=compound.slug).exists() or schema_exists(compound.schema_name):
        raise AddressTaken(slug=compound.slug)


def plant(compound: Compound) -> None:
    """What every new compound begins with: the apps' seeds."""
    for seed in settings.COMPOUND_SEEDS:
        import_string(seed)(compound)


def finish_opening(schema_name: str, *, fill: Callable[[Compound], None] | None = None) -> Compound:
    """Bring a compound in state ``opening`` to ``ready`` and return it; one that is ready already is returned as it is.

    ``fill`` puts into its tables what comes from a file; any other begins with the seeds. A failure or a kill leaves
    the row and nothing else: schema, tables, what is in them and the state ``ready`` come in one transaction. So it may
    be called again; two at once do it once. Raises CompoundNotThere, SchemaInTheWay, ComesFromFile.
    """
    if Compound.objects.filter(schema_name=schema_name, state=CompoundState.OPENING).exists():
        recording = recordings.for_opening()
        with (
            suppress(CompoundNotThere),  # when somebody else has opened it meanwhile
            compound_context(schema_name, state=CompoundState.OPENING) as compound,
            _alone(schema_name),
        ):
            if compound.comes_from_file and fill is None and _still_opening(compound):
                raise ComesFromFile
            (_open_by_django if recording.why_not else _open_by_replay)(compound, recording, fill or plant)
    ready = Compound.objects.ready().filter(schema_name=schema_name).select_related("community__district").first()
    if ready is None:
        raise CompoundNotThere
    return ready


@transaction.atomic
def discard_unopened(compound: Compound) -> None:
    """Remove what an opening that failed, or was killed, left behind.

    Raises BeingWorkedOn, CompoundNotThere, SchemaInTheWay.
    """
    hold_unopened(compound)
    _clear_the_place(compound.schema_name)
    Compound.objects.filter(pk=compound.pk).delete()


def withdraw(compound: Compound) -> None:
    """After a failure of the caller's own: take back what it reserved, unless somebody else is opening that now.

    A schema that was in the way is left alone.
    """
    with suppress(BeingWorkedOn, CompoundNotThere), transaction.atomic():
        hold_unopened(compound)
        with suppress(SchemaInTheWay):
            _clear_the_place(compound.schema_name)
        Compound.objects.filter(pk=compound.pk).delete()


def hold_unopened(compound: Compound) -> None:
    """Until the transaction ends nobody opens it. Waits for no opening: raises BeingWorkedOn, CompoundNotThere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [compound.schema_name])
        if not cursor.fetchone()[0]:
            raise BeingWorkedOn
    _hold_row(compound)


def at_work(schema_names: list[str]) -> set[str]:
    """Which of these some process is opening at this moment. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name JOIN pg_locks ON locktype = 'advisory' AND objsubid = 1 "
            "AND granted AND pid <> pg_backend_pid() "
            "AND (classid::bigint << 32) | objid::bigint = hashtextextended(name, 0) "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [schema_names],
        )
        return {name for (name,) in cursor.fetchall()}


def _hold_row(compound: Compound) -> None:
    """Raises CompoundNotThere unless it is being opened; until the transaction ends it stays so."""
    # Those who only refer to the row need not wait.
    rows = Compound.objects.select_for_update(no_key=True).filter(pk=compound.pk, state=CompoundState.OPENING)
    if not rows.exists():
        raise CompoundNotThere


def _still_opening(compound: Compound) -> bool:
    return Compound.objects.filter(pk=compound.pk, state=CompoundState.OPENING).exists()


def _open_by_replay(compound: Compound, recording: Recording, begin: Callable[[Compound], None]) -> None:
    with transaction.atomic():
        _hold_row(compound)
        _clear_the_place(compound.schema_name)
        recordings.replay(recording, compound.schema_name)
        _finish(compound, begin)


def _open_by_django(compound: Compound, recording: Recording, begin: Callable[[Compound], None]) -> None:
    """For migrations that cannot be replayed. Not in one transaction, so the schema is marked while it is half-made."""
    name = compound.schema_name
    with transaction.atomic(), connection.cursor() as cursor:
        _hold_row(compound)
        _clear_the_place(name)
        cursor.execute(f"CREATE SCHEMA {_quoted(name)}; COMMENT ON SCHEMA {_quoted(name)} IS '{_HALF_MADE}'")
    try:
        recordings.migrate_whole(name)
        connection.set_tenant(compound)
        with transaction.atomic(), connection.cursor() as cursor:
            _hold_row(compound)
            _finish(compound, begin)
            cursor.execute(f"COMMENT ON SCHEMA {_quoted(name)} IS NULL")
    except BaseException:
        _drop(name)
        raise


def _finish(compound: Compound, begin: Callable[[Compound], None]) -> None:
    begin(compound)
    Compound.objects.filter(pk=compound.pk).update(
        state=CompoundState.READY, migrated_to=fingerprints.wanted(), updated_at=timezone.now()
    )
    log.info("compound_opened", schema=compound.schema_name)


@contextmanager
def _alone(schema_name: str) -> Iterator[None]:
    """One thread of all processes opens this compound; the lock goes with the connection when that is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [schema_name])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [schema_name])


def _clear_the_place(schema_name: str) -> None:
    """Drop a half-made schema. One that is not marked as such may hold somebody's data: it is refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [schema_name]
        )
        there = cursor.fetchone()
    if there is None:
        return
    if there[0] != _HALF_MADE:
        raise SchemaInTheWay(schema=schema_name)
    _drop(schema_name)


def _drop(schema_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {_quoted(schema_name)} CASCADE")


def _quoted(schema_name: str) -> str:
    name: str = connection.ops.quote_name(schema_name)
    return name

"""Opening a compound: a row, a schema with all its tables, what the apps put into it, then it is ready.

One place, so that a faster way of making the tables can stand here without anybody noticing.
"""

from datetime import date

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import schema_exists

from compounds.kernel.errors import DomainError
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, CompoundState

log = structlog.get_logger(__name__)


class AddressTaken(DomainError):
    """The address, or its schema, is in use."""

    code = "address_taken"
    title = _("This address is taken")
    message = _("There is a compound at “%(slug)s” already.")


def open_compound(*, slug: str, name: str, community: Community, built_on: date | None = None) -> Compound:
    """Open a compound and return it, ready. Raises AddressTaken; a failure leaves neither row nor schema.

    What each app puts into a new compound is named in ``COMPOUND_SEEDS``: functions that take the compound.
    """
    compound = reserve(slug=slug, name=name, community=community, built_on=built_on)
    try:
        return finish_opening(compound.schema_name)
    except BaseException:
        connection.set_schema_to_public()
        discard_unopened(compound)
        raise


def reserve(*, slug: str, name: str, community: Community, built_on: date | None = None) -> Compound:
    """Keep the address for a compound that is to be opened. Raises AddressTaken, ValidationError."""
    compound = Compound(
        slug=slug, schema_name=f"c_{slug.replace('-', '_')}", name=name, community=community, built_on=built_on
    )
    if Compound.objects.filter(slug=slug).exists() or schema_exists(compound.schema_name):
        raise AddressTaken(slug=slug)
    compound.full_clean(exclude=["state"])
    try:
        with transaction.atomic():
            compound.save()
    except IntegrityError as error:
        raise AddressTaken(slug=slug) from error
    return compound


def finish_opening(schema_name: str) -> Compound:
    """Make what a reserved compound is missing, from nothing; a second call finds it ready and changes nothing."""
    compound = Compound.objects.select_related("community__district").get(schema_name=schema_name)
    if compound.state == CompoundState.READY:
        return compound
    try:
        _make_tables(compound.schema_name)
        with compound_context(compound.schema_name, state=CompoundState.OPENING):
            for seed in settings.COMPOUND_SEEDS:
                import_string(seed)(compound)
    except BaseException:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(compound.schema_name)} CASCADE")
        raise
    compound.state = CompoundState.READY
    compound.save(update_fields=["state", "updated_at"])
    log.info("compound_opened", schema=compound.schema_name)
    return compound


def _make_tables(schema_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(schema_name)}")
    call_command("migrate_schemas", schema_name=schema_name, interactive=False, verbosity=0)


def discard_unopened(compound: Compound) -> None:
    """Remove what an opening that failed, or was killed, left behind. Raises ValueError for any other compound."""
    if not Compound.objects.filter(pk=compound.pk, state=CompoundState.OPENING).exists():
        raise ValueError(f"{compound.slug} is not being opened")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(compound.schema_name)} CASCADE")
    Compound.objects.filter(pk=compound.pk).delete()

"""The one door into a compound, for requests, tasks and commands alike."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_public_schema_name

from compounds.kernel.errors import DomainError
from compounds.registry.models import Compound, CompoundQuerySet, CompoundState


class CompoundNotThere(DomainError):
    """No compound of that schema is in the state asked for."""

    code = "compound_not_there"
    status = 404
    title = _("There is no such compound")
    message = _("Nothing is here, or it is not open yet.")


class InAnotherCompound(RuntimeError):
    """The thread is in one compound and was asked to enter another: a fault of ours, never of a user."""


@contextmanager
def compound_context(schema_name: str, *, state: CompoundState = CompoundState.READY) -> Iterator[Compound]:
    """Work inside one compound, then be in public again, whatever happened.

    The library's own contexts are banned elsewhere: ``schema_context("no_such")`` reads public tables without an error.
    ``atomic`` stands inside this context, never around it. Entering the compound one is in already changes nothing.
    Raises CompoundNotThere unless the compound exists in ``state``, InAnotherCompound inside a different one.
    """
    if _stands_in(schema_name):
        yield connection.tenant
        return
    with _entered(_found(Compound.objects.filter(schema_name=schema_name, state=state))) as compound:
        yield compound


@contextmanager
def compound_mounted_at(slug: str) -> Iterator[Compound]:
    """The same for who knows a ready compound by its address. One query."""
    # Inside a test that already stands in a compound the registry is reached all the same: it is on the search path.
    compound = _found(Compound.objects.ready().filter(slug=slug))
    if _stands_in(compound.schema_name):
        yield connection.tenant
        return
    with _entered(compound):
        yield compound


def _stands_in(schema_name: str) -> bool:
    """Whether the thread is there already. Raises InAnotherCompound where it is somewhere else."""
    if connection.schema_name == get_public_schema_name():
        return False
    if connection.schema_name != schema_name:
        raise InAnotherCompound(connection.schema_name)
    return True


def _found(rows: CompoundQuerySet) -> Compound:
    compound = rows.select_related("community__district").first()
    if compound is None:
        raise CompoundNotThere
    return compound


@contextmanager
def _entered(compound: Compound) -> Iterator[Compound]:
    connection.set_tenant(compound)
    try:
        with structlog.contextvars.bound_contextvars(compound=compound.schema_name):
            yield compound
    finally:
        connection.set_schema_to_public()


def current_schema() -> str:
    """The schema that the thread works in. Raises RuntimeError in public, where no compound's work may happen."""
    if connection.schema_name == get_public_schema_name():
        raise RuntimeError("not inside a compound")
    name: str = connection.schema_name
    return name

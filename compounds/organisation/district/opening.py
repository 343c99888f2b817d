"""Opening compounds in the background: the run that does it, another try, and giving up."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import runs
from compounds.jobs.models import Run, RunState
from compounds.jobs.working import work_one
from compounds.kernel.errors import DomainError
from compounds.registry import opening
from compounds.registry.context import CompoundNotThere
from compounds.registry.models import Compound
from compounds.registry.opening import BeingWorkedOn, ComesFromFile

KIND = "open_compound"


class NotBeingOpened(DomainError):
    """It became ready, or was discarded, a moment ago."""

    code = "compound_not_being_opened"
    title = _("This compound is not being opened any more")
    message = _("It is ready by now, or somebody discarded it a moment ago.")
    hint = _("Look at the list of compounds.")


def work(schema_name: str, _period: str) -> None:
    """The work of a run. A second one finds the compound ready."""
    opening.finish_opening(schema_name)


@transaction.atomic
def begin(compound: Compound) -> Run:
    """Ask for a reserved compound to be made; a run of an earlier compound at this address does not count."""
    _forget_earlier([compound.schema_name])
    return runs.ask(KIND, "", compound.schema_name)


@transaction.atomic
def begin_each(compounds: list[Compound]) -> None:
    """Like ``begin`` for some compounds, however many: two statements, and the workers are woken once."""
    schemas = [compound.schema_name for compound in compounds]
    _forget_earlier(schemas)
    runs.ask_each(KIND, "", schemas)


def _forget_earlier(schemas: list[str]) -> None:
    Run.objects.filter(kind=KIND, schema_name__in=schemas).exclude(state=RunState.WORKING).delete()


@transaction.atomic
def try_again(compound: Compound) -> None:
    """At once, whatever the next try's time is. Raises NotBeingOpened, BeingWorkedOn, ComesFromFile."""
    run = _waiting_run(compound)
    if compound.comes_from_file:
        raise ComesFromFile
    if run is None:
        runs.ask(KIND, "", compound.schema_name)
        return
    if run.state == RunState.QUEUED:
        Run.objects.filter(pk=run.pk).update(next_try_at=timezone.now())
        transaction.on_commit(partial(work_one.delay, run.pk), robust=True)
        return
    runs.retry(run.pk)


@transaction.atomic
def discard(compound: Compound) -> None:
    """Free the address again; nothing is left. Raises NotBeingOpened, BeingWorkedOn, SchemaInTheWay."""
    _waiting_run(compound)
    # Also what else was to be done there, once it would have been open.
    Run.objects.filter(schema_name=compound.schema_name).exclude(state=RunState.WORKING).delete()
    opening.discard_unopened(compound)


def _waiting_run(compound: Compound) -> Run | None:
    """The compound's run. No worker has it in hand, nobody else opens the compound, and while the transaction lasts
    none begins."""
    try:
        opening.hold_unopened(compound)
    except CompoundNotThere as error:
        raise NotBeingOpened from error
    run = Run.objects.select_for_update().filter(kind=KIND, period="", schema_name=compound.schema_name).first()
    if run is not None and run.state == RunState.WORKING:
        raise BeingWorkedOn
    return run

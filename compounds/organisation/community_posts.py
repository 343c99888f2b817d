"""One appointment, all compounds of a community (domain: Who is who).

The public row is the memory. Each change of it is carried into every compound by a run of its own, which makes the
compound's posts as the row wants them; a compound that is opened later begins with what is in force by then.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User
from compounds.jobs import runs
from compounds.jobs.models import Run
from compounds.kernel.errors import DomainError
from compounds.organisation import appointments
from compounds.organisation.models import Level, Person, PostKind, Unit
from compounds.organisation.models.people import SINGLE_POSTS
from compounds.registry.context import compound_context
from compounds.registry.models import Community, CommunityAppointment, CommunityPost, Compound, CompoundState
from compounds.registry.office import Office, OfficeLevel

KIND = "community_posts"


class AppointedAlready(DomainError):
    """The person holds this post in the community in that time, or somebody else holds one that only one can hold."""

    code = "community_post_taken"
    title = _("This post is taken")
    message = _("%(name)s holds it in this community in that time already.")
    hint = _("End that appointment first, or choose a later first day.")


class AppointmentOver(DomainError):
    """What has been is not changed."""

    code = "community_appointment_over"
    title = _("This appointment has ended already")
    message = _("%(name)s held the post until %(day)s.")
    hint = _("If they hold the post again, appoint them anew.")


@transaction.atomic
def appoint(
    user: User, *, community: Community, kind: CommunityPost, starts_on: date, ends_on: date | None, by: Office
) -> CommunityAppointment:
    """Give one login a post in each compound of a community. Raises AppointedAlready.

    Returns at once; the posts are written in the background.
    """
    # Two at once come one after the other.
    Community.objects.select_for_update(of=("self",)).get(pk=community.pk)
    if other := in_the_way(user, community, kind, starts_on=starts_on, ends_on=ends_on):
        raise AppointedAlready(name=other.user)
    appointment = CommunityAppointment.objects.create(
        user=user,
        community=community,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        office_level=by.level,
        office=by.text,
    )
    carry_on(appointment)
    return appointment


@transaction.atomic
def end(appointment: CommunityAppointment, *, on: date, by: Office) -> CommunityAppointment:
    """Let it end with that day, which still counts, in all compounds. Raises AppointmentOver."""
    appointment = CommunityAppointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.ends_on and appointment.ends_on < timezone.localdate():
        raise AppointmentOver(name=appointment.user, day=appointment.ends_on)
    appointment.ends_on = max(on, appointment.starts_on)
    appointment.revision = F("revision") + 1
    appointment.office_level, appointment.office = by.level, by.text
    appointment.save(update_fields=["ends_on", "revision", "office_level", "office", "updated_at"])
    appointment.refresh_from_db()
    carry_on(appointment)
    return appointment


def in_the_way(
    user: User | None, community: Community, kind: CommunityPost, *, starts_on: date, ends_on: date | None
) -> CommunityAppointment | None:
    """An appointment that rules this one out: the same person's, or anybody's to a post that only one can hold."""
    others = CommunityAppointment.objects.filter(community=community, kind=kind).not_over(starts_on)
    others = others.filter(starts_on__lte=ends_on) if ends_on else others
    if PostKind(kind) not in SINGLE_POSTS:
        others = others.filter(user=user) if user else others.none()
    return others.select_related("user").first()


def carry_on(appointment: CommunityAppointment) -> None:
    """Ask for the work in the compounds of the community, also in those that are just being opened."""
    states = [CompoundState.READY, CompoundState.OPENING]
    found = Compound.objects.filter(community=appointment.community_id, state__in=states)
    runs.ask_each(KIND, period(appointment), found.order_by("schema_name").values_list("schema_name", flat=True))


def carry_into(compound: Compound) -> None:
    """A compound is back from the archive, or came from elsewhere: what was decided meanwhile reaches it now."""
    for appointment in CommunityAppointment.objects.filter(community=compound.community_id):
        done_before = Run.objects.filter(kind=KIND, period=period(appointment), schema_name=compound.schema_name)
        done_before.delete()
        runs.ask(KIND, period(appointment), compound.schema_name)


def period(appointment: CommunityAppointment) -> str:
    """Which change of which appointment: what a run of this kind is for."""
    return f"{appointment.pk}.{appointment.revision}"


def write_posts(schema_name: str, change: str) -> None:
    """The work of a run: make this compound's post as the appointment wants it now. Does nothing the second time."""
    appointment = CommunityAppointment.objects.select_related("user").get(pk=int(change.partition(".")[0]))
    with compound_context(schema_name):
        write_post(appointment)


@transaction.atomic
def write_post(appointment: CommunityAppointment) -> None:
    """Inside a compound. Raises PostTaken where somebody else holds a post there that only one can hold."""
    root = Unit.objects.select_for_update().get(level=Level.GENERAL_BRANCH)
    office = Office(OfficeLevel(appointment.office_level), appointment.office)
    known = Person.objects.filter(user_id=appointment.user_id).first()
    held = known.posts.filter(unit=root, kind=appointment.kind) if known else None
    # Also one that was given by hand before: a person serves once.
    post = held.exclude(ends_on__lt=appointment.starts_on).order_by("starts_on").first() if held is not None else None
    until = appointment.ends_on
    if post is not None:
        if until and (post.ends_on is None or post.ends_on > until):
            appointments.end(post, on=until, by=office)
        return
    if until and until < timezone.localdate():
        return
    person = known or Person.objects.create(name=appointment.user.display_name, user_id=appointment.user_id)
    appointments.appoint(
        person, kind=PostKind(appointment.kind), unit=root, starts_on=appointment.starts_on, ends_on=until, by=office
    )


def plant(compound: Compound) -> None:
    """A seed: a compound begins with the community's appointments that are in force or still to come."""
    serving = CommunityAppointment.objects.filter(community=compound.community_id).not_over(timezone.localdate())
    for appointment in serving.select_related("user"):
        write_post(appointment)


def runs_of(appointments_: Iterable[CommunityAppointment]) -> QuerySet[Run]:
    """The runs of the latest change of each."""
    return Run.objects.filter(kind=KIND, period__in=[period(one) for one in appointments_])


def progress(appointments_: Iterable[CommunityAppointment]) -> dict[str, dict[str, Any]]:
    """For each period, how many compounds there are, and in how many the work is done or has failed. One query."""
    found: dict[str, dict[str, Any]] = {}
    for one, state in runs_of(appointments_).values_list("period", "state"):
        counts = found.setdefault(one, {"all": 0, "done": 0, "failed": 0})
        counts["all"] += 1
        if state in counts:
            counts[state] += 1
    return found

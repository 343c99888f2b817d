"""What came of an activity: that it was held, how many it served, in a few words and photos."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from compounds.photos import intake
from compounds.photos.intake import Picture
from notices import reminders
from volunteers.errors.activities import ActivityNotBegun, ActivityNotPlanned, see
from volunteers.models import Activity, ActivityState
from volunteers.services.activities import locked
from volunteers.telling import tell


@transaction.atomic
def sum_up(
    activity: Activity,
    *,
    people_served: int,
    elderly_served: int | None,
    summary: str,
    photos: Iterable[Picture] = (),
    now: datetime,
    by: Person,
) -> Activity:
    """Say that it was held and what came of it; said again, it is put right. Raises ActivityNotPlanned when it was
    cancelled, ActivityNotBegun.
    """
    activity = locked(activity)
    if activity.is_cancelled:
        raise ActivityNotPlanned(state=activity.get_state_display(), actions=see(activity))
    if activity.starts_at > now:
        raise ActivityNotBegun(day=date_format(timezone.localtime(activity.starts_at)), actions=see(activity))
    before = activity.people_served
    activity.state = ActivityState.HELD
    activity.people_served, activity.elderly_served, activity.summary = people_served, elderly_served, summary
    activity.summed_up_at, activity.summed_up_by = now, by
    activity.save()
    add_photos(activity, photos)
    tell(EventType.ACTIVITY_HELD, activity)
    audit.record("activity.sum_up", about=activity.title, by=by, before=before, after=people_served)
    touch("activities")
    reminders.look_again()
    return activity


@transaction.atomic
def add_photos(activity: Activity, photos: Iterable[Picture]) -> None:
    """Keep photos of it; the only writer of them."""
    activity.photos = [*locked(activity).photos, *(intake.keep(picture).pk for picture in photos)]
    activity.save(update_fields=["photos", "updated_at"])

"""Putting something up: on the notice board, in the residents' WeChat group and at every entrance, each with proof."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation.models import Entrance, Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.workdays import calendar
from notices.models import PlaceKind, Posting, PostingKind, PostingPlace

# Working days that a posting hangs, unless said otherwise (domain: Posting).
PERIOD = 5


class TickedAlready(DomainError):
    """Somebody else ticked this place first."""

    code = "ticked_already"
    title = _("This place is done already")
    message = _("%(name)s ticked it and added a photo. Nothing was changed.")


@transaction.atomic
def put_up(kind: PostingKind, *, title: str, text: str, today: date, by: Person) -> Posting:
    """Make a posting and the list of its places: the article's notice board, WeChat group and every entrance."""
    end = calendar.after(today, PERIOD)
    posting = Posting.objects.create(
        kind=kind,
        title=title,
        text=text,
        starts_on=today,
        ends_on=end.day,
        ends_provisional=end.provisional,
        posted_by=by,
    )
    PostingPlace.objects.bulk_create(
        [
            PostingPlace(posting=posting, kind=PlaceKind.NOTICE_BOARD),
            PostingPlace(posting=posting, kind=PlaceKind.WECHAT_GROUP),
            *(PostingPlace(posting=posting, kind=PlaceKind.ENTRANCE, entrance=e) for e in Entrance.objects.all()),
        ]
    )
    touch("postings")
    return posting


@transaction.atomic
def tick(place: PostingPlace, *, proof: UploadedFile, now: datetime, by: Person) -> PostingPlace:
    """Say that it hangs there, with a photo or screenshot. Raises TickedAlready, PhotoRefused."""
    place = PostingPlace.objects.select_for_update(of=("self",)).select_related("ticked_by").get(pk=place.pk)
    if place.ticked_by:
        raise TickedAlready(name=place.ticked_by.name)
    place.proof = intake.receive(proof)
    place.ticked_at, place.ticked_by = now, by
    place.save(update_fields=["proof", "ticked_at", "ticked_by", "updated_at"])
    touch("postings")
    return place

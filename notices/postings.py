"""Putting something up: at the compound's notice boards, in its WeChat groups and at every entrance, with proof."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation.models import Entrance, Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.photos.intake import Picture
from compounds.workdays import calendar
from notices import files, reminders
from notices.models import PlaceKind, Posting, PostingKind, PostingPlace, Spot

# What goes round in a WeChat group is at most this long (domain: Posting).
SHARE_LENGTH = 200
# Working days that a posting hangs, unless said otherwise (domain: Posting).
PERIOD = 5

POSTED: list[Callable[[Posting], object]] = []


class TickedAlready(DomainError):
    """Somebody else ticked this place first."""

    code = "ticked_already"
    title = _("This place is done already")
    message = _("%(name)s ticked it and added a photo. Nothing was changed.")


def on_posted(told: Callable[[Posting], object]) -> None:
    """Have ``told(posting)`` called for each new posting, once its places are there.

    It is called in the transaction that puts it up, so it keeps a row of its own there and sends later.
    """
    POSTED.append(told)


@dataclass(frozen=True)
class Places:
    """Where something is to hang: spots of the compound, and entrances."""

    spots: Iterable[Spot]
    entrances: Iterable[Entrance]

    @classmethod
    def everywhere(cls) -> "Places":
        """The compound's spots that are in use, and every entrance."""
        return cls(Spot.objects.in_use(), Entrance.objects.all())


@transaction.atomic
def put_up(kind: PostingKind, *, title: str, text: str, today: date, working_days: int = PERIOD, by: Person) -> Posting:
    """Make a posting that hangs everywhere for so many working days."""
    end = calendar.after(today, working_days)
    posting = Posting.objects.create(
        kind=kind,
        title=title,
        text=text,
        starts_on=today,
        ends_on=end.day,
        ends_provisional=end.provisional,
        posted_by=by,
    )
    return hang(posting, Places.everywhere())


@transaction.atomic
def hang(posting: Posting, places: Places) -> Posting:
    """List the places of a posting that was kept just now.

    Its short link is made, its long picture and sheets are ordered from the worker, and whoever asked is told of it.
    """
    PostingPlace.objects.bulk_create(
        [
            *(PostingPlace(posting=posting, kind=s.kind, spot=s, name=s.name) for s in places.spots),
            *(PostingPlace(posting=posting, kind=PlaceKind.ENTRANCE, entrance=e) for e in places.entrances),
        ]
    )
    files.order(posting)
    touch("postings")
    reminders.look_again()
    for told in POSTED:
        told(posting)
    return posting


@transaction.atomic
def tick(place: PostingPlace, *, proof: Picture, now: datetime, by: Person) -> PostingPlace:
    """Say that it hangs there, with a photo or screenshot. Raises TickedAlready."""
    # Nothing is joined in: after a wait for the lock PostgreSQL reads this row afresh, but not what was joined to it.
    place = PostingPlace.objects.select_for_update().get(pk=place.pk)
    require_not_ticked(place)
    place.proof = intake.keep(proof)
    place.ticked_at, place.ticked_by = now, by
    place.save(update_fields=["proof", "ticked_at", "ticked_by", "updated_at"])
    touch("postings")
    return place


def require_not_ticked(place: PostingPlace) -> None:
    """Raise TickedAlready when somebody ticked this place before."""
    if place.ticked_by:
        see = (_("See the posting"), reverse_lazy("posting", args=[place.posting_id]))
        raise TickedAlready(name=place.ticked_by.name, actions=[see])


def share_text(posting: Posting, *, compound_name: str, link: str) -> str:
    """What to forward in a WeChat group: whose, what, until when and where to read on; at most SHARE_LENGTH long.

    The group reads Chinese whatever language its sender has chosen.
    """
    with translation.override("zh-hans"):
        facts = {
            "compound": compound_name,
            "kind": posting.kind_words,
            "title": posting.title,
            "day": date_format(posting.ends_on, "MONTH_DAY_FORMAT"),
            "link": link,
        }
        if posting.is_notice:
            said = _("[%(compound)s] Notice, %(kind)s: %(title)s"), _("Until %(day)s. Read on: %(link)s")
        else:
            said = _("[%(compound)s] %(kind)s: %(title)s"), _("Up until %(day)s. Read on: %(link)s")
        head, tail = (str(words) % facts for words in said)
    room = SHARE_LENGTH - len(head) - len(tail) - 2
    lines = [head, shortened(posting.text, room), tail] if room > 1 else [head[: SHARE_LENGTH - len(tail) - 1], tail]
    return "\n".join(lines)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis, no longer than ``length`` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

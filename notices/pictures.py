"""The long picture and the short link by which a posting goes round; the worker makes the picture."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from compounds.jobs import due
from compounds.registry import short_links
from compounds.registry.context import current_schema
from compounds.registry.models import ShortLink
from notices import picture_making
from notices.models import PictureState, Posting, SharePicture
from notices.tasks import make_pictures

# How long the message to the worker may be lost before the next minute's wake-up finds the rows.
_GRACE = timedelta(seconds=60)


@transaction.atomic
def order(posting: Posting) -> None:
    """Give the posting its short link and have its picture made; one that failed is tried anew."""
    short_links.make([path_of(posting)])
    SharePicture.objects.get_or_create(posting=posting)
    failed = SharePicture.objects.filter(posting=posting, state=PictureState.FAILED)
    failed.update(state=PictureState.QUEUED, attempts=0, error="")
    _wake()


@transaction.atomic
def renew_changed() -> None:
    """Have those pictures made anew whose posting has other words now; until then they are not handed out."""
    made = SharePicture.objects.exclude(digest="").select_related("posting")
    changed = [row.pk for row in made if row.digest != picture_making.digest_of(row.posting)]
    rows = SharePicture.objects.filter(pk__in=changed)
    if rows.update(state=PictureState.QUEUED, attempts=0, error="", leased_until=None):
        _wake()


def short_link_of(posting: Posting) -> ShortLink | None:
    """The posting's short link; None for a posting from before there were any."""
    path = path_of(posting)
    return short_links.of([path]).get(path)


def path_of(posting: Posting) -> str:
    """The posting's page on the public board, below the compound's mount."""
    return short_links.path_to("board_posting", posting.pk)


def _wake() -> None:
    due.not_later_than(picture_making.KIND, timezone.now() + _GRACE)
    schema_name = current_schema()
    transaction.on_commit(lambda: make_pictures.delay(schema_name))

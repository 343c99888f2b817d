"""Pages by cursor, with Link headers (RFC 8288): nothing is counted, and the thousandth costs what the first does."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from compounds.kernel.models import TimeStamped
from compounds.partners.errors import CursorInvalid
from compounds.partners.shapes import Shape

LARGEST, USUAL = 200, 50
# What has only read for longer than this is taken for a long reader, such as a backup: it stops nobody.
_MAY_STILL_WRITE = timedelta(minutes=1)
# Clocks of several machines do not agree to the second: what was written within it is told a little later.
_SLACK = timedelta(seconds=2)


class Moment(serializers.DateTimeField):
    """A moment with its zone: without one nobody knows which is meant."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            read = parse_datetime(value) if isinstance(value, str) else None
            if read is not None and read.tzinfo is not None:
                # PostgreSQL takes no zone farther away than 15:59.
                return read.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise ValidationError(_("ISO 8601 with a zone, such as 2026-03-01T08:00:00+08:00."), code="invalid")


class PageQuery(Shape):
    """What every list takes."""

    cursor = serializers.CharField(required=False, max_length=300, help_text="From a Link header; leave it as it came.")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST, default=USUAL)


class FollowQuery(PageQuery):
    """What a list takes that a partner can follow."""

    updated_since = Moment(
        required=False,
        help_text=(
            "Oldest change first, from this moment on. The last page too has a next: ask there again later, and no "
            "change is missed, and none comes twice unless it happened twice."
        ),
    )


@dataclass(frozen=True)
class Page:
    """Its rows, and the address of what follows (empty where nothing does)."""

    rows: list[Any]
    next_url: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Link": f'<{self.next_url}>; rel="next"'} if self.next_url else {}


def newest_first[M: Model](request: Request, rows: QuerySet[M], asked: dict[str, Any]) -> Page:
    """By key, the newest first."""
    salt = _salt(rows.model, "newest")
    if cursor := asked.get("cursor"):
        (pk,) = _read(cursor, salt, 1)
        rows = rows.filter(pk__lt=pk)
    found = list(rows.order_by("-pk")[: asked["limit"] + 1])
    more, found = len(found) > asked["limit"], found[: asked["limit"]]
    return Page(found, _url(request, [found[-1].pk], salt) if more else "")


def followed[M: TimeStamped](request: Request, rows: QuerySet[M], asked: dict[str, Any]) -> Page:
    """By ``updated_at``, the oldest change first, up to where nothing can come in between any more."""
    salt = _salt(rows.model, "followed")
    since, last = asked["updated_since"], 0
    if cursor := asked.get("cursor"):
        said, last = _read(cursor, salt, 2)
        since = datetime.fromisoformat(said)
    beyond = Q(updated_at__gt=since) | Q(updated_at=since, pk__gt=last)
    rows = rows.filter(beyond, updated_at__lt=settled_before())
    found = list(rows.order_by("updated_at", "pk")[: asked["limit"]])
    place = [found[-1].updated_at.isoformat(), found[-1].pk] if found else [since.isoformat(), last]
    return Page(found, _url(request, place, salt))


def settled_before() -> datetime:
    """Every change that was made before this moment has been committed, or never will be.

    A row carries the time at which it was written and is seen only when its transaction ends. So what is younger than
    the oldest transaction that still writes is not told yet: a reader who went past it would never see it. What runs
    and has not written so far (no xid) may have taken its time already, so the young ones among them count as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() "
            "AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - make_interval(secs => %s))",
            [_MAY_STILL_WRITE.total_seconds()],
        )
        oldest: datetime | None = cursor.fetchone()[0]
    now = timezone.now()
    return min(oldest or now, now) - _SLACK


def _read(cursor: str, salt: str, parts: int) -> list[Any]:
    try:
        read = signing.loads(cursor, salt=salt)
    except signing.BadSignature as error:
        raise CursorInvalid from error
    if not isinstance(read, list) or len(read) != parts:
        raise CursorInvalid
    return read


def _url(request: Request, place: list[Any], salt: str) -> str:
    kept = [(key, value) for key, value in request.query_params.items() if key != "cursor"]
    return request.build_absolute_uri("?" + urlencode([*kept, ("cursor", signing.dumps(place, salt=salt))]))


def _salt(model: type[Model], order: str) -> str:
    """Of one list of one compound: where a page ends in one is no place in another."""
    return f"partners.paging.{connection.schema_name}.{model._meta.label}.{order}"

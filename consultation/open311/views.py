"""The specification's addresses.

Reading needs no account and gives what hangs on the board; making a request needs a partner's key.
"""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.api import Caller, caller_of
from compounds.organisation.door import open_to_all
from compounds.partners import clients
from compounds.partners.authentication import Partner, partner_by_key
from compounds.partners.errors import ScopeMissing
from compounds.partners.scopes import Scope
from compounds.registry import limits
from consultation.models import Category, Issue, Openness
from consultation.open311 import asking, showing
from consultation.open311.answers import Refused, answer, count, told
from consultation.services import step1_visit
from consultation.services.step1_visit import Place

_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# When something changed at these addresses last.
_CHANGESET = "2026-11-26T00:00:00+08:00"
_LARGEST_BODY = 64 * 1024
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_MINUTE = 60


@open_to_all
@require_safe
@told
def discovery(request: HttpRequest, kind: str) -> HttpResponse:
    """Where these addresses are, and what they speak."""
    here = request.build_absolute_uri(reverse("open311_discovery", args=[kind]).rpartition("/")[0])
    endpoint = {
        "specification": _SPECIFICATION,
        "url": here,
        "changeset": _CHANGESET,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    content = {
        "changeset": _CHANGESET,
        "contact": _("The branch of %(compound)s, by its public board.") % {"compound": request.compound.name},
        "key_service": _("The district gives keys to partner systems."),
        "endpoints": [endpoint],
    }
    return answer("discovery", content, kind)


@open_to_all
@require_safe
@told
def services(request: HttpRequest, kind: str) -> HttpResponse:
    asking.require_jurisdiction(request, request.GET)
    return answer("services", [showing.service(row) for row in Category.objects.filter(active=True)], kind)


@open_to_all
@require_safe
@told
def service(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    asking.require_jurisdiction(request, request.GET)
    return answer("service_definition", showing.definition(asking.category_or_404(code)), kind)


@csrf_exempt
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@told
def service_requests(request: HttpRequest, kind: str) -> HttpResponse:
    """Read what hangs on the board, or bring a matter in."""
    if request.method == "POST":
        return _create(request, kind)
    asking.require_jurisdiction(request, request.GET)
    rows = asking.chosen(showing.on_board(), request.GET, now=timezone.now())
    return answer("service_requests", [showing.request_row(row, request) for row in rows], kind)


@open_to_all
@require_safe
@told
def service_request(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    asking.require_jurisdiction(request, request.GET)
    return answer("service_requests", [showing.request_row(_issue_or_404(number), request)], kind)


@open_to_all
@require_safe
@told
def token(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A request is numbered when it is made, so its token is its number."""
    asking.require_jurisdiction(request, request.GET)
    found = _issue_or_404(number)
    return answer("service_requests", [{"service_request_id": found.number, "token": found.number}], kind)


@csrf_exempt
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@told
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """No address of the specification's, or no format of ours."""
    if request.method == "POST":
        count(request)
    raise Refused(404, _("There is no such address: see discovery.xml."))


def _create(request: HttpRequest, kind: str) -> HttpResponse:
    """One matter, by the service that the compound's API calls. Nothing of it is kept when it is refused."""
    try:
        _require_form(request)
        partner = _partner(request)
    except Refused:
        count(request)
        raise
    caller = _caller(request, partner)
    asking.require_jurisdiction(request, request.POST)
    said = asking.form(request.POST)
    place, note = said.pop("place", Place()), said.pop("place_note", "")
    with transaction.atomic():
        issue = step1_visit.record(
            **said,
            place=Place(place.building, place.entrance, note=note),
            spoken_by="",
            by=caller.acting(),
        )
    if issue.openness == Openness.CONFIDENTIAL:
        notice = _("Taken in. It is confidential and is told no further here.")
    else:
        notice = _("Taken in. It can be read here once the branch has made it known.")
    made = {"service_request_id": issue.number, "service_notice": notice, "account_id": None}
    return answer("service_requests", [made], kind, status=201)


def _require_form(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _LARGEST_BODY:
        raise Refused(413, _("The body is too large."))
    if request.content_type not in _FORMS:
        raise Refused(415, _("A request is sent as a form: application/x-www-form-urlencoded."))
    try:
        said = request.POST
    except (BadRequest, MultiPartParserError, SuspiciousOperation, LookupError, UnicodeError) as error:
        # Another charset than it says, or than there is; parts that do not end; more fields than anybody needs.
        raise Refused(400, _("This request cannot be read.")) from error
    if any("\x00" in value for values in said.lists() for value in [values[0], *values[1]]):
        raise Refused(400, _("This request cannot be read."))


def _partner(request: HttpRequest) -> Partner:
    """The partner whose key it is: ``api_key`` in the form, or the token of the API. Never in an address, which is kept
    in logs."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    partner = partner_by_key(request.POST.get("api_key", "") or bearer)
    if partner is None:
        raise Refused(403, _("api_key: missing or not valid."))
    return partner


def _caller(request: HttpRequest, partner: Partner) -> Caller:
    """It, as it acts in this compound, within its own limit."""
    made = limits.tries(f"api:{partner.client.owner_key}", seconds=_MINUTE)
    if made > partner.client.per_minute:
        raise Refused(429, _("Too many requests in this minute."), Retry_After=str(_MINUTE))
    if not partner.has(Scope.ISSUES_WRITE):
        raise ScopeMissing(scope=Scope.ISSUES_WRITE.value)
    clients.seen(partner.client, now=timezone.now())
    return caller_of(partner, request.compound)


def _issue_or_404(number: str) -> Issue:
    found = showing.on_board().filter(number=number).first() if number.isprintable() else None
    if found is None:
        raise Refused(404, _("service_request_id: there is no such request, or none that everybody may read."))
    return found

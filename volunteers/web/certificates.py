"""Certificates, drawn for the answer and kept nowhere: one, or all of a kind. And the page that checks one."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from compounds.kernel.errors import NotAllowed
from compounds.organisation.door import open_to_all
from compounds.organisation.policies import allows, may
from compounds.registry import limits
from volunteers import policies
from volunteers.certificates import content, office, paper
from volunteers.certificates.content import Certificate
from volunteers.errors.honours import TooManyChecks
from volunteers.forms.honours import CheckForm
from volunteers.honoured import name_when_checked
from volunteers.models import Honour, HonourKind, HonourState
from volunteers.models.honour import HonourQuerySet
from volunteers.services.honours import not_given
from volunteers.services.honours_given import LETTERS
from volunteers.web.honours import honour_or_404

# A hall full of people behind one address may check theirs; nobody tries codes with so few.
_AN_HOUR = 120
_YEAR, _PLACE = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{1,9}")
_MAKERS: dict[str, tuple[Callable[[list[Certificate]], bytes], str]] = {
    "pdf": (paper.make, "application/pdf"),
    "docx": (office.make, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_safe
def certificate(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One's own certificate, or for the branch anybody's."""
    found = honour_or_404(request, pk)
    if found.person_id != getattr(request.person, "pk", 0) and not allows(policies.HONOUR_GIVE, request.person):
        raise NotAllowed(action=policies.HONOUR_GIVE)
    if found.state != HonourState.GIVEN:
        raise not_given(found)
    return _file(request, Honour.objects.filter(pk=found.pk), form, f"{found.kind.name}-{found.certificate_number}")


@require_safe
@may(policies.HONOUR_GIVE)
def certificates(request: HttpRequest, year: int, kind: int, form: str) -> HttpResponse:
    """All certificates of one kind and year in one file."""
    found = get_object_or_404(HonourKind, pk=kind)
    return _file(request, Honour.objects.given().of_year(year).filter(kind=found), form, f"{found.name}-{year}")


@never_cache
@open_to_all
@require_safe
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Number and code typed off a certificate."""
    form = CheckForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return _checked(request, form.cleaned_data["number"], form.cleaned_data["code"], form)
    return _public(render(request, "volunteers/certificate_check.html", {"nav": "board", "form": form}))


@never_cache
@open_to_all
@require_safe
def certificate_checked(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Where the QR code leads."""
    return _checked(request, number, code, CheckForm())


def _checked(request: HttpRequest, number: str, code: str, form: CheckForm) -> HttpResponse:
    """Name and honour and nothing else; any wrong pair of number and code gets the same answer."""
    limits.count("certificate", limits.address_of(request), most=_AN_HOUR, error=TooManyChecks())
    found = _behind(number, code)
    context: dict[str, Any] = {"nav": "board", "form": form, "honour": found, "tried": True}
    if found:
        context["name"] = name_when_checked(found)
    return _public(render(request, "volunteers/certificate_check.html", context, status=200 if found else 404))


def _behind(number: str, code: str) -> Honour | None:
    # However it was typed: with the wide digits of a Chinese keyboard, with spaces, in small letters.
    year, _dash, place = unicodedata.normalize("NFKC", number).strip().partition("-")
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", code).upper() if letter in LETTERS)
    if not (_YEAR.fullmatch(year) and _PLACE.fullmatch(place) and plain):
        return None
    rows = Honour.objects.numbered().with_receivers()
    return rows.filter(year=int(year), number=int(place), code=plain).first()


def _file(request: HttpRequest, honours: HonourQuerySet, form: str, name: str) -> HttpResponse:
    if form not in _MAKERS:
        raise Http404
    make, content_type = _MAKERS[form]
    found = content.certificates(
        honours.with_receivers(), compound_name=request.compound.name, absolute=request.build_absolute_uri
    )
    if not found:
        raise Http404(_("Nobody to make a certificate for."))
    response = HttpResponse(make(found), content_type=content_type)
    disposition = content_disposition_header(True, f"{name}.{form}")
    assert disposition is not None
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("honours/<int:pk>/certificate/<slug:form>/", certificate, name="certificate"),
    path("honours/certificates/<int:year>/<int:kind>/<slug:form>/", certificates, name="certificates"),
    path("board/certificates/", certificate_check, name="certificate_check"),
    path("board/certificates/<str:number>/<str:code>/", certificate_checked, name="certificate_checked"),
]

"""A phone number in full: shown once, to those who serve that door, for a reason that is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from compounds.organisation import reveal
from compounds.organisation.forms_reveal import RevealForm
from compounds.organisation.policies import may
from compounds.organisation.sight import contacts_visible_to, people_visible_to


@never_cache
@sensitive_variables("number")
@require_http_methods(["GET", "HEAD", "POST"])
@may("person.reveal_phone")
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why; the answer to that is the number, in this one response."""
    contacts = contacts_visible_to(request.person).values("pk")
    one = get_object_or_404(people_visible_to(request.person, timezone.localdate()).filter(pk__in=contacts), pk=pk)
    form = RevealForm(*_sent(request))
    context: dict[str, Any] = {"nav": "tree", "one": one, "form": form}
    if request.method == "POST" and form.is_valid():
        number = reveal.phone_of(one, reason=form.cleaned_data["reason"], by=request.person)
        return render(request, "organisation/phone.html", {**context, "number": number})
    return render(request, "organisation/phone.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()

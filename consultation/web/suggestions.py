"""Party members' suggestions (建言献策) on screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation.forms.suggestions import SuggestionForm
from consultation.models import Channel, Issue
from consultation.services import suggestions
from consultation.web.form_page import sent
from volunteers.policies import SUGGEST

_OWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@may(SUGGEST)
def suggestion(request: HttpRequest) -> HttpResponse:
    """One's own suggestions with what became of them, and a new one."""
    form = SuggestionForm(*sent(request)[:1])
    if form.is_bound and form.is_valid():
        issue = suggestions.suggest(**form.cleaned_data, by=request.person)
        messages.success(
            request, _("Thank you. The branch has it as %(number)s; you can follow it here.") % {"number": issue.number}
        )
        return redirect(issue)
    own = Issue.objects.filter(channel=Channel.SUGGESTION, recorded_by=request.person).with_place()
    context = {
        "nav": "issues",
        "form": form,
        "own": own.order_by("-pk")[:_OWN],
        "back_url": reverse("my_day"),
    }
    return render(request, "consultation/suggestion.html", context, status=422 if form.is_bound else 200)


urlpatterns = [path("issues/suggestions/", suggestion, name="suggestion")]

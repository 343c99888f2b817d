"""Partner organisations: the list with what was done together, one of them, and its agreement."""

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import allows, may
from compounds.organisation.upkeep.web.answers import form_page, posted
from volunteers.forms.programmes import PartnerForm
from volunteers.models import Activity, ActivityState, PartnerOrganisation
from volunteers.policies import ORGANISERS, PROGRAMME_CHANGE
from volunteers.selectors import activities
from volunteers.services import partners

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    held = Q(activities__state=ActivityState.HELD)
    rows = PartnerOrganisation.objects.annotate(
        held=Count("activities", filter=held), served=Sum("activities__people_served", filter=held)
    )
    context = {
        "nav": "tree",
        "rows": rows,
        "paired": PartnerOrganisation.objects.paired(today).count(),
        "today": today,
        "may_change": allows(PROGRAMME_CHANGE, request.person),
    }
    return render(request, "volunteers/partners.html", context)


@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to call there is for those who plan with them."""
    found = get_object_or_404(PartnerOrganisation, pk=pk)
    rows = Activity.objects.filter(partner=found)
    context = {
        "nav": "tree",
        "partner": found,
        "today": timezone.localdate(),
        "together": activities.together(rows),
        "coming": activities.with_where(rows.coming(timezone.now()))[: activities.AT_A_GLANCE],
        "page": keyset_page(request, activities.with_where(rows.held()), by="starts_at", size=20),
        "programmes": found.programmes.all(),
        "may_change": allows(PROGRAMME_CHANGE, request.person),
        "may_call": bool(request.person and ORGANISERS & request.person.kinds),
    }
    return render(request, "volunteers/partner.html", context)


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def partner_new(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(posted(request), initial={"agreed_on": timezone.localdate()})
    if form.is_valid():
        made = partners.add(form.cleaned_data, by=request.person)
        messages.success(request, _("Written down. Activities can be planned with them now."))
        return redirect(made)
    return form_page(request, form, title=_("A new partner"), back=(reverse("partners"), _("Partners")))


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PartnerOrganisation, pk=pk)
    form = PartnerForm(posted(request), row=found)
    if form.is_valid():
        partners.change(found, form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect(found)
    back = (reverse("partner", args=[found.pk]), str(found))
    return form_page(request, form, title=_("Change the agreement"), back=back)


urlpatterns = [
    path("partners/", partner_list, name="partners"),
    path("partners/new/", partner_new, name="partner_new"),
    path("partners/<int:pk>/", partner, name="partner"),
    path("partners/<int:pk>/agreement/", partner_edit, name="partner_edit"),
]

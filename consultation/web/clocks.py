"""The time limits of this compound and of its categories, as the branch secretary sets them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from consultation.forms.clocks import CategoryLimitsForm, ClocksForm
from consultation.models import Category, ConsultationSettings
from consultation.services import settings


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.clocks")
def clocks(request: HttpRequest) -> HttpResponse:
    row = get_object_or_404(ConsultationSettings)
    form = ClocksForm(posted(request), instance=row)
    if form.is_valid():
        settings.change_limits(**form.cleaned_data, by=request.person)
        messages.success(request, _("Saved. It applies to steps that begin from now on."))
        return redirect("settings_clocks")
    categories = Category.objects.filter(active=True)
    context = {"nav": "tree", "form": form, "categories": categories}
    return render(request, "consultation/settings_clocks.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.clocks")
def category(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Category, pk=pk)
    form = CategoryLimitsForm(posted(request), category=found)
    if form.is_valid():
        settings.set_category_limits(found, form.days(), by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_clocks")
    return form_page(
        request,
        form,
        title=_("Working days for %(category)s") % {"category": found},
        text=_("An empty field takes this compound's usual limit."),
        back=(reverse("settings_clocks"), _("Time limits and escalation")),
    )


urlpatterns = [
    path("settings/clocks/", clocks, name="settings_clocks"),
    path("settings/clocks/<int:pk>/", category, name="category_limits"),
]

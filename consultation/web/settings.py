"""The weights of the points and the limits of the steps, as the branch secretary sets them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation.forms.settings import SettingsForm
from consultation.models import ConsultationSettings
from consultation.services import settings


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.weigh")
def weights(request: HttpRequest) -> HttpResponse:
    row = get_object_or_404(ConsultationSettings)
    form = SettingsForm(request.POST, instance=row) if request.method == "POST" else SettingsForm(instance=row)
    if form.is_bound and form.is_valid():
        settings.change(**form.cleaned_data, by=request.person)
        messages.success(request, _("Set. What is sorted from now on counts by it; earlier sortings keep theirs."))
        return redirect("settings_weights")
    context = {"nav": "issues", "form": form}
    return render(request, "consultation/settings_weights.html", context, status=422 if form.is_bound else 200)


urlpatterns = [path("settings/weights/", weights, name="settings_weights")]

"""The settings of a compound: all pages at a glance, contact rhythm, titles of posts, and who changed what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from compounds.kernel.errors import NotAllowed
from compounds.kernel.pagination import keyset_page
from compounds.organisation import settings_pages
from compounds.organisation.audit_words import in_words
from compounds.organisation.models import AuditEntry, contact_rhythm
from compounds.organisation.policies import may
from compounds.organisation.upkeep import settings
from compounds.organisation.upkeep.forms import ResidentsPhoneForm, RhythmForm, TitlesForm
from compounds.organisation.upkeep.web.answers import form_page, posted


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    pages = settings_pages.pages_for(request.person)
    if not pages:
        raise NotAllowed(action="settings")
    return render(request, "organisation/settings.html", {"nav": "tree", "pages": pages})


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.change")
def rhythm(request: HttpRequest) -> HttpResponse:
    form = RhythmForm(posted(request), initial={"days": contact_rhythm().days})
    if form.is_valid():
        settings.set_rhythm(form.cleaned_data["days"], by=request.person)
        messages.success(request, _("A contact counts for %(days)s days now.") % {"days": form.cleaned_data["days"]})
        return redirect("settings")
    return form_page(
        request,
        form,
        title=_("How long does a contact count?"),
        text=_("A household is in touch when somebody spoke with it within these days."),
        back=(reverse("settings"), _("Settings")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.change")
def residents_phone(request: HttpRequest) -> HttpResponse:
    form = ResidentsPhoneForm(posted(request), initial={"phone": request.compound.phone})
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        settings.set_phone(phone, by=request.person)
        shown = _("Kept. Residents see it from now on.") if phone else _("Kept. No number is shown any more.")
        messages.success(request, shown)
        return redirect("settings")
    return form_page(
        request,
        form,
        title=_("Which number do residents ring?"),
        text=_(
            "Whoever cannot manage a page can phone somebody. In large letters the number stands at the top of every "
            "page."
        ),
        back=(reverse("settings"), _("Settings")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.change")
def titles(request: HttpRequest) -> HttpResponse:
    form = TitlesForm(posted(request))
    if form.is_valid():
        changed = settings.set_titles(form.titles(), by=request.person)
        words = ngettext("%(n)s title is different now.", "%(n)s titles are different now.", changed)
        messages.success(request, words % {"n": changed} if changed else _("Nothing was changed."))
        return redirect("settings")
    context = {"nav": "tree", "form": form}
    return render(request, "organisation/settings_titles.html", context, status=422 if form.is_bound else 200)


@require_safe
@may("audit.read")
def audit(request: HttpRequest) -> HttpResponse:
    page = keyset_page(request, AuditEntry.objects.select_related("by"), by="at", size=50)
    context = {"nav": "tree", "page": page, "entries": [(entry, in_words(entry)) for entry in page.rows]}
    return render(request, "organisation/audit.html", context)


urlpatterns = [
    path("settings/", home, name="settings"),
    path("settings/rhythm/", rhythm, name="settings_rhythm"),
    path("settings/phone/", residents_phone, name="settings_phone"),
    path("settings/titles/", titles, name="settings_titles"),
    path("settings/audit/", audit, name="audit"),
]

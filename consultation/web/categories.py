"""The categories of matters: a list, a new one, one to change or retire."""

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from consultation.forms.categories import CategoryForm
from consultation.models import Category
from consultation.services import categories as service

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may("category.change")
def categories(request: HttpRequest) -> HttpResponse:
    rows = list(Category.objects.order_by("-active", "position", "pk"))
    context = {"nav": "tree", "categories": rows, "in_use": sum(row.active for row in rows)}
    return render(request, "consultation/categories.html", context)


@require_http_methods(_FORM)
@may("category.change")
def category_new(request: HttpRequest) -> HttpResponse:
    last = Category.objects.aggregate(last=Max("position"))["last"] or 0
    form = CategoryForm(posted(request), initial={"position": last + 1, "active": True})
    if form.is_valid():
        category = service.add_category(**form.cleaned_data, by=request.person)
        messages.success(request, _("%(name)s is there now.") % {"name": category})
        return redirect("settings_categories")
    return form_page(request, form, title=_("A new category"), back=_back())


@require_http_methods(_FORM)
@may("category.change")
def category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    category = get_object_or_404(Category, pk=pk)
    name = str(category)
    form = CategoryForm(posted(request), instance=category)
    if form.is_valid():
        service.change_category(category, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_categories")
    return form_page(request, form, title=_("Change %(name)s") % {"name": name}, back=_back())


def _back() -> tuple[str, str]:
    return reverse("settings_categories"), _("Categories")


urlpatterns = [
    path("settings/categories/", categories, name="settings_categories"),
    path("settings/categories/new/", category_new, name="category_new"),
    path("settings/categories/<int:pk>/", category_edit, name="category_edit"),
]

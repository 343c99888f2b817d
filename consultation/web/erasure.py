"""Erasing a person, by the general secretary, after a second question."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from compounds.organisation.models import Person
from compounds.organisation.policies import may
from consultation.errors.erasure import ErasedAlready
from consultation.models import Issue
from consultation.services import erasure


class ErasureForm(forms.Form):
    """Whether the words go too, and the name once more, so that nobody is erased by a slip."""

    with_words = forms.BooleanField(
        label=gettext_lazy("Their own words too"),
        required=False,
        help_text=gettext_lazy("What they said stays readable otherwise, without their name."),
    )
    name = forms.CharField(label=gettext_lazy("Type the name to confirm"), max_length=60)

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name != self.person.name:
            raise forms.ValidationError(_("This is not the name in the entry."))
        return name


@require_http_methods(["GET", "HEAD", "POST"])
@may("person.erase")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.people(), pk=pk)
    if person.erased_at:
        raise ErasedAlready
    form = ErasureForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        erasure.erase(person, with_words=form.cleaned_data["with_words"], by=request.person)
        messages.success(request, _("The entry is empty now. Who erased it, and when, is written down."))
        return redirect("person", person.pk)
    context = {
        "nav": "tree",
        "form": form,
        "one": person,
        "held": person.posts.exclude(ends_on__lt=timezone.localdate()).select_related("unit"),
        "open_issues": Issue.objects.open().filter(spoken_by=person).count(),
    }
    return render(request, "consultation/erasure.html", context, status=422 if form.is_bound else 200)


urlpatterns = [path("people/<int:pk>/erasure/", erase, name="person_erase")]

"""Around a meeting: cancelling it, a show of hands, views that differ, and the answers of parties that stayed away."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Person
from compounds.organisation.policies import may
from compounds.photos.serving import photo_response
from consultation import meetings
from consultation.forms.meeting_record import CancelForm, ConsentForm, DissentForm, HandsForm
from consultation.models import AgendaItem, Deliberator, Issue, Meeting, Party, SeatAnswer
from consultation.services import meeting_record


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.convene")
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meeting_record.cancel(meeting, reason=form.cleaned_data["reason"], by=request.person)
        messages.success(request, _("The meeting is cancelled. Its matters are free for another one."))
        return redirect(meeting)
    return _form_page(
        request,
        form,
        back=meeting,
        head=_("Cancel the meeting?"),
        lead=_("Its matters are free for another meeting. Who had signed in stays on record. Let the parties know."),
        button=_("Cancel the meeting"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.run")
def hands(request: HttpRequest, number: int, position: int) -> HttpResponse:
    item = _item(request, number, position)
    start = {name: getattr(item, name) for name in HandsForm.base_fields}
    form = HandsForm(request.POST or None, people=meetings.sitting(item.meeting).count(), initial=start)
    if request.method == "POST" and form.is_valid():
        meeting_record.count_hands(item, **form.cleaned_data, by=request.person)
        messages.success(request, _("The show of hands is written down."))
        return redirect(item)
    return _form_page(
        request,
        form,
        back=item,
        kicker=item.issue.title,
        head=_("How many raised their hands?"),
        lead=_("A show of hands helps to see where people stand. It never replaces the answers of the four seats."),
        button=_("Write it down"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.run")
def dissent(request: HttpRequest, number: int, position: int) -> HttpResponse:
    item = _item(request, number, position)
    form = DissentForm(request.POST or None, attendances=meetings.sitting(item.meeting))
    if request.method == "POST" and form.is_valid():
        meeting_record.dissent(item, **form.cleaned_data, by=request.person)
        messages.success(request, _("The view is written down and stands in the minutes."))
        return redirect(item)
    return _form_page(
        request,
        form,
        back=item,
        kicker=item.issue.title,
        head=_("Somebody thinks differently"),
        lead=_("It stands in the minutes, by name or as “one deliberator”."),
        button=_("Write it down"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.run")
def consent(request: HttpRequest, number: int, position: int) -> HttpResponse:
    item = _item(request, number, position)
    decision = getattr(item, "decision", None)
    waiting = meeting_record.asked_in_writing(decision) if decision else []
    form = _consent_form(request, item, waiting)
    if request.method == "POST" and decision and form.is_valid():
        party = Party(form.cleaned_data.pop("party"))
        row = meeting_record.consent(decision, party=party, **form.cleaned_data, by=request.person)
        said = (
            _("“%(party)s” agrees in writing.") if row.agrees else _("“%(party)s” does not agree; back to the branch.")
        )
        messages.success(request, said % {"party": party.label})
        return redirect(item)
    lead = _(
        "It was invited in due form and stayed away. With its consent the item is decided; a no means no consensus."
    )
    return _form_page(
        request,
        form,
        back=item,
        kicker=item.issue.title,
        head=_("What does the party that stayed away answer?") if waiting else _("No written answer is waited for."),
        lead=lead if waiting else "",
        button=_("Keep the written answer") if waiting else "",
    )


@require_safe
@may("meeting.run")
def consent_paper(request: HttpRequest, number: int, position: int, party: str, size: str) -> FileResponse:
    """The signed paper: signatures are for the branch's eyes."""
    item = _item(request, number, position)
    rows = SeatAnswer.objects.in_writing().filter(decision__item=item).select_related("paper")
    return photo_response(get_object_or_404(rows, party=party).paper, size)


def _consent_form(request: HttpRequest, item: AgendaItem, waiting: list[Party]) -> ConsentForm:
    day, today = timezone.localdate(item.meeting.starts_at), timezone.localdate()
    terms = Deliberator.objects.serving(day).filter(party__in=waiting)
    people = Person.objects.filter(pk__in=terms.values("person"))
    start = {"given_on": today, "party": waiting[0] if waiting else ""}
    return ConsentForm(
        request.POST or None, request.FILES or None, parties=waiting, people=people, today=today, initial=start
    )


def _item(request: HttpRequest, number: int, position: int) -> AgendaItem:
    items = AgendaItem.objects.select_related("meeting", "issue", "decision")
    visible = Issue.objects.visible_to(request.person)
    return get_object_or_404(items.filter(issue__in=visible), meeting__number=number, position=position)


def _form_page(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    """One form with its sentence; sent wrongly it comes back with 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, "consultation/one_form.html", {"nav": "issues", "form": form, **words}, status=status)


urlpatterns = [
    path("meetings/<int:number>/cancellation/", cancel, name="meeting_cancel"),
    path("meetings/<int:number>/items/<int:position>/hands/", hands, name="hands"),
    path("meetings/<int:number>/items/<int:position>/dissents/", dissent, name="dissent"),
    path("meetings/<int:number>/items/<int:position>/consent/", consent, name="consent"),
    path(
        "meetings/<int:number>/items/<int:position>/consent/<slug:party>/<slug:size>/",
        consent_paper,
        name="consent_paper",
    ),
]

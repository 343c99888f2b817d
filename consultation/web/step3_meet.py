"""The pages of step 3: calling a meeting, signing in by party, and deciding item by item."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.errors import NotAllowed
from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import allows, may
from consultation import danger, meetings, seats
from consultation.forms.step3_meet import DecisionForm, MeetingForm, RecusalForm, SignInForm
from consultation.models import AgendaItem, AttendanceKind, DecisionOutcome, Issue, Meeting, Party
from consultation.policies import sees
from consultation.services import attending, meeting_record, step3_meet
from consultation.web.sign import sign_of

# How many matters are ticked beforehand: what two hours can hold.
_AN_EVENING = 8
_SELF_SERVICE = (AttendanceKind.DELIBERATOR, AttendanceKind.EXCUSED)


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    rows = meetings.with_counts()
    page = keyset_page(request, rows.held(), by="starts_at", size=20)
    unended = list(rows.ahead().order_by("starts_at"))
    today = timezone.localdate()
    context = {
        "nav": "issues",
        "ahead": [meeting for meeting in unended if timezone.localdate(meeting.starts_at) >= today],
        "without_minutes": [meeting for meeting in unended if timezone.localdate(meeting.starts_at) < today],
        "cancelled": rows.cancelled()[:5],
        "page": page,
        "waiting": meetings.discussable().count(),
        "matters": AgendaItem.objects.waiting().exists(),
        "convenes": allows("meeting.convene", request.person),
        "today": today,
    }
    return render(request, "consultation/step3_meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.convene")
def meeting_new(request: HttpRequest) -> HttpResponse:
    found = meetings.candidates()
    today = timezone.localdate()
    start = {"issues": [c.issue.pk for c in found[:_AN_EVENING]], "day": today + timedelta(days=1), "time": "19:30"}
    form = MeetingForm(request.POST or None, issues=meetings.discussable(), today=today, initial=start)
    if request.method != "POST" or not form.is_valid():
        chosen = {str(value) for value in form["issues"].value() or []}
        rows = [(c, str(c.issue.pk) in chosen, form[f"minutes_{c.issue.pk}"]) for c in found]
        context = {"nav": "issues", "form": form, "candidates": rows}
        status = 422 if request.method == "POST" else 200
        return render(request, "consultation/step3_meeting_new.html", context, status=status)
    picked = set(form.cleaned_data["issues"])
    meeting = step3_meet.convene(
        starts_at=form.starts_at,
        venue=form.cleaned_data["venue"],
        issues=[candidate.issue for candidate in found if candidate.issue in picked],
        minutes=form.minutes,
        by=request.person,
    )
    messages.success(request, _("The meeting is called. Let the four parties know."))
    return redirect(meeting)


@require_safe
def meeting_page(request: HttpRequest, number: int) -> HttpResponse:
    meeting = _meeting(number)
    return render(request, "consultation/step3_meeting.html", _meeting_context(request, meeting, SignInForm()))


@require_POST
@may("meeting.sign_in")
def sign_in(request: HttpRequest, number: int) -> HttpResponse:
    """The branch ticks anybody; others sign in themselves, for the party they are deliberator of."""
    meeting = _meeting(number)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _attendance_answer(request, meeting, form, status=422)
    person, kind = form.cleaned_data["person"], AttendanceKind(form.cleaned_data["kind"])
    itself = person == request.person and kind in _SELF_SERVICE
    if not itself and not allows("meeting.run", request.person):
        raise NotAllowed
    if kind == AttendanceKind.DELIBERATOR:
        attending.take_seat(meeting, person, by=request.person)
    elif kind == AttendanceKind.EXCUSED:
        attending.excuse(meeting, person, by=request.person)
    else:
        party = Party(form.cleaned_data["party"]) if kind == AttendanceKind.INVITED else None
        attending.sign_in(meeting, person, party=party, kind=kind, by=request.person)
    return _attendance_answer(request, meeting, SignInForm())


@require_POST
@may("meeting.run")
def sign_out(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    meeting = _meeting(number)
    # A second tap finds nobody to take off, which is what it wanted.
    attendance = meeting.attendances.select_related("person", "meeting").filter(pk=pk).first()
    if attendance:
        attending.sign_out(attendance, by=request.person)
    return _attendance_answer(request, meeting, SignInForm())


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: HttpRequest, number: int, position: int) -> HttpResponse:
    item = _item(request, number, position)
    if request.method != "POST":
        return _item_page(request, item, {"recusal": _recusal_form(item)})
    return decide(request, item)


# The page is everybody's to read; its POST is guarded where it goes on to.
agenda_item.action = "meeting.run"  # type: ignore[attr-defined]


@may("meeting.run")
def decide(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """The POST of the item's page."""
    form = _decision_form(item, request.POST)
    if not form.is_valid():
        return _item_page(request, item, {"form": form, "recusal": _recusal_form(item)}, status=422)
    step3_meet.decide(
        item,
        outcome=form.outcome_chosen,
        text=form.cleaned_data["text"],
        answers=form.answers,
        promise=form.promise,
        by=request.person,
    )
    messages.success(request, _("Recorded: %(outcome)s.") % {"outcome": form.outcome_chosen.label})
    return redirect(meetings.next_open(item.meeting, item.position) or item.meeting)


@require_POST
@may("meeting.run")
def recuse(request: HttpRequest, number: int, position: int) -> HttpResponse:
    item = _item(request, number, position)
    form = _recusal_form(item, request.POST)
    if not form.is_valid():
        return _item_page(request, item, {"recusal": form}, status=422)
    step3_meet.recuse(item, form.cleaned_data["attendance"], reason=form.cleaned_data["reason"], by=request.person)
    messages.success(request, _("Written down: %(name)s recuses.") % {"name": form.cleaned_data["attendance"].person})
    return redirect(item)


def _meeting(number: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("minutes", "convened_by", "cancelled_by"), number=number)


def _item(request: HttpRequest, number: int, position: int) -> AgendaItem:
    """The item, if its matter may be known to the reader."""
    items = AgendaItem.objects.select_related(
        "meeting__minutes",
        "issue__category",
        "decision__body",
        "decision__recorded_by",
        "decision__owners_vote",
    )
    visible = Issue.objects.visible_to(request.person)
    return get_object_or_404(items.filter(issue__in=visible), meeting__number=number, position=position)


def _meeting_context(request: HttpRequest, meeting: Meeting, form: SignInForm) -> dict[str, Any]:
    person = request.person
    lines = meetings.agenda(meeting, person)
    state, roster = seats.for_meeting(meeting), meetings.roster(meeting)
    runs, is_over = allows("meeting.run", person), hasattr(meeting, "minutes")
    is_on = not is_over and meeting.cancelled_at is None
    early = is_on and timezone.localdate() < meetings.meeting_day(meeting)
    signs_self = allows("meeting.sign_in", person) and is_on
    form.fields["person"].queryset = meetings.invitable(meeting, timezone.localdate())  # type: ignore[attr-defined]
    return {
        "nav": "issues",
        "meeting": meeting,
        "seats": state,
        "missing": [seat.label for seat in state if seat.is_missing],
        "roster": roster,
        "mine": roster.seat_waiting_for(person) if signs_self else None,
        "lines": lines,
        "open_lines": [line for line in lines if line.is_open],
        "done_first": danger.done_first(meeting, person),
        "promises": meetings.earlier_promises(meeting, person, timezone.localdate()),
        "runs": runs,
        "is_over": is_over,
        "signs_others": runs and is_on,
        "is_on": is_on,
        # Nobody signs in before the day, and nothing is decided.
        "early": early,
        "told": meetings.told(meeting),
        "tells": allows("meeting.invite", person),
        "sign_ups": meeting.sign_ups.count(),
        "signs_self": signs_self,
        "form": form,
        "offered": [choice for choice in form.fields["kind"].choices if choice[0] in SignInForm.OFFERED],  # type: ignore[attr-defined]
    }


def _attendance_answer(request: HttpRequest, meeting: Meeting, form: SignInForm, *, status: int = 200) -> HttpResponse:
    """Only the seats and the list for htmx; the whole page, or the way back to it, without script."""
    if not request.htmx and status == 200:
        return redirect(meeting)
    context = _meeting_context(request, meeting, form) | {"swapped": request.htmx}
    part = "#attendance" if request.htmx else ""
    return render(request, f"consultation/step3_meeting.html{part}", context, status=status)


def _decision_form(item: AgendaItem, data: Any = None) -> DecisionForm:
    state = seats.for_item(item)
    article = item.issue.category.owners_vote_item
    found = seats.verdict(state, seats.invited_parties(item.meeting))
    # From the fund the council decides emergency repairs only (article 281).
    possible = article in {None, step3_meet.FUND_ITEM} and found != seats.Verdict.IMPOSSIBLE
    outcome = DecisionOutcome.CONSENSUS if possible and not article else DecisionOutcome.DEFERRED
    return DecisionForm(
        data,
        seats=state,
        possible=possible,
        from_fund=bool(article),
        today=timezone.localdate(),
        initial={"outcome": outcome},
    )


def _recusal_form(item: AgendaItem, data: Any = None) -> RecusalForm:
    still = meetings.sitting(item.meeting).exclude(recusals__item=item)
    return RecusalForm(data, attendances=still, prefix="recusal")


def _item_page(request: HttpRequest, item: AgendaItem, forms: dict[str, Any], *, status: int = 200) -> HttpResponse:
    state = seats.for_item(item)
    is_over = hasattr(item.meeting, "minutes") or item.meeting.cancelled_at is not None
    runs = allows("meeting.run", request.person)
    line = meetings.AgendaLine(item, visible=True)
    form = forms.get("form") or _decision_form(item)
    following = meetings.next_open(item.meeting, item.position)
    context = {
        "nav": "issues",
        "item": item,
        "meeting": item.meeting,
        "line": line,
        "count": item.meeting.items.count(),
        "steps": sign_of(item.issue),
        "said": item.issue.said if sees(request.person, item.issue, "said") else "",
        "proposal": item.issue.proposals.select_related("sorted_by").first(),
        "households": item.issue.voices.values("household").distinct().count(),
        "seats": state,
        "missing": [seat.label for seat in state if seat.is_missing],
        "recusals": item.recusals.select_related("attendance__person"),
        "records": runs and line.is_open and not is_over,
        "runs": runs,
        "notes": runs and not is_over,
        "asked": [p.label for p in meeting_record.asked_in_writing(line.decision)] if line.decision else [],
        "outcome": _outcome_shown(request, form),
        "form": form,
        "recusal": forms["recusal"],
        "next": following if line.decision else None,
        "last": following in {None, item},
    }
    return render(request, "consultation/step3_item.html", context, status=status)


def _outcome_shown(request: HttpRequest, form: DecisionForm) -> str:
    """Which result the fields below it belong to: the one just tapped, sent, or suggested."""
    asked = request.GET.get("outcome", "")
    return asked if asked in DecisionOutcome.values else form["outcome"].value() or ""


urlpatterns = [
    path("meetings/", meeting_list, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting_new"),
    path("meetings/<int:number>/", meeting_page, name="meeting"),
    path("meetings/<int:number>/attendances/", sign_in, name="sign_in"),
    path("meetings/<int:number>/attendances/<int:pk>/removal/", sign_out, name="sign_out"),
    path("meetings/<int:number>/items/<int:position>/", agenda_item, name="agenda_item"),
    path("meetings/<int:number>/items/<int:position>/recusals/", recuse, name="recuse"),
]

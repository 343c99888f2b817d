"""Who is invited to a meeting and was told; who signs up by themselves; the sheet that people sign."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.door import open_to_all
from compounds.organisation.models import Person
from compounds.organisation.policies import may
from compounds.organisation.sight import households_visible_to, sees_everybody
from compounds.registry import limits
from consultation import meetings
from consultation.errors import SignUpOver, TooManySignUps
from consultation.forms.invitations import SheetForm, SignUpForm, ToldForm
from consultation.models import Invitation, InvitedAs, Issue, Meeting, SignUp, ToldHow
from consultation.services import attending
from consultation.services import invitations as service
from consultation.services import sign_up as sign_up_service

# Sign-ups that one connection, and one meeting, may send within a clock hour.
FROM_ONE_ADDRESS, FOR_ONE_MEETING = 10, 120
_BLANK_LINES = range(8)


@require_safe
@may("meeting.invite")
def invitations(request: HttpRequest, number: int) -> HttpResponse:
    meeting = _meeting(number)
    rows = list(_shown(request.person, meeting))
    lines: dict[str, list[Invitation]] = {}
    for row in rows:
        title = row.item.issue.title if row.item else str(_("The council"))
        lines.setdefault(title, []).append(row)
    context = {
        "nav": "issues",
        "meeting": meeting,
        "groups": list(lines.items()),
        "told": sum(row.told_at is not None for row in rows),
        "count": len(rows),
        "hows": ToldHow.choices,
        "on": meeting.cancelled_at is None and not hasattr(meeting, "minutes"),
    }
    return render(request, "consultation/invitations.html", context)


@require_POST
@may("meeting.invite")
def tell(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    meeting = _meeting(number)
    row = get_object_or_404(_shown(request.person, meeting), pk=pk)
    form = ToldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how this person was told."))
        return redirect("invitations", number)
    service.tell(row, how=ToldHow(form.cleaned_data["how"]), now=timezone.now(), by=request.person)
    return redirect("invitations", number)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, number: int) -> HttpResponse:
    """Anybody, without a login. It tells of a coming meeting no more than the board does."""
    now = timezone.now()
    meeting = get_object_or_404(Meeting.objects.ahead(), number=number)
    if meeting.starts_at <= now:
        raise SignUpOver
    form = SignUpForm(request.POST or None)
    done = False
    if request.method == "POST" and form.is_valid():
        _count_try(request, meeting)
        sign_up_service.sign_up(meeting, **form.cleaned_data, now=now, by=request.person)
        done = True
    public = Issue.objects.on_board()
    context = {
        "nav": "board",
        "meeting": meeting,
        "titles": meeting.items.filter(issue__in=public).order_by("position").values_list("issue__title", flat=True),
        "form": form,
        "done": done,
    }
    status = 422 if request.method == "POST" and not done else 200
    response = render(request, "consultation/sign_up.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@may("meeting.run")
def sign_ups(request: HttpRequest, number: int) -> HttpResponse:
    meeting = _meeting(number)
    rows = list(meeting.sign_ups.select_related("read_out_by", "recorded_by"))
    context = {
        "nav": "issues",
        "meeting": meeting,
        "rows": rows,
        "waiting": sum(bool(row.statement) and not row.read_out_at and not row.attendance_id for row in rows),
        "on": meeting.cancelled_at is None and not hasattr(meeting, "minutes"),
    }
    return render(request, "consultation/sign_ups.html", context)


@require_POST
@may("meeting.run")
def sign_up_came(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    sign_up_service.came(_sign_up(number, pk), by=request.person)
    return redirect("sign_ups", number)


@require_POST
@may("meeting.run")
def sign_up_read_out(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    sign_up_service.read_out(_sign_up(number, pk), now=timezone.now(), by=request.person)
    return redirect("sign_ups", number)


@require_safe
@may("meeting.run")
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The sign-in sheet for A4: names by party with a cell for each signature, and empty lines."""
    meeting = _meeting(number)
    context = {
        "nav": "issues",
        "meeting": meeting,
        "roster": meetings.roster(meeting),
        "sign_ups": meeting.sign_ups.all(),
        "blank": _BLANK_LINES,
    }
    return render(request, "consultation/sign_in_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("meeting.run")
def from_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Sign in everybody whose signature stands on the paper."""
    meeting = _meeting(number)
    benches = [bench for bench in meetings.roster(meeting).benches if not bench.vacant]
    waiting = [
        (str(bench.label), [(str(one.pk), one.name) for one, there in bench.members if there is None])
        for bench in benches
    ]
    anybody = any(group[1] for group in waiting)
    form = SheetForm(request.POST or None, waiting=[group for group in waiting if group[1]])
    if request.method == "POST" and form.is_valid():
        people = Person.objects.filter(pk__in=form.cleaned_data["people"])
        attending.take_seats(meeting, people, by=request.person)
        messages.success(request, _("Signed in from the sheet: %(n)s.") % {"n": len(people)})
        return redirect(meeting)
    context = {
        "nav": "issues",
        "form": form,
        "back": meeting,
        "head": _("Whose signature stands on the sheet?"),
        "lead": _("Those who signed in on screen already are not listed.")
        if anybody
        else _("Everybody of the council has signed in, or asked for leave."),
        "button": _("Sign them in") if anybody else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultation/one_form.html", context, status=status)


def _meeting(number: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("minutes"), number=number)


def _sign_up(number: int, pk: int) -> SignUp:
    return get_object_or_404(SignUp.objects.select_related("meeting"), meeting__number=number, pk=pk)


def _shown(person: Person | None, meeting: Meeting) -> QuerySet[Invitation]:
    """The branch sees all; who serves below sees the deliberators and their own doors' people."""
    rows = meeting.invitations.select_related(
        "item__issue", "person", "household__entrance__building__unit", "told_by"
    ).filter(Q(item=None) | Q(item__issue__in=Issue.objects.visible_to(person)))
    if sees_everybody(person):
        return rows
    doors = households_visible_to(person)
    near = Q(household__in=doors) | Q(person__household__in=doors)
    return rows.filter(near | Q(invited_as=InvitedAs.DELIBERATOR))


def _count_try(request: HttpRequest, meeting: Meeting) -> None:
    """Raise TooManySignUps once one connection or one meeting has sent too many within a clock hour."""
    sender = f"{meeting.pk}-{limits.address_of(request)}"
    limits.count("sign-up", sender, most=FROM_ONE_ADDRESS, error=TooManySignUps())
    limits.count("sign-up", meeting.pk, most=FOR_ONE_MEETING, error=TooManySignUps())


urlpatterns = [
    path("meetings/<int:number>/invitations/", invitations, name="invitations"),
    path("meetings/<int:number>/invitations/<int:pk>/told/", tell, name="invitation_told"),
    path("meetings/<int:number>/sign-ups/", sign_ups, name="sign_ups"),
    path("meetings/<int:number>/sign-ups/<int:pk>/came/", sign_up_came, name="sign_up_came"),
    path("meetings/<int:number>/sign-ups/<int:pk>/read-out/", sign_up_read_out, name="sign_up_read_out"),
    path("meetings/<int:number>/sheet/", sheet, name="sign_in_sheet"),
    path("meetings/<int:number>/sheet/entry/", from_sheet, name="sign_in_from_sheet"),
    path("board/meetings/<int:number>/sign-up/", sign_up, name="sign_up"),
]

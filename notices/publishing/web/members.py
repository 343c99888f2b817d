"""Notices for the people who serve here: read, written, approved, published, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import BRANCH, allows, may, require
from compounds.organisation.upkeep.web.answers import form_page, posted
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from notices import policies
from notices.models import Notice, NoticeState
from notices.publishing import deciding, drafting, readers
from notices.publishing.forms import NoticeForm, WhyForm
from notices.publishing.showing import Line, lines, shown

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is up and meant for me, or all that was published; above it, what waits for somebody."""
    today = timezone.localdate()
    everything = request.GET.get("all") == "1" or request.person is None
    rows = readers.visible_to(request.person).filter(published_at__isnull=False)
    if not everything:
        rows = readers.meant_for(request.person, today)
    page = keyset_page(request, rows, by="published_at", size=20)
    context = {
        "nav": "board",
        "today": today,
        "everything": everything,
        "page": page,
        "lines": lines(page.rows),
        "drafts": _drafts(request),
        "may_write": allows(policies.NOTICE_WRITE, request.person),
    }
    return render(request, "notices/notices.html", context)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_with_people(request), pk=pk)
    person = request.person
    context = {
        "nav": "board",
        **shown(found, timezone.localdate(), photos_at="notice_photo"),
        "mine": person is not None and found.written_by_id == person.pk,
        "may_change": found.state == NoticeState.DRAFT and allows(policies.NOTICE_WRITE, person, found),
        "may_approve": allows(policies.NOTICE_APPROVE, person),
        "may_publish": allows(policies.NOTICE_PUBLISH, person),
        "may_withdraw": found.state != NoticeState.WITHDRAWN and allows(policies.NOTICE_WITHDRAW, person, found),
        "second_person": deciding.needs_second_person(found, person),
        "at_once": found.state == NoticeState.APPROVED or (found.state == NoticeState.DRAFT and found.is_emergency),
    }
    return render(request, "notices/notice.html", context)


@require_http_methods(_FORM)
@may(policies.NOTICE_WRITE)
def notice_new(request: HttpRequest) -> HttpResponse:
    """A new notice, or one that takes another's place and begins with its words."""
    old = _to_replace(request)
    form = _form(request, old)
    if form.is_bound and form.is_valid():
        made = drafting.write(form.wording(), photos=form.cleaned_data["photos"], replaces=old, by=request.person)
        messages.success(request, _("Written down. The branch looks at it before it goes out."))
        return redirect(made)
    return _form_page(request, form, old=old)


@require_http_methods(_FORM)
@may(policies.NOTICE_WRITE)
def notice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(readers.visible_to(request.person), pk=pk)
    require(policies.NOTICE_WRITE, request.person, found)
    drafting.require_draft(found)
    form = _form(request, found)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        drafting.change(found, form.wording(), photos=data["photos"], taken_out=data["taken_out"], by=request.person)
        messages.success(request, _("Saved."))
        return redirect(found)
    return _form_page(request, form, notice=found)


@require_POST
@may(policies.NOTICE_APPROVE)
def notice_approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = deciding.approve(get_object_or_404(Notice, pk=pk), now=timezone.now(), by=request.person)
    messages.success(request, _("Approved. It goes out once it is published."))
    return redirect(found)


@require_http_methods(_FORM)
@may(policies.NOTICE_APPROVE)
def notice_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Notice, pk=pk)
    form = WhyForm(posted(request))
    if form.is_valid():
        deciding.send_back(found, **form.cleaned_data, by=request.person)
        messages.success(request, _("Sent back to whoever wrote it."))
        return redirect(found)
    text = _("Whoever wrote it reads this and words it anew; then it is to be approved again.")
    return _why_page(request, form, found, title=_("What should be changed?"), text=text, button=_("Send back"))


@require_POST
@may(policies.NOTICE_PUBLISH)
def notice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = deciding.publish(get_object_or_404(Notice, pk=pk), now=timezone.now(), by=request.person)
    messages.success(request, _("Published. Those for whom it is meant are told."))
    return redirect("posting", found.posting_id) if found.posting_id else redirect(found)


@require_http_methods(_FORM)
@may(policies.NOTICE_WITHDRAW)
def notice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(readers.visible_to(request.person), pk=pk)
    require(policies.NOTICE_WITHDRAW, request.person, found)
    form = WhyForm(posted(request))
    if form.is_valid():
        deciding.withdraw(found, **form.cleaned_data, now=timezone.now(), by=request.person)
        messages.success(request, _("Withdrawn. Its page says why.") if found.published_at else _("Given up."))
        return redirect(found)
    if not found.published_at:
        text = _("It never went out; it stays here with the reason.")
        return _why_page(request, form, found, title=_("Why is it given up?"), text=text, button=_("Give it up"))
    text = _("Everybody who follows its link reads the reason. Those who put it up are asked to take it down.")
    return _why_page(request, form, found, title=_("Why is it withdrawn?"), text=text, button=_("Withdraw"))


@require_safe
def notice_photo(request: HttpRequest, pk: int, photo: UUID, size: str) -> FileResponse:
    """A photo of a notice that this member may open."""
    get_object_or_404(readers.visible_to(request.person), pk=pk, photos__contains=[photo])
    return photo_response(get_object_or_404(Photo, pk=photo), size)


def _drafts(request: HttpRequest) -> list[Line]:
    """What is not out yet: the branch sees all, a writer their own."""
    if request.person is None:
        return []
    rows = readers.visible_to(request.person).filter(state__in=[NoticeState.DRAFT, NoticeState.APPROVED])
    if not BRANCH & request.person.kinds:
        rows = rows.filter(written_by=request.person)
    return lines(rows.order_by("-updated_at", "-pk")[:50])


def _with_people(request: HttpRequest) -> Any:
    people = ("written_by", "worded_by", "approved_by", "published_by", "withdrawn_by", "posting", "replaces")
    return readers.visible_to(request.person).select_related(*people)


def _to_replace(request: HttpRequest) -> Notice | None:
    """The notice whose place is to be taken, if the address names one."""
    pk = request.GET.get("replaces", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    old = get_object_or_404(readers.visible_to(request.person), pk=pk)
    drafting.require_replaceable(old)
    return old


def _form(request: HttpRequest, notice: Notice | None) -> NoticeForm:
    """Bound to what was sent; a look with a ``target`` in its address shows the fields of that target."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return NoticeForm(*sent, notice=notice, today=timezone.localdate(), target=request.GET.get("target", ""))


def _form_page(request: HttpRequest, form: NoticeForm, **more: Notice | None) -> HttpResponse:
    context = {"nav": "board", "form": form, **more}
    return render(request, "notices/notice_form.html", context, status=422 if form.is_bound else 200)


def _why_page(request: HttpRequest, form: WhyForm, found: Notice, **words: str) -> HttpResponse:
    return form_page(request, form, back=(reverse("notice", args=[found.pk]), str(found)), **words)


urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/new/", notice_new, name="notice_new"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/edit/", notice_edit, name="notice_edit"),
    path("notices/<int:pk>/approval/", notice_approve, name="notice_approve"),
    path("notices/<int:pk>/return/", notice_send_back, name="notice_send_back"),
    path("notices/<int:pk>/publication/", notice_publish, name="notice_publish"),
    path("notices/<int:pk>/withdrawal/", notice_withdraw, name="notice_withdraw"),
    path("notices/<int:pk>/photos/<uuid:photo>/<slug:size>/", notice_photo, name="notice_photo"),
]

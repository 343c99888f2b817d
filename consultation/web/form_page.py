"""A page around one form about one matter: the matter's head, the form, and what was typed when something is wrong."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from consultation.models import Issue
from consultation.web.sign import sign_of


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def issue_or_404(request: HttpRequest, number: str) -> Issue:
    return get_object_or_404(Issue.objects.visible_to(request.person).with_place(), number=number)


def form_page(request: HttpRequest, template: str, issue: Issue, form: BaseForm, **context: Any) -> HttpResponse:
    """The page, as 422 when the form was sent and is not right."""
    shown = {"nav": "issues", "issue": issue, "steps": sign_of(issue), "form": form, **context}
    return render(request, template, shown, status=422 if form.is_bound else 200)

"""A page around one form: a sentence, the form, one button; 422 when what was sent is not right."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST,) if request.method == "POST" else ()


def form_page(request: HttpRequest, form: BaseForm, **shown: Any) -> HttpResponse:
    """``head``, ``button``, and ``back`` (a row) or ``back_url`` with ``back_label``; perhaps ``lead``."""
    context = {"nav": "tree", "form": form, **shown}
    return render(request, "volunteers/form_page.html", context, status=422 if form.is_bound else 200)

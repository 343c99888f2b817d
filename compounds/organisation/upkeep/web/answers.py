"""The one page on which a setting is changed: a sentence, the fields, one button."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even if that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, *, title: str, back: tuple[str, str], text: str = "", **more: Any
) -> HttpResponse:
    """The form with its errors (422), or empty; ``back`` is the (address, words) of the page one came from."""
    context = {
        "nav": "tree",
        "form": form,
        "title": title,
        "text": text,
        "back_url": back[0],
        "back_text": back[1],
        **more,
    }
    return render(request, "organisation/upkeep_form.html", context, status=422 if form.is_bound else 200)

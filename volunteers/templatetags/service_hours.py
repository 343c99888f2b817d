"""Hours in words: ``{% load service_hours %}``, ``{{ minutes|as_hours }}``."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def as_hours(minutes: int) -> str:
    """Minutes of the ledger as hours that people say, in one line: “2 hours”, “1.5 hours”."""
    hours = round(minutes / 60, 1)
    shown = number_format(int(hours) if hours == int(hours) else hours)
    words = ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": shown}
    return format_html('<data class="nowrap" value="{}">{}</data>', minutes, words)

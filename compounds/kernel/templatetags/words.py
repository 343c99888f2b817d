"""Words for templates: ``{% load words %}``."""

from django import template
from django.utils.translation import pgettext

from compounds.kernel.words import in_one_line, listed, moment, unasked

register = template.Library()
register.filter("listed", listed)
register.filter("moment", moment)
register.filter("in_one_line", in_one_line)
register.filter("unasked", unasked)


@register.simple_tag
def gap() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return pgettext("sentences", "%(first)s %(next)s") % {"first": "", "next": ""}

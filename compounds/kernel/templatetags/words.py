"""Words for templates: ``{% load words %}``."""

from django import template

from compounds.kernel.words import listed, moment

register = template.Library()
register.filter("listed", listed)
register.filter("moment", moment)

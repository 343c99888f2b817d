"""Words for templates: ``{% load words %}``."""

from django import template

from compounds.kernel.words import listed

register = template.Library()
register.filter("listed", listed)

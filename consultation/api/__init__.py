"""The five steps for partner systems, one file a step; each calls the services that the pages call."""

from consultation.web import addresses as _converters  # noqa: F401 - registers how matters are named in addresses

"""Django's admin with the district's pages in front of its own.

Django makes the site before it reads the first admin class, so nothing that knows staff can be imported here: the
addresses are read when they are asked for, and the tabs are given by ``compounds.oversight.admin``.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import SimpleLazyObject

# Title, address, and whether one is there.
type Tab = tuple[str, str, bool]


class DistrictSite(AdminSite):
    """The overview is its index; ``tabs`` stand at the head of each page."""

    tabs: Callable[[HttpRequest], list[Tab]]

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [path("", include("compounds.oversight.district.urls")), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Put together only where a page shows it: the district's own pages do not, and it costs as much as they do."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "district_pages": self.tabs(request)}

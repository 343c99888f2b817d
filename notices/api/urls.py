"""Addresses of the API inside a compound, below ``api/v1/``: notices and postings."""

from notices.api import posted, published

urlpatterns = [*published.urlpatterns, *posted.urlpatterns]

from notices import audit_names, spot_pages, web

urlpatterns = [*web.urlpatterns, *spot_pages.urlpatterns]

__all__ = ["audit_names", "urlpatterns"]

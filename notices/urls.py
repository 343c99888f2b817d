from notices import audit_names, spot_pages, web
from notices.reminding import web as reminder_web

urlpatterns = [*web.urlpatterns, *spot_pages.urlpatterns, *reminder_web.urlpatterns]

__all__ = ["audit_names", "urlpatterns"]

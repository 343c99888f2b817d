from notices import web
from notices.reminding import web as reminder_web

urlpatterns = [*web.urlpatterns, *reminder_web.urlpatterns]

__all__ = ["urlpatterns"]

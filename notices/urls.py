from notices import reminder_pages, web

urlpatterns = [*web.urlpatterns, *reminder_pages.urlpatterns]

__all__ = ["urlpatterns"]

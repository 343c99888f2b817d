from notices.web import urlpatterns

__all__ = ["urlpatterns"]

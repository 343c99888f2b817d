"""What a token may be good for. What it is good for in a compound says a grant besides (docs/adr/0070)."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from oauth2_provider.scopes import BaseScopes


class Scope(TextChoices):
    ISSUES_READ = "issues:read", _("read matters and what came of them")
    ISSUES_WRITE = "issues:write", _("bring matters in and correct its own")
    MEMBERS_READ = "members:read", _("read matters that are for members only")
    PERSONAL_READ = "personal:read", _("read who brought a matter in and their words; each reading is written down")
    HANDLING_WRITE = "handling:write", _("take over tasks and report on them")
    NOTICES_READ = "notices:read", _("read notices and what was put up")
    ACTIVITIES_READ = "activities:read", _("read volunteers' activities")
    SCORING_READ = "scoring:read", _("read what the quarters' scoring found")
    FIGURES_READ = "figures:read", _("read compounds, figures and the overdue register")


class ClientScopes(BaseScopes):
    """Each client has its own: what it asks for beyond them is refused, and without asking it gets all of them."""

    def get_all_scopes(self) -> dict[str, str]:
        return {scope.value: str(scope.label) for scope in Scope}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return list(application.scopes) if application is not None else []

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        return self.get_available_scopes(application, request)

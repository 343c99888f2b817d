"""The district's pages at /admin/: public models only, open to staff by their rows in ``Staff`` (see ``standing``).

The admin of accounts and of the working calendar stands here too, since the apps below know nothing of staff.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import Look, register_look
from compounds.registry.admin import accounts, archiving, calendar, compounds, limits, places, staff

__all__ = ["accounts", "archiving", "calendar", "compounds", "limits", "places", "staff"]

admin.site.site_header = _("Linjuli for the district")
admin.site.site_title = _("Linjuli for the district")
admin.site.index_title = _("Communities, compounds, staff and logins")
# One way to sign in for everybody, with its rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
register_look(Look("/admin/", "registry/admin/domain_error.html", admin.site.each_context))
# What staff may do is said by Staff, so groups of permissions would say nothing.
admin.site.unregister(auth_admin.Group)

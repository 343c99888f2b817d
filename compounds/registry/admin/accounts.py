"""Accounts and invitations. An account is opened, invited and closed; never deleted, since compounds point to it."""

from typing import Any, override

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from compounds.accounts.invitations import invite, open_account
from compounds.accounts.models import Invitation, User
from compounds.accounts.qr import qr_svg
from compounds.registry.admin.standing import ReadOnlyAdmin, StandingAdmin, standing
from compounds.registry.models import Membership, Staff, StaffLevel
from compounds.registry.office import OnlyReads

_MEMBERS = {
    "district": "compound__community__district",
    "street": "compound__community__street",
    "community": "compound__community",
}


def _memberships_inside(request: HttpRequest, level: StaffLevel) -> QuerySet[Membership]:
    return Membership.objects.filter(standing(request, level=level).inside(_MEMBERS))


def _staff_inside(request: HttpRequest, level: StaffLevel) -> QuerySet[Staff]:
    staff_admin: Any = admin.site.get_model_admin(Staff)
    rows: QuerySet[Staff] = staff_admin.rows_inside(request, Staff.objects.all(), level=level)
    return rows


@admin.register(User)
class UserAdmin(StandingAdmin):
    list_display = ["display_name", "username", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["display_name", "username"]
    ordering = ["display_name", "pk"]
    change_form_template = "registry/admin/account.html"

    def rows_inside(self, request: HttpRequest, rows: QuerySet[User], *, level: StaffLevel) -> QuerySet[User]:
        """Accounts of the members and staff inside; to administer one, all that it opens must lie inside.

        An account that opens nothing yet belongs to whoever administers a district.
        """
        stands = standing(request, level=level)
        if stands.everything:
            return rows
        members, staff = _memberships_inside(request, level), _staff_inside(request, level)
        known = Q(pk__in=members.values("user")) | Q(pk__in=staff.values("user"))
        fresh = Q(memberships=None, staff=None)
        found = rows.filter(known | fresh if stands.over_a_district else known).exclude(is_superuser=True)
        if level == StaffLevel.ADMINISTER:
            beyond = Q(pk__in=Membership.objects.exclude(pk__in=members).values("user"))
            beyond |= Q(pk__in=Staff.objects.exclude(pk__in=staff).values("user"))
            found = found.exclude(beyond)
        return found.distinct()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).over_a_district

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["display_name", "username", "is_active", "is_staff", "last_login"] if obj else ["display_name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        own = ["is_active"] if obj is not None and obj.pk == request.user.pk else []
        return ["username", "is_staff", "last_login", *own] if obj else []

    @override
    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if not change:
            obj.__dict__.update(open_account(obj.display_name).__dict__)
            return
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            now = timezone.now()
            Invitation.objects.filter(user=obj).open(now).update(revoked_at=now)

    def get_urls(self) -> list[URLPattern]:
        make = self.admin_site.admin_view(self.make_invitation)
        return [path("<int:pk>/invitation/", make, name="accounts_user_invitation"), *super().get_urls()]

    @method_decorator([never_cache, csrf_protect])
    def make_invitation(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a fresh one-time link, this once. Earlier ones are called back."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = get_object_or_404(self.get_queryset(request), pk=pk)
        if not user.is_active or not self.has_change_permission(request, user):
            raise OnlyReads
        token = invite(user, now=timezone.now(), by=str(request.user))
        self.log_change(request, user, str(_("Made a new invitation link.")))
        link = request.build_absolute_uri(f"/invite/{token}/")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Invitation"),
            "opts": self.opts,
            "original": user,
            "link": link,
            "qr": qr_svg(link),
        }
        return TemplateResponse(request, "registry/admin/invitation.html", context)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Links that were made; those still open can be called back. Their tokens are not kept."""

    list_display = ["user", "invited_by", "since", "expires_at", "used_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["user__display_name"]
    fields = ["user", "invited_by", "since", "expires_at", "used_at", "revoked_at"]
    actions = ["revoke"]

    @admin.display(description=_("since"), ordering="created_at")
    def since(self, invitation: Invitation) -> str:
        """As a page of one record shows it: Django formats such a moment in lists only."""
        return date_format(localtime(invitation.created_at), "DATETIME_FORMAT")

    def rows_inside(
        self, request: HttpRequest, rows: QuerySet[Invitation], *, level: StaffLevel
    ) -> QuerySet[Invitation]:
        accounts: Any = self.admin_site.get_model_admin(User)
        return rows.filter(user__in=accounts.rows_inside(request, User.objects.all(), level=level))

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return standing(request, level=StaffLevel.ADMINISTER).anywhere

    @admin.action(description=_("Call the chosen links back"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        now = timezone.now()
        inside = self.rows_inside(request, Invitation.objects.filter(pk__in=queryset), level=StaffLevel.ADMINISTER)
        called_back = Invitation.objects.filter(pk__in=inside).open(now).update(revoked_at=now)
        self.message_user(request, _("%(count)s links were called back.") % {"count": called_back})

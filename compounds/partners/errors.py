"""Rules of the API that a request may break."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class NoGrant(DomainError):
    """A token is worth nothing in a compound without a grant."""

    code = "no_grant"
    status = 403
    title = _("No grant for this compound")
    message = _("This system may not work in this compound.")
    hint = _("The district grants it.")


class ScopeMissing(DomainError):
    """The token has not the scope that the address asks for."""

    code = "scope_missing"
    status = 403
    title = _("The token does not allow this")
    message = _("This needs the scope %(scope)s.")
    hint = _("Ask for a token with it; the district gives it to a system.")


class ForPartnersOnly(DomainError):
    """A signed-in person asked for what only a partner's system does."""

    code = "for_partners_only"
    status = 403
    title = _("For partner systems only")
    message = _("This address takes a partner's token.")


class KeyMissing(DomainError):
    """A POST without a key could be done twice."""

    code = "idempotency_key_missing"
    status = 400
    title = _("Idempotency-Key is missing")
    message = _("Every POST carries a header Idempotency-Key, new for each thing that is to be done.")
    hint = _("A random UUID will do. Send the same key again when you are not sure that the first request arrived.")


class KeyInvalid(KeyMissing):
    """A key is short and printable."""

    code = "idempotency_key_invalid"
    title = _("Idempotency-Key cannot be read")
    message = _("1 to 255 printable ASCII characters.")


class KeyInUse(DomainError):
    """The first request with this key is still running."""

    code = "idempotency_key_in_use"
    title = _("The first request with this key is still running")
    message = _("Ask again in a second; you will get its answer.")
    headers = {"Retry-After": "1"}


class KeyReused(DomainError):
    """One key is for one thing."""

    code = "idempotency_key_reused"
    status = 422
    title = _("This Idempotency-Key was used for something else")
    message = _("The same key came with another body or to another address before.")
    hint = _("Take a new key for a new request.")


class Changed(DomainError):
    """If-Match names another version."""

    code = "precondition_failed"
    status = 412
    title = _("It has changed meanwhile")
    message = _("What you changed is not what is there now.")
    hint = _("Read it again, and repeat the change with its new ETag.")


class MatchMissing(DomainError):
    """A change says what it changes, so that nobody writes over what they have not seen."""

    code = "precondition_required"
    status = 428
    title = _("If-Match is missing")
    message = _("A change names in If-Match the ETag of what it changes.")


class CursorInvalid(DomainError):
    """A cursor is taken as it came, for the list that it came from."""

    code = "cursor_invalid"
    status = 400
    title = _("This cursor is not one of ours")
    message = _("Take the address as it came in the Link header.")

"""Texts of Django's own. Its Chinese says them like a programmer, or not at all; standing here they come into our
catalogue, which goes before Django's. Nobody imports this: the command ``messages`` reads it.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

FORMS = (
    _("This field is required."),
    _("- Select an option -"),
    _("A user with that username already exists."),
    # A number out of its limits; in Django's Chinese its full stop would stand alone on the next line.
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
)

# Words above fields and columns.
ACCOUNTS = (
    _("username"),
    _("password"),
    _("last login"),
    _("staff status"),
    _("Designates whether the user can log into this admin site."),
    _("active"),
    _("Designates whether this user should be treated as active. Unselect this instead of deleting accounts."),
)

PASSWORDS = (
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both fields may be "
        "case-sensitive."
    ),
    _(
        "Please enter your old password, for security’s sake, and then enter your new password twice so we can verify "
        "you typed it in correctly."
    ),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("Your password was changed."),
    _("The two password fields didn’t match."),
    _("Enter the same password as before, for verification."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
    _("This password is entirely numeric."),
    _("Your password can’t be entirely numeric."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
)

LISTS = (
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add %(name)s"),
    _("%(app)s administration"),
    _("Filter"),
    _("Show counts"),
    _("Hide counts"),
    _("Clear all filters"),
    _("Filter by %(field_name)s"),
    _(" By %(filter_title)s "),
    _("Action:"),
    _("Run"),
    _("No action selected."),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("0 of %(cnt)s selected"),
)

RECORDS = (
    # The button below a record that one may only read.
    _("Close"),
    _("Log out"),
    _("View site"),
    _("Add another %(verbose_name)s"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("History"),
    _("Change history: %s"),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
    _("Added."),
    _("Changed {fields}."),
    _("Added {name} “{object}”."),
    _("Changed {fields} for {name} “{object}”."),
    _("No fields changed."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("You don’t have permission to view or edit anything."),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. Would you like to login "
        "to a different account?"
    ),
)

"""What the audit entries of volunteers and honours are called on the page that shows them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from volunteers.models import HonourFor, HonourKind, SuggestBy

for _action, _words in {
    "honour.agree": _("Wrote down whether somebody is named in public"),
    "honour.withdraw": _("Withdrew an honour"),
    "honour.reward": _("Wrote down a reward"),
    "honour.receipt": _("Wrote down that a reward was received"),
    "honour_kind.add": _("Added a kind of honour"),
    "honour_kind.change": _("Changed a kind of honour"),
}.items():
    audit_words.register(_action, _words)

audit_words.register_facts(
    {
        "agreed": _("agreed on"),
        "value": _("worth (yuan)"),
        **{
            field.name: field.verbose_name
            for field in HonourKind._meta.concrete_fields
            if field.name in {"given_to", "suggest_by", "suggest_least", "wording", "posted"}
        },
    },
    {choice.value: choice.label for choices in (HonourFor, SuggestBy) for choice in choices if choice.value},
)

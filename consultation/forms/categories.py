from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.models import Category, Openness

# Civil Code article 278, in short.
OWNERS_VOTE_ITEMS = [
    ("", _("No: the council may decide")),
    (1, _("1 · rules of procedure of the owners' assembly")),
    (2, _("2 · the management agreement")),
    (3, _("3 · electing or replacing the owners' committee")),
    (4, _("4 · hiring or dismissing the property company")),
    (5, _("5 · using the maintenance fund")),
    (6, _("6 · raising money for the maintenance fund")),
    (7, _("7 · rebuilding the building")),
    (8, _("8 · changed or commercial use of common parts")),
    (9, _("9 · other important matters of common ownership")),
]


class CategoryForm(forms.ModelForm):
    """One kind of matter: its names, its place in the list, and what goes with it."""

    position = forms.IntegerField(
        label=_("Place in the list"),
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    openness = forms.ChoiceField(
        label=_("New matters begin"),
        choices=Openness.choices,
        help_text=_("Confidential ones are never on a list, the council or the board."),
    )
    emergency_numbers = forms.CharField(
        label=_("Numbers to call first"),
        max_length=120,
        required=False,
        help_text=_(
            "For danger: they are shown before the form. For example 119, and the number of the gas company's "
            "repair service."
        ),
    )
    owners_vote_item = forms.TypedChoiceField(
        label=_("Belongs to the owners' vote (Civil Code, article 278)"),
        choices=OWNERS_VOTE_ITEMS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    must_report = forms.BooleanField(
        label=_("Must be reported"), required=False, help_text=_("Safety, law, petition: counted by themselves.")
    )
    asks_for_help = forms.BooleanField(
        label=_("A neighbour can help"),
        required=False,
        help_text=_("On such a matter's page a volunteer can be looked for."),
    )
    active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Take the tick away to retire it: nothing new is recorded under it, what is there stays."),
    )

    class Meta:
        model = Category
        fields = [
            "name",
            "name_en",
            "position",
            "openness",
            "emergency_numbers",
            "owners_vote_item",
            "must_report",
            "asks_for_help",
            "active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name in Chinese")
        self.fields["name_en"].label = _("Name in English")
        self.fields["name_en"].required = False
        self.fields["name_en"].help_text = _("Left empty, the Chinese name stands there.")

    def clean_name_en(self) -> str:
        return self.cleaned_data["name_en"] or self.cleaned_data.get("name", "")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        others = Category.objects.filter(active=True).exclude(pk=self.instance.pk)
        if data.get("active") is False and not others.exists():
            self.add_error("active", _("At least one category must stay in use."))
        return data

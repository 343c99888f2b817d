"""The shape of what people type to write a notice, to send it back, and to withdraw it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from compounds.organisation.models import Building, Entrance, PostKind, post_title
from compounds.photos.fields import MOST_AT_ONCE, PhotosField
from notices.models import Notice, NoticeKind, Target
from notices.publishing import chart

# How far ahead a notice may be up; beyond is a slip of the finger.
FARTHEST = timedelta(days=366)
# How long it is up, unless said otherwise.
USUAL = timedelta(days=14)
_MORE = ("chart", "title_en", "text_en", "chart_en")
_OF_TARGET = {Target.BUILDINGS: "buildings", Target.ENTRANCES: "entrances", Target.POST: "post"}


class NoticeForm(forms.Form):
    """Kind, words, for whom and until when; English, a chart and photos if there are any."""

    kind = forms.ChoiceField(label=_("What kind of notice"), choices=[("", _("Please choose")), *NoticeKind.choices])
    title = WordsField(label=_("Title"), max_length=120)
    text = WordsField(
        label=_("Text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As you would say it to a neighbour. Its beginning goes round in the WeChat group."),
    )
    target = forms.ChoiceField(label=_("Who is it for"), choices=Target.choices, widget=forms.RadioSelect)
    buildings = forms.ModelMultipleChoiceField(
        Building.objects.none(), label=_("Which buildings"), required=False, widget=forms.CheckboxSelectMultiple
    )
    entrances = forms.ModelMultipleChoiceField(
        Entrance.objects.none(), label=_("Which entrances"), required=False, widget=forms.CheckboxSelectMultiple
    )
    post = forms.ChoiceField(
        label=_("Which post"), required=False, help_text=_("It hangs nowhere: they read it in the app.")
    )
    ends_on = forms.DateField(
        label=_("Up until"), widget=DayInput, help_text=_("It is up from the day it is published; this day counts.")
    )
    photos = PhotosField(label=_("Photos"), required=False)
    taken_out = forms.TypedMultipleChoiceField(coerce=UUID, required=False)
    chart = WordsField(
        label=_("A chart"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One bar a line: a label, a space and its figure, “Fake orders 34.62%”. A line without one is a heading."
        ),
    )
    title_en = WordsField(label=_("English title"), max_length=160, required=False)
    text_en = WordsField(
        label=_("English text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    chart_en = WordsField(
        label=_("The chart in English"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, notice: Notice | None, today: date, target: str = ""
    ) -> None:
        initial = _initial(notice, today) | ({"target": target} if target else {})
        super().__init__(data, files, initial=initial)
        self.today, self.notice = today, notice
        # What a browser asks anew when another target is chosen; else what was sent, or stands there.
        self.chosen = self.data.get("target") or self.initial["target"]
        fields: dict[str, Any] = self.fields
        fields["buildings"].queryset = Building.objects.select_related("unit")
        fields["entrances"].queryset = Entrance.objects.select_related("building__unit")
        fields["post"].choices = [("", _("Please choose")), *((kind.value, post_title(kind)) for kind in PostKind)]
        if notice:
            fields["taken_out"].choices = [(key, key) for key in notice.photos]

    @property
    def about_what(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "title", "text")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What most notices do without."""
        return [self[name] for name in _MORE]

    @property
    def has_more(self) -> bool:
        """Whether something stands there, or is wrong there."""
        return any(self[name].value() or self[name].errors for name in _MORE)

    @property
    def kept(self) -> list[UUID]:
        """The photos that are there already."""
        return self.notice.photos if self.notice else []

    @property
    def chosen_out(self) -> list[UUID]:
        """Those of them that are to be taken out."""
        return [key for key in self.kept if str(key) in (self["taken_out"].value() or ())]

    @property
    def target_field(self) -> forms.BoundField | None:
        """The field that says which ones, for the target that is chosen."""
        name = _OF_TARGET.get(self.chosen)
        return self[name] if name else None

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError(_("This day has passed."))
        if day > self.today + FARTHEST:
            raise forms.ValidationError(_("That is more than a year away."))
        return day

    def clean_chart(self) -> str:
        return _drawable(self.cleaned_data["chart"])

    def clean_chart_en(self) -> str:
        return _drawable(self.cleaned_data["chart_en"])

    def clean(self) -> None:
        data = self.cleaned_data
        name = _OF_TARGET.get(data.get("target", ""))
        if name and name not in self.errors and not data.get(name):
            self.add_error(name, _("Choose at least one."))
        english = {field: bool(data.get(field)) for field in ("title_en", "text_en")}
        if any([*english.values(), data.get("chart_en")]):
            for field, there in english.items():
                if not there and field not in self.errors:
                    self.add_error(field, _("Write both the English title and the English text, or neither."))
        kept = len(self.kept) - len(data.get("taken_out", ()))
        if kept + len(data.get("photos") or []) > MOST_AT_ONCE:
            self.add_error("photos", _("At most %(count)s photos at once.") % {"count": MOST_AT_ONCE})

    def wording(self) -> dict[str, Any]:
        """The fields of the row; valid forms only."""
        data, target = self.cleaned_data, Target(self.cleaned_data["target"])
        named = data[_OF_TARGET[target]] if target in {Target.BUILDINGS, Target.ENTRANCES} else []
        words = ("kind", "title", "text", "chart", "title_en", "text_en", "chart_en", "target", "ends_on")
        return {
            **{name: data[name] for name in words},
            "places": sorted(row.pk for row in named),
            "post": data["post"] if target == Target.POST else "",
        }


class WhyForm(forms.Form):
    """What is to be changed in a draft, or why a notice is withdrawn."""

    why = WordsField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def _initial(notice: Notice | None, today: date) -> dict[str, Any]:
    if notice is None:
        return {"target": Target.COMPOUND, "ends_on": today + USUAL}
    copied = ("kind", "title", "text", "chart", "title_en", "text_en", "chart_en", "target", "ends_on", "post")
    name = _OF_TARGET.get(Target(notice.target))
    places = {name: notice.places} if name and name != "post" else {}
    return {field: getattr(notice, field) for field in copied} | places


def _drawable(text: str) -> str:
    try:
        chart.read(text)
    except chart.Unreadable as error:
        raise forms.ValidationError(str(error)) from error
    return text

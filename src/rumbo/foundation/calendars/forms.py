"""Forms of the calendar."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rumbo.foundation.calendars.actions import NAME_LENGTH
from rumbo.foundation.ui.forms import DayInput

LONGEST = 62  # days that one entry may cover: whole closed periods last weeks


class DaysForm(forms.Form):
    """One day, or a whole closed period."""

    start = forms.DateField(label=_("Primer día"), widget=DayInput())
    end = forms.DateField(
        label=_("Último día"), required=False, widget=DayInput(), help_text=_("Solo si es un periodo.")
    )
    name = forms.CharField(label=_("Motivo"), max_length=NAME_LENGTH)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        start, end = found.get("start"), found.get("end")
        if start and end and not 0 <= (end - start).days < LONGEST:
            self.add_error("end", _("El último día va después del primero, a lo más 62 días."))
        return found

    @property
    def days(self) -> dict[date, str]:
        """Monday to Friday alone: the rest are not worked anyway."""
        said = self.cleaned_data
        last = said["end"] or said["start"]
        span = ((last - said["start"]).days + 1) if last else 1
        days = (said["start"] + timedelta(days=number) for number in range(span))
        return {day: said["name"] for day in days if day.weekday() < 5 or span == 1}

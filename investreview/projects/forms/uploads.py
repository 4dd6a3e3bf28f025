"""What the browser says of a file that comes in pieces; no person fills it in."""

from django import forms

from investreview.projects.models import Declaration
from investreview.projects.services.scans import AnnouncedScan
from investreview.projects.services.uploads import Announced

MOST_BYTES = 2**50
MOST_MS = 2**53
"""The largest whole number a browser has."""


class AnnouncedForm(forms.Form):
    """A file before its first byte."""

    slot = forms.CharField(max_length=8)
    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=0, max_value=MOST_BYTES)
    changed = forms.IntegerField(min_value=-MOST_MS, max_value=MOST_MS)
    mark = forms.ChoiceField(choices=Declaration.Mark.choices)
    form_code = forms.CharField(max_length=16, required=False)

    @property
    def file(self) -> Announced:
        """The same for the service."""
        said = self.cleaned_data
        return Announced(
            slot=said["slot"],
            name=said["name"],
            size=said["size"],
            changed_ms=said["changed"],
            mark=said["mark"],
            form_code=said["form_code"],
        )


class ScanForm(forms.Form):
    """A scan before its first byte."""

    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=0, max_value=MOST_BYTES)
    changed = forms.IntegerField(min_value=-MOST_MS, max_value=MOST_MS)

    @property
    def scan(self) -> AnnouncedScan:
        """The same for the service."""
        said = self.cleaned_data
        return AnnouncedScan(name=said["name"], size=said["size"], changed_ms=said["changed"])


class PlaceForm(forms.Form):
    """Where in its file a piece belongs."""

    offset = forms.IntegerField(min_value=0, max_value=MOST_BYTES)

"""A field in which several files are chosen at once."""

from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from investreview.projects.forms.materials import AnyFileField


class ManyFilesInput(forms.ClearableFileInput):
    """A file input in which several files can be chosen."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(AnyFileField):
    """Files of any name and size; the cleaned value is a list. What is in them is judged by the service."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [
            each for each in (data if isinstance(data, list | tuple) else [data]) if isinstance(each, UploadedFile)
        ]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


def with_names(files: list[UploadedFile]) -> list[tuple[IO[bytes], str]]:
    """The files as the services take them."""
    return [(file, file.name or "") for file in files]  # type: ignore[misc]

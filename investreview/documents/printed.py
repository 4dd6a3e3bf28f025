"""Words as papers print them: Chinese, whatever language the reader has chosen."""

from django.db.models import TextChoices
from django.utils import translation


def in_chinese(choice: TextChoices) -> str:
    """The label of a choice in the language of the papers."""
    with translation.override("zh-hans"):
        return str(choice.label)

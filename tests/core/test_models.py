import pytest
from django.db import models
from django.test.utils import isolate_apps

from investreview.core.errors import Stale
from investreview.core.models import Versioned


@pytest.fixture
def row():
    with isolate_apps("investreview.core"):

        class Sample(Versioned, models.Model):
            class Meta:
                app_label = "core"

        yield Sample()


def test_check_version_of_the_row_passes(row) -> None:
    row.check_version(1)


def test_check_version_other_is_refused_with_both_texts(row) -> None:
    with pytest.raises(Stale) as refusal:
        row.check_version(2, who="张××", theirs="旧", yours="新")

    assert refusal.value.facts == {"who": "张××", "theirs": "旧", "yours": "新"}

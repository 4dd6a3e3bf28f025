"""Addresses of the desk; to be mounted at the root."""

from django.urls import path, register_converter

from investreview.desk import views

app_name = "desk"


class Number:
    """A case number in an address: letters, digits and hyphens, so that nothing the database refuses gets through."""

    regex = r"[\w-]{1,32}"

    def to_python(self, value: str) -> str:
        """The number as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in the database."""
        return value


register_converter(Number, "desk_number")

urlpatterns = [
    path("", views.home, name="home"),
    path("cases/", views.cases, name="cases"),
    path("cases/<desk_number:number>/", views.case, name="case"),
    path("cases/<desk_number:number>/journal-check/", views.check_journal, name="check_journal"),
    path("cases/<desk_number:number>/submissions/<int:earlier>/<int:later>/", views.submissions, name="submissions"),
]

"""Whether anything of a panel has moved: what a page compares while it waits for the other hand."""

from hashlib import sha256

from django.db.models import Aggregate, Count, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum, Value

from experts.models import Call, Departure, Panel, Seat
from investreview.draws.models import Reveal, Wave

LENGTH = 16


def beat_of(panel: Panel) -> str:
    """A short text that differs as soon as somebody has acted on the panel or its draw; it tells nothing else.

    The panel and its draw count as they were read with ``panel``; a page asks before it reads anything more, so that
    what happens while it is being made shows as moved, and is never taken for seen.
    One query, because the page asks every few seconds. Each number in it only ever grows.
    """
    reveals, waves = Reveal.objects.filter(draw=OuterRef("draw")), Wave.objects.filter(draw=OuterRef("draw"))
    seats, calls = Seat.objects.filter(panel=OuterRef("pk")), Call.objects.filter(seat__panel=OuterRef("pk"))
    departures = Departure.objects.filter(seat__panel=OuterRef("pk"))
    now = Panel.objects.filter(pk=panel.pk).values_list(
        _over(reveals, Count("pk")),
        _over(reveals, Count("confirmed_at")),
        _over(waves, Count("pk")),
        _over(waves, Count("countersigned_at")),
        _over(waves, Count("decided_at")),
        _over(seats, Count("pk")),
        _over(seats, Sum("version")),
        _over(calls, Max("pk")),
        _over(departures, Count("pk")),
        _over(departures, Count("confirmed_at")),
        _over(departures, Count("rejected_at")),
        _over(departures, Count("left_at")),
        _over(departures, Count("wave")),
    )
    read = (panel.state, panel.version, panel.draw.state, panel.draw.version)
    return sha256(repr((read, now.get())).encode()).hexdigest()[:LENGTH]


def _over(rows: QuerySet, what: Aggregate) -> Subquery:
    """One figure over all rows of a query that looks at the outer one."""
    whole = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_figure=what).values("_figure")
    return Subquery(whole, output_field=IntegerField())

"""What is asked of the rows and terms a draw is made from; nothing is written here."""

from collections.abc import Iterable, Sequence

from investreview.core.characters import is_unstorable
from investreview.core.errors import Invalid
from investreview.draws import verify_draw as ird
from investreview.draws.terms import ExcludedRow, PoolRow, ProjectRow, SampleRule, SeatRule


def require_hash(name: str) -> None:
    """Nothing happens when this machine has the hash function; another one is never used instead.

    Raises: Invalid (draws_hash_unknown).
    """
    try:
        ird.Hash(name)
    except ird.Malformed as error:
        raise Invalid("draws_hash_unknown", given=name) from error


def require_people(rows: Sequence[PoolRow]) -> None:
    """Nothing happens when everybody has an id of their own, a name and an employer.

    Raises: Invalid (draws_pool_id_twice, draws_row_incomplete, draws_text_not_storable).
    """
    _once((row.stable_id for row in rows), "draws_pool_id_twice")
    for row in rows:
        _require_texts(row.stable_id, row.name, row.unit, *row.spec)


def require_seats(seats: Sequence[SeatRule], unit_cap: int | None) -> None:
    """Nothing happens when each class stands once, somebody is to be drawn, and the cap leaves room for one.

    Raises: Invalid (draws_seats_twice, draws_seats_none, draws_cap).
    """
    _once((seat.spec for seat in seats), "draws_seats_twice")
    if any(seat.n < 0 for seat in seats) or sum(seat.n for seat in seats) < 1:
        raise Invalid("draws_seats_none")
    if unit_cap is not None and unit_cap < 1:
        raise Invalid("draws_cap", given=unit_cap)


def require_exclusions(excluded: Sequence[ExcludedRow], rows: Sequence[PoolRow]) -> None:
    """Nothing happens when each exclusion is of somebody in the pool, once, with its code and reference.

    Raises: Invalid (draws_excluded_twice, draws_excluded_unknown, draws_row_incomplete, draws_text_not_storable).
    """
    _once((row.stable_id for row in excluded), "draws_excluded_twice")
    for row in excluded:
        _require_texts(row.code, row.ref)
    unknown = {row.stable_id for row in excluded} - {row.stable_id for row in rows}
    if unknown:
        raise Invalid("draws_excluded_unknown", ids="、".join(sorted(unknown)))


def require_frame(rows: Sequence[ProjectRow], rule: SampleRule) -> None:
    """Nothing happens when the frame holds projects, each once, and the share is a share.

    Raises: Invalid (draws_frame_empty, draws_project_twice, draws_rule, draws_row_incomplete,
    draws_text_not_storable).
    """
    if not rows:
        raise Invalid("draws_frame_empty")
    _once((row.code for row in rows), "draws_project_twice")
    for row in rows:
        _require_texts(row.code, row.ent, row.band)
    if not 1 <= rule.num <= rule.den or rule.method not in ird.GROUPED_BY:
        raise Invalid("draws_rule", num=rule.num, den=rule.den, method=rule.method)


def _require_texts(*texts: str) -> None:
    for text in texts:
        if not text.strip():
            raise Invalid("draws_row_incomplete")
        if any(map(is_unstorable, text)):
            raise Invalid("draws_text_not_storable")


def _once(values: Iterable[str], code: str) -> None:
    listed = list(values)
    twice = {value for value in listed if listed.count(value) > 1} if len(listed) > len(set(listed)) else set()
    if twice:
        raise Invalid(code, given="、".join(sorted(twice)))

"""Names are revealed one at a time, in ticket order, by two: the operator asks, the witness lets it be shown."""

from datetime import datetime

from django.db import transaction

from investreview.accounts.models import User
from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.draws import permissions
from investreview.draws.models import Draw, Member, Reveal
from investreview.draws.names import RevealedPerson, next_to_reveal, open_name
from investreview.draws.rules import Verb
from investreview.draws.services.common import (
    lock_draw,
    note,
    require_not_operator,
    require_not_witness,
    require_own_scope,
    require_state,
)


def ask_reveal(*, draw_pk: int, no: int, user: User, scope: Scope, at: datetime) -> Reveal:
    """The operator has asked for the name behind ``no``, whose turn it is; it is shown once the witness agrees.

    Raises: NotVisible, Forbidden (draws_operator_only, draws_two_people), Invalid (draws_not_allowed_in_state,
    draws_reveal_not_member, draws_reveal_done, draws_reveal_waits, draws_reveal_not_in_turn).
    Journal: draw.ask_reveal
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_operate(scope, draw.commission))
        require_not_witness(draw, user)
        require_state(draw, Verb.ASK_REVEAL)
        member = _member_in_turn(draw, no)
        reveal = Reveal.objects.create(draw=draw, member=member, asked_by=user, asked_at=at)
        note(draw, Verb.ASK_REVEAL, actor=user.as_actor(), at=at, facts={"no": no})
        return reveal


def _member_in_turn(draw: Draw, no: int) -> Member:
    member = draw.members.filter(no=no, left_wave=None).select_related("reveal").first()
    if member is None:
        raise Invalid("draws_reveal_not_member", no=no)
    if getattr(member, "reveal", None) is not None:
        raise Invalid("draws_reveal_done", no=no)
    if draw.reveals.filter(confirmed_at=None).exists():
        raise Invalid("draws_reveal_waits")
    following = next_to_reveal(draw)
    if following != no:
        raise Invalid("draws_reveal_not_in_turn", no=no, following=following)
    return member


def confirm_reveal(*, draw_pk: int, no: int, user: User, scope: Scope, at: datetime) -> RevealedPerson:
    """The witness has agreed, and the name is shown to both. Again, it is shown again.

    Raises: NotVisible, Forbidden (draws_supervisor_only, draws_two_people), Invalid (draws_not_allowed_in_state,
    draws_reveal_not_asked, draws_seal_broken). Journal: draw.reveal, once, with the number and never the name.
    """
    require_own_scope(user, scope)
    with transaction.atomic():
        draw = lock_draw(draw_pk, scope)
        permissions.require(permissions.can_witness(scope, draw.commission))
        require_not_operator(draw, user)
        require_state(draw, Verb.REVEAL)
        reveal = Reveal.objects.select_for_update().filter(draw=draw, member__no=no).first()
        if reveal is None:
            raise Invalid("draws_reveal_not_asked", no=no)
        if reveal.confirmed_at is None:
            reveal.confirmed_by, reveal.confirmed_at = user, at
            reveal.save()
            note(draw, Verb.REVEAL, actor=user.as_actor(), at=at, facts={"no": no, "asked_by": reveal.asked_by_id})
        return open_name(draw, no)

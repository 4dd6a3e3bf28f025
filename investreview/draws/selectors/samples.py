"""What a sample brought; published at once, because a sample has nothing to hide."""

import json

from investreview.core.errors import Invalid
from investreview.core.scope import Scope
from investreview.draws.facts import Sample, SampledGroup, SampledProject
from investreview.draws.kinds import DrawKind
from investreview.draws.selectors.lists import draw_for


def sample(scope: Scope, draw_pk: int) -> Sample:
    """The frame with who is in and why, and the groups.

    Raises: NotVisible (draws_not_visible), Invalid (draws_no_sample) for a panel or before it was drawn.
    """
    draw = draw_for(scope, draw_pk)
    if draw.kind != DrawKind.SAMPLE or draw.result is None:
        raise Invalid("draws_no_sample")
    drawn = json.loads(bytes(draw.result))["sample"]
    chosen = set(drawn["random"])
    return Sample(
        projects=tuple(
            SampledProject(
                no=row["no"],
                code=row["code"],
                ent=row["ent"],
                band=row["band"],
                amount_wan=row["amount_wan"],
                is_must=row["must"],
                is_drawn=row["no"] in chosen,
            )
            for row in draw.snapshot_data["rows"]
        ),
        groups=tuple(
            SampledGroup(tuple(one["group"]), one["N"], one["n"], one["start"], tuple(one["picked"]))
            for one in drawn["groups"]
        ),
        total=drawn["total"],
        floor=drawn["floor"],
    )

"""Addresses of the experts' pools and of recusal."""

from django.urls import path

from experts.views import acts, expert, pool, recusals

app_name = "experts"

urlpatterns = [
    path("", pool.pool, name="pool"),
    path("new/", pool.new_expert, name="new_expert"),
    path("queue/", pool.queue, name="queue"),
    path("pool/<str:number>/", expert.expert, name="expert"),
    path("pool/<str:number>/facts/", expert.edit_expert, name="edit_expert"),
    path("pool/<str:number>/account/", acts.account, name="account"),
    path("pool/<str:number>/proposals/", acts.propose, name="propose"),
    path("pool/<str:number>/proposals/<int:pk>/admission/", acts.admit, name="admit"),
    path("pool/<str:number>/proposals/<int:pk>/refusal/", acts.refuse, name="refuse"),
    path("pool/<str:number>/removal/", acts.remove, name="remove"),
    path("pool/<str:number>/employers/", acts.add_employer, name="add_employer"),
    path("pool/<str:number>/employers/<int:pk>/end/", acts.end_employer, name="end_employer"),
    path("pool/<str:number>/employers/<int:pk>/match/", acts.match_employer, name="match_employer"),
    path("pool/<str:number>/conflicts/", acts.add_conflict, name="add_conflict"),
    path("pool/<str:number>/conflicts/<int:pk>/end/", acts.end_conflict, name="end_conflict"),
    path("pool/<str:number>/suspensions/", acts.suspend, name="suspend"),
    path("pool/<str:number>/suspensions/<int:pk>/lift/", acts.lift, name="lift"),
    path("dismissals/<int:pk>/confirmation/", recusals.confirm_hit, name="confirm_hit"),
    path("dismissals/<int:pk>/refusal/", recusals.refuse_hit, name="refuse_hit"),
    path("cases/<str:number>/avoidance/", recusals.avoidance, name="avoidance"),
    path("cases/<str:number>/recusals/", recusals.requests, name="recusals"),
    path("cases/<str:number>/recusals/letters/", recusals.enter, name="enter_recusal"),
    path("recusals/<int:pk>/withdrawal/", recusals.withdraw, name="withdraw_recusal"),
    path("recusals/<int:pk>/answer/", recusals.answer, name="answer_recusal"),
]

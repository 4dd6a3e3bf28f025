"""Addresses of post-evaluation."""

from django.urls import path

from investreview.evaluations.views import ceremony, due, notices, years

app_name = "evaluations"

urlpatterns = [
    path("", due.due, name="due"),
    path("projects/", due.projects, name="projects"),
    path("projects/<int:pk>/", due.project, name="project"),
    path("milestones/<int:pk>/withdraw/", due.withdraw, name="withdraw"),
    path("years/", years.years, name="years"),
    path("years/<int:pk>/", years.year, name="year"),
    path("years/<int:pk>/add/", years.add, name="add"),
    path("years/<int:pk>/leave-out/<int:project_id>/", years.leave_out, name="leave_out"),
    path("years/<int:pk>/take-back/<int:project_id>/", years.take_back, name="take_back"),
    path("years/<int:pk>/setup/", years.setup, name="setup"),
    path("years/<int:pk>/method/", years.method, name="method"),
    path("years/<int:pk>/freeze/", years.freeze, name="freeze"),
    path("years/<int:pk>/withdraw-freeze/", years.withdraw_freeze, name="withdraw_freeze"),
    path("years/<int:pk>/ceremony/", ceremony.ceremony, name="ceremony"),
    path("years/<int:pk>/announce/", ceremony.announce, name="announce"),
    path("years/<int:pk>/seal-sheet/", ceremony.seal_sheet, name="seal_sheet"),
    path("years/<int:pk>/numbers/", ceremony.numbers, name="numbers"),
    path("years/<int:pk>/sample/", ceremony.sample, name="sample"),
    path("years/<int:pk>/evidence/", ceremony.evidence, name="evidence"),
    path("years/<int:pk>/notices/", notices.notices, name="notices"),
    path("notices/", notices.all_notices, name="all_notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/hand-in/", notices.hand_in, name="hand_in"),
    path("notices/<int:pk>/check/", notices.check, name="check"),
    path("notices/<int:pk>/return/", notices.send_back, name="send_back"),
    path("notices/<int:pk>/sign/", notices.sign, name="sign"),
    path("notices/<int:pk>/deliver/", notices.deliver, name="deliver"),
    path("notices/<int:pk>/withdraw-signature/", notices.withdraw_signature, name="withdraw_signature"),
    path("notices/<int:pk>/reissue/", notices.reissue, name="reissue"),
    path("notices/<int:pk>/drop-reissue/", notices.drop_reissue, name="drop_reissue"),
    path("notices/<int:pk>/acknowledge/", notices.acknowledge, name="acknowledge"),
    path("mine/", notices.mine, name="mine"),
]

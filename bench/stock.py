"""The same eight steps on viewflow as it comes: its own process, its own nodes, nothing of ours."""

from typing import Any

from django.db import transaction
from viewflow import this
from viewflow.workflow import lock
from viewflow.workflow.base import Flow
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes import End, StartHandle, View
from viewflow.workflow.status import STATUS

from investreview.accounts.models import User


class StockFlow(Flow):
    """八个人工环节"""

    process_class = Process
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    begin = StartHandle(this.begin_process).Next(this.release)
    release = View(view=None).Next(this.confirm)
    confirm = View(view=None).Next(this.propose)
    propose = View(view=None).Next(this.check)
    check = View(view=None).Next(this.sign)
    sign = View(view=None).Next(this.deliver)
    deliver = View(view=None).Next(this.acknowledge)
    acknowledge = View(view=None).Next(this.end)
    end = End()

    def begin_process(self, activation: Any) -> Process:
        """The process as it was made."""
        process: Process = activation.process
        return process


def run_steps(user: User) -> Process:
    """A process has gone from its first to its last step: begin, then assign, start and execute seven times."""
    process: Process = StockFlow.begin.run()
    while True:
        waiting = Task.objects.filter(process=process, status=STATUS.NEW).first()
        if waiting is None:
            process.refresh_from_db()
            if process.finished is None:
                raise ValueError("the stock process stands still")
            return process
        with transaction.atomic(), waiting.activation() as activation:
            activation.assign(user)
            activation.start(None)
            activation.execute()

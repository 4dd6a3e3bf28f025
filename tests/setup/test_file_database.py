"""A database of one's own: commits are real, threads see them, nothing is left for the next test."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

pytestmark = pytest.mark.both_databases


def commit_in_a_thread(name: str) -> None:
    def work() -> None:
        try:
            with transaction.atomic():
                Group.objects.create(name=name)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.parametrize("run", [1, 2])
def test_what_a_thread_commits_is_seen_here_and_gone_in_the_next_test(file_database: str, run: int) -> None:
    before = Group.objects.filter(name="一组（示例）").count()
    commit_in_a_thread("一组（示例）")
    assert (before, Group.objects.filter(name="一组（示例）").count()) == (0, 1)


def test_the_shared_database_saw_none_of_it(db: None) -> None:
    assert Group.objects.filter(name="一组（示例）").count() == 0


def test_two_writers_queue_instead_of_failing(file_database: str) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def work(number: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                with transaction.atomic():
                    Group.objects.count()
                    Group.objects.create(name=f"{number}-{turn}")
        except BaseException as error:
            failures.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Group.objects.filter(name__contains="-").count() == 20

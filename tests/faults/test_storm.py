"""Whole filings on real servers while processes are killed: nothing lost, nothing twice. The long run is a command."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests import servers
from tests.architecture.source import ROOT
from tests.databases import database_url

SHORT = ("--minutes=0.1", "--drain=5", "--clients=1", "--cases=1", "--worker-kills=2", "--web-restarts=1")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "broker", [pytest.param("redis", marks=pytest.mark.redis), pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)]
)
def test_nothing_is_lost_or_doubled_while_processes_are_killed(file_database: str, broker: str) -> None:
    own_redis = urlsplit(servers.redis_url())._replace(path="/10").geturl()  # the storm empties it
    command = [sys.executable, "-m", "tests.faults.storm", "--broker", broker, "--database", database_url(), *SHORT]
    env = os.environ | {"TEST_REDIS_URL": own_redis}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["cases finished"] == 2
    assert report["worker kills"] >= 2 and report["web restarts"] >= 1
    assert report["acts in the database"] == report["acts acknowledged"] == 8 * 2

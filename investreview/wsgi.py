"""The door for web servers that speak WSGI (waitress). A demonstration database is refused where none is allowed."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")

application = get_wsgi_application()

from investreview.core.checks import refuse_demonstration  # noqa: E402 - the models are there only now

refuse_demonstration()

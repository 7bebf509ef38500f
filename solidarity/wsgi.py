"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solidarity.settings")
application = get_wsgi_application()

# Python looks for circles among what lives whenever 700 objects more were made than let go: a page
# makes tens of thousands, all of which go by themselves. What was loaded so far stays anyway.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)

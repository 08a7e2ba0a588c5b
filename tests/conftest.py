"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("gouji", deadline=None, print_blob=True)  # nothing here is judged by the clock
settings.load_profile("gouji")

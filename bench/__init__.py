"""Measures gouji beside openpyxl, in one run: ``python -m bench`` (``--write``, ``--check``)."""

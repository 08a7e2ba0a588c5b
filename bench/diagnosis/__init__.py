"""Measures what diagnosis finds in generated workbooks: ``python -m bench.diagnosis`` (``--write``)."""

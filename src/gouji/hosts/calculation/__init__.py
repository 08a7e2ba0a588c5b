"""Formulas without saved values: parsed by the ``formulas`` library, computed with Excel's meaning."""

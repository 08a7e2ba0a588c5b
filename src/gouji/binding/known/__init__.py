"""Workbooks of a layout that was met before: what their rules read is known, only figures are looked at."""

"""Hosts: books in, notes out. The only place that knows file formats and spreadsheet programs."""

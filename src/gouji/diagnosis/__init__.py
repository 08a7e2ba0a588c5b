"""Diagnosis: which cell, if it alone were different, would make the findings go away, and what it should print."""

"""Checking: the exact verdict on each bound instance."""

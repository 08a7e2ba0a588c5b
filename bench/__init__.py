"""Measurements: ratios of whole tasks, taken side by side in one run."""

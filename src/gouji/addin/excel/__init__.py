"""The Excel add-in: building it from its text, installing it, and what a click on its ribbon starts."""

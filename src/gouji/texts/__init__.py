"""Sentences of a text (情况说明) read as rows of named figures, so that rules judge them with the tables."""

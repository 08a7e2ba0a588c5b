"""Binding: rules of a pack to cells of recognised tables, as instances that the check only has to decide."""

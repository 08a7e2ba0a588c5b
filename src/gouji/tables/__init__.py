"""Standard forms: their definitions and how they are recognised on a sheet."""

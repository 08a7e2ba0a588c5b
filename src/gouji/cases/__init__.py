"""What rule packs are tried with: examples, whole cases, mutants of formulas, coverage of forms."""

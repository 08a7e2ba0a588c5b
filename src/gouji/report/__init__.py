"""What a run says, and its renderings."""

"""What data/ says."""

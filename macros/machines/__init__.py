"""What programs read: the API, the search, the offline copy."""

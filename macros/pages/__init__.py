"""What a macro puts on a page."""

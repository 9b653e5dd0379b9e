"""What is printed: sheets, the pocket deck, the book."""

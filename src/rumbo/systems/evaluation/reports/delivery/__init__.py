"""What goes with the documents of a delivery: the letter, the index of evidence and the list of digests."""

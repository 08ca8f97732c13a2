"""Pages of accounts, people and areas."""

"""What each area has programmed in time (A1-20), to be agreed with its head (A1-18)."""

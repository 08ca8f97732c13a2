"""What people ask and answer in the pages of the evaluation."""

"""Floor 2. What several systems stand on."""

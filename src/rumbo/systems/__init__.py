"""Floor 3. One folder per system of the source documents; a folder you could delete."""

"""What pages show, ready to be written: figures as they were stored, words in the reader's language, drawn charts."""

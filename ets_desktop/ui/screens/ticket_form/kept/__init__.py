"""Nothing typed is lost: the journal, what it brings back, and the way back from a clear."""

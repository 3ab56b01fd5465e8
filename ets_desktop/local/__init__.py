"""What belongs to this PC alone: the embedded database."""

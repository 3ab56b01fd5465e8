"""반품처리 and 교환처리: claims by type, step, hold and age, worked on several at once."""

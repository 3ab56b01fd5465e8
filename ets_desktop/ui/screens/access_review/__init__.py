"""접속기록: the access log as whoever supervises reviews it (spec 80)."""

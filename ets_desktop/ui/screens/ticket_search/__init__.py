"""전체상담이력: the tickets of everyone, found by whatever is known of them."""

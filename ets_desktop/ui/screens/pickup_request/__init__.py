"""택배회수요청: what comes back of an order, who fetches it, what the customer gets for it."""

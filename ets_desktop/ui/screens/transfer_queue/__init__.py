"""이관 큐: what is transferred and not done, for supervisors."""

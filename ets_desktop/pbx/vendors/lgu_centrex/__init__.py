"""LG U+ Centrex: REST for questions, dialling and history, and a callback that only tells rings."""

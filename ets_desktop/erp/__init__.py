"""What shops bring in and take out: order exports, SQL sources, logistics instructions."""

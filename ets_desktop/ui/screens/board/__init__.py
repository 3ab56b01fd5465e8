"""현황판 (spec 60): who is in which state, today's numbers and charts, the lists behind them."""

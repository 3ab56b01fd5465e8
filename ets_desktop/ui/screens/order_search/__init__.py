"""통합주문검색: finding an order by whatever the caller knows of it."""

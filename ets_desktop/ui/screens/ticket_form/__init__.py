"""CS접수정보 등록: the ticket in hand, its customer, its order, and what became of both."""

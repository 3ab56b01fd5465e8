"""What a press of 접수 버튼 바 does, from the rule that allows it to the answer of the database."""

"""접수정보 임시저장: the forms this agent put aside."""

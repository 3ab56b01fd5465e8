"""담당자관련이력: what an agent has still to do, in five lists with live counts."""

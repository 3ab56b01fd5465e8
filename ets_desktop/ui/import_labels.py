"""Korean words for why the import left a row out, or took it in with a doubt; no Qt here."""

IMPORT_REASONS = {
    "missing": "값이 없습니다",
    "not_a_number": "숫자가 아닙니다",
    "not_whole": "정수가 아닙니다",
    "negative": "음수입니다",
    "too_large": "값이 너무 큽니다",
    "too_long": "너무 깁니다",
    "not_a_date": "날짜가 아닙니다",
    "undecodable": "읽을 수 없는 글자가 있습니다",
    "cell_too_long": "칸 하나의 내용이 너무 깁니다",
    "quotes_unbalanced": "따옴표가 맞지 않습니다",
    "too_many_cells": "제목 행보다 칸이 많습니다",
    "scientific_notation": "지수 표기: 자릿수가 사라져 번호로 쓸 수 없습니다",
    "digits_lost": "숫자 칸이어서 자릿수가 사라졌습니다",
    "last_digit_may_be_lost": "16자리 숫자 칸: 마지막 자리가 0으로 바뀌었을 수 있습니다",
    "not_a_whole_number": "번호가 아닙니다",
    "became_a_date": "스프레드시트가 날짜로 바꾸었습니다",
    "not_a_phone_number": "전화번호가 아닙니다",
    "not_a_postcode": "우편번호가 아닙니다",
}

"""Korean words for the way to the couriers and back; no Qt here, as in labels.py."""

#: What 주소 정제 says beside its codes.
REFINE_WARNINGS = {"refine_may_be_late": "배송이 늦어질 수 있는 지역입니다."}

#: What is odd about a waybill number, which is taken all the same.
WAYBILL_DOUBTS = {
    "waybill_not_digits": "숫자가 아닌 송장번호입니다.",
    "waybill_length": "이 택배사의 송장번호 자릿수가 아닙니다.",
    "waybill_check_digit": "송장번호의 검증 숫자가 맞지 않습니다.",
}

COURIER_ERRORS = {
    "courier_not_set": "설정에 없는 택배사입니다. [couriers.{courier}]를 채우십시오.",
    "courier_unknown": "모르는 택배사입니다: {name}",
    "courier_not_online": "엑셀로 접수하는 택배사입니다: {courier}",
    "courier_no_sheet": "엑셀 접수 양식이 없는 택배사입니다: {courier}",
    "courier_cannot": "이 택배사가 하지 않는 일입니다: {courier}",
    "courier_option": "택배사 설정이 맞지 않습니다: {name}, {option} ({expected})",
    "courier_secret_file": "택배사 설정의 비밀 파일을 읽을 수 없습니다: {name}, {option}",
    "courier_secret_mode": "택배사 비밀 파일은 소유자만 읽어야 합니다(0600): {name}, {option}",
    "courier_unreachable": "택배사에 연결할 수 없습니다. 다시 보냅니다.",
    "courier_silent": "택배사가 시간 안에 답하지 않았습니다. 다시 보냅니다.",
    "courier_login": "택배사가 고객사코드나 사업자번호를 받지 않습니다. 설정을 확인하십시오.",
    "courier_busy": "택배사가 지금 처리하지 못합니다. 다시 보냅니다.",
    "courier_malformed": "택배사의 답을 읽을 수 없습니다. 다시 보냅니다.",
    "courier_refused": "택배사가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오.",
    "courier_same_address": "회송지와 반품센터의 주소가 같아 택배사가 받지 않습니다.",
    "courier_file": "접수 파일을 쓸 수 없습니다. 다시 씁니다.",
    "courier_cannot_cancel": "이 택배사는 취소를 전화로 받습니다. 택배사에 직접 알리십시오.",
    "refine_bad_parameter": "주소 정제에 보낸 값이 잘못되었습니다.",
    "refine_unknown_customer": "택배사에 등록되지 않은 고객사입니다.",
    "refine_not_understood": "택배사가 주소를 알아보지 못했습니다. 주소를 확인하십시오.",
    "refine_no_district": "집배권역이 없는 주소입니다.",
    "refine_branch_closed": "담당 점소가 폐점했거나 운영을 멈췄습니다.",
    "refine_no_driver": "담당 사원이 정해지지 않은 주소입니다.",
    "refine_no_code": "도착지코드를 찾지 못한 주소입니다.",
    "refine_no_short_address": "분류주소를 찾지 못한 주소입니다.",
    "refine_contract_ended": "택배사와의 계약이 끝났습니다.",
    "refine_not_delivered": "택배사가 배송하지 않는 지역입니다.",
    "pickup_of_other_courier": "다른 택배사의 회수 요청입니다.",
    "pickup_called_off": "취소된 회수 요청입니다.",
    "pickup_has_waybill": "이미 다른 송장번호로 수거된 회수 요청입니다.",
    "results_without_columns": "고객주문번호와 운송장번호 열이 있는 결과 파일이 아닙니다.",
    "result_without_key": "고객주문번호가 없습니다.",
    "result_foreign_key": "우리가 보낸 고객주문번호가 아닙니다.",
    "result_without_waybill": "운송장번호가 없습니다.",
    "result_no_waybill": "송장번호로 볼 수 없는 값입니다.",
    "result_waybill_twice": "같은 송장번호가 다른 요청에도 있습니다.",
}

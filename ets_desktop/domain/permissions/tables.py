"""What each role does with each table, as granted to its own group, without what it inherits."""

from collections.abc import Mapping
from typing import Final

from ets_desktop.domain.permissions import ALL, Rights

TABLES: Final[Mapping[str, Mapping[str, Rights]]] = {
    "abusive_call": {
        "agent": Rights(read=ALL, add="call_id agent_id warnings_read"),
    },
    "access_log": {
        "agent": Rights(add="action subject condition row_count persons"),
        "supervisor": Rights(read=ALL),
        "technician": Rights(add="action subject condition row_count persons"),
        "warehouse": Rights(add="action subject condition row_count persons"),
    },
    "activity": {
        "agent": Rights(read=ALL, add="ticket_id kind call_id note agent_id"),
        "warehouse": Rights(read="id", add="ticket_id kind note agent_id"),
    },
    "agent": {
        "agent": Rights(read=ALL),
        "supervisor": Rights(change="team_id"),
        "admin": Rights(change="name team_id"),
        "warehouse": Rights(read=ALL),
        "gateway": Rights(read=ALL),
    },
    "agent_state_change": {
        "agent": Rights(read=ALL),
    },
    "alembic_version": {
        "agent": Rights(read=ALL),
        "technician": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
        "gateway": Rights(read=ALL),
        "erp": Rights(read=ALL),
    },
    "approval": {
        "agent": Rights(
            read=ALL,
            add="kind ticket_id claim_id amount list_name customer_id conditions row_count "
            "persons reason asked_by",
            change="state answer_reason",
        ),
        "warehouse": Rights(
            read=ALL,
            add="kind ticket_id claim_id amount list_name customer_id conditions row_count "
            "persons reason asked_by",
            change="state answer_reason",
        ),
    },
    "approval_history": {
        "supervisor": Rights(read=ALL),
    },
    "ars_session": {
        "agent": Rights(read=ALL),
        "admin": Rights(
            add="session_id order_no name phone phone_typed answered_at kind category amount "
            "packing_fee menu reached_final ended_at",
            change="session_id order_no name phone phone_typed answered_at kind category amount "
            "packing_fee menu reached_final ended_at",
        ),
        "gateway": Rights(
            read=ALL,
            add="session_id order_no name phone phone_typed answered_at kind category amount "
            "packing_fee menu reached_final ended_at",
            change="session_id order_no name phone phone_typed answered_at kind category amount "
            "packing_fee menu reached_final ended_at",
        ),
    },
    "call": {
        "agent": Rights(read=ALL, change="customer_id"),
        "gateway": Rights(read=ALL, add=ALL, change=ALL),
    },
    "call_event": {
        "agent": Rights(read=ALL),
        "gateway": Rights(read=ALL, add=ALL),
    },
    "call_leg": {
        "agent": Rights(read=ALL, change="handled_at"),
        "gateway": Rights(read=ALL, add=ALL, change=ALL),
    },
    "call_tie": {
        "agent": Rights(read=ALL),
    },
    "callback": {
        "agent": Rights(
            read=ALL,
            add="ticket_id number due_at assignee_id attempts",
            change="number due_at assignee_id attempts outcome done_at reminded_for "
            "reminding_until",
        ),
    },
    "claim": {
        "agent": Rights(
            read=ALL,
            add="client_id claim_type order_id ticket_id source channel_status "
            "channel_status_detail reason reason_note note discovered_on fee_payer "
            "fee fee_method fee_deducted exchange_amount ship_name ship_phone "
            "ship_mobile ship_zipcode ship_address ship_address_detail created_by "
            "updated_by",
            change="held hold_reason hold_note channel_status channel_status_detail "
            "reason_note note discovered_on fee_payer fee fee_method fee_deducted "
            "ship_name ship_phone ship_mobile ship_zipcode ship_address "
            "ship_address_detail updated_by",
        ),
        "warehouse": Rights(read=ALL, change="fee_deducted updated_by"),
        "erp": Rights(
            read=ALL, change="channel_status channel_status_detail fee_deducted updated_by"
        ),
    },
    "claim_history": {
        "agent": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL),
    },
    "claim_line": {
        "agent": Rights(
            read=ALL,
            add="claim_id order_line_id quantity step",
            change="step inspection inspection_note photos decision decision_reason",
        ),
        "warehouse": Rights(
            read=ALL, change="step inspection inspection_note photos decision decision_reason"
        ),
        "erp": Rights(read=ALL, change="step"),
    },
    "customer": {
        "agent": Rights(
            read=ALL,
            add="name initials grade flagged flagged_reason login_id zipcode address "
            "address_detail created_by updated_by address_kind occupation coupon "
            "introducer client_id cashback mailing",
            change="name initials grade flagged flagged_reason login_id zipcode address "
            "address_detail last_contact_at version updated_at updated_by "
            "address_kind occupation coupon introducer cashback mailing",
        ),
        "warehouse": Rights(read=ALL),
    },
    "customer_address": {
        "agent": Rights(
            read=ALL, add="customer_id kind zipcode address address_detail", remove=True
        ),
    },
    "customer_history": {
        "agent": Rights(read=ALL),
    },
    "customer_merge": {
        "agent": Rights(read=ALL, add="kept_id merged_id merged_by", change="undone_at undone_by"),
    },
    "customer_phone": {
        "agent": Rights(
            read=ALL, add="customer_id typed digits kind", change="captured_at", remove=True
        ),
        "gateway": Rights(read="id digits kind"),
    },
    "desk": {
        "agent": Rights(read=ALL),
        "technician": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
    },
    "desk_session": {},
    "dial_request": {
        "agent": Rights(read=ALL, add="client_id agent_id extension number ticket_id callback_id"),
        "gateway": Rights(read=ALL, change="taken_at answered_at outcome"),
    },
    "draft": {
        "agent": Rights(read=ALL, add=ALL, change=ALL, remove=True),
    },
    "duty_watch": {},
    "erp_source": {
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "exchange_line": {
        "agent": Rights(read=ALL, add="claim_id product_id option unit_price quantity"),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL),
    },
    "export_alert": {
        "supervisor": Rights(read=ALL, change="seen_at"),
    },
    "gateway_link": {
        "agent": Rights(read=ALL),
        "gateway": Rights(read=ALL, add=ALL, change=ALL),
    },
    "holiday": {
        "agent": Rights(read=ALL),
        "admin": Rights(add="day name works", change="day name works", remove=True),
        "technician": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
        "gateway": Rights(read=ALL),
    },
    "import_run": {
        "supervisor": Rights(read=ALL),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "logistics_instruction": {
        "agent": Rights(read=ALL, add="key kind order_id claim_id claim_line_id body created_by"),
        "admin": Rights(change="state tries next_try_at error"),
        "warehouse": Rights(
            read=ALL, add="key kind order_id claim_id claim_line_id body created_by"
        ),
        "erp": Rights(read=ALL, change="state tries next_try_at error"),
    },
    "missed_call": {
        "agent": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
    },
    "order_line": {
        "agent": Rights(read=ALL),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "person_name": {
        "agent": Rights(read=ALL),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "pickup": {
        "agent": Rights(
            read=ALL,
            add="claim_id order_id retry_of attempt courier original_waybill "
            "return_waybill wished_on customer_name name phone mobile zipcode "
            "address address_detail note refined requested_by",
            change="state failure_state failure_code failure_text original_waybill "
            "return_waybill refined send_state send_error send_tries send_after "
            "booking_no sent_body sent_at tracked_at",
        ),
        "warehouse": Rights(read=ALL, change="state return_waybill"),
        "erp": Rights(
            read=ALL,
            change="state failure_state failure_code failure_text original_waybill "
            "return_waybill refined send_state send_error send_tries send_after "
            "booking_no sent_body sent_at tracked_at",
        ),
    },
    "pickup_event": {
        "agent": Rights(
            read=ALL, add="pickup_id event_key kind state courier_state code place words at"
        ),
        "warehouse": Rights(read=ALL),
        "erp": Rights(
            read=ALL, add="pickup_id event_key kind state courier_state code place words at"
        ),
    },
    "product": {
        "agent": Rights(read=ALL),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "public_holiday": {
        "agent": Rights(read=ALL),
        "technician": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
        "gateway": Rights(read=ALL, add=ALL, change=ALL, remove=True),
    },
    "refund_account": {
        "agent": Rights(read=ALL, add="claim_id key_id sealed", change="key_id sealed"),
        "warehouse": Rights(read="claim_id"),
        "erp": Rights(read=ALL),
    },
    "rights_change": {
        "supervisor": Rights(read=ALL),
    },
    "sales_channel": {
        "agent": Rights(read=ALL),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "sales_order": {
        "agent": Rights(read=ALL, change="customer_id"),
        "admin": Rights(read=ALL, add=ALL, change=ALL),
        "warehouse": Rights(read=ALL),
        "erp": Rights(read=ALL, add=ALL, change=ALL),
    },
    "save_receipt": {
        "agent": Rights(add="save_id agent_id"),
        "warehouse": Rights(add="save_id agent_id"),
    },
    "setting": {
        "agent": Rights(read=ALL),
        "supervisor": Rights(add="key value", change="value"),
        "admin": Rights(add=ALL, change=ALL, remove=True),
        "warehouse": Rights(read=ALL),
    },
    "setting_change": {
        "supervisor": Rights(read=ALL),
    },
    "statistics_call_part": {
        "supervisor": Rights(read=ALL),
    },
    "statistics_day": {
        "supervisor": Rights(read=ALL),
    },
    "statistics_mark": {
        "supervisor": Rights(read=ALL),
    },
    "statistics_part": {
        "supervisor": Rights(read=ALL),
    },
    "task_offer": {
        "agent": Rights(read=ALL),
        "technician": Rights(read=ALL),
        "warehouse": Rights(read=ALL),
    },
    "team": {
        "agent": Rights(read=ALL),
        "supervisor": Rights(add="name", change="name active"),
        "admin": Rights(add=ALL, change=ALL),
        "warehouse": Rights(read=ALL),
    },
    "template": {
        "agent": Rights(read=ALL),
        "supervisor": Rights(
            add="title body ticket_type sort active",
            change="title body ticket_type sort active",
            remove=True,
        ),
        "admin": Rights(
            add="title body ticket_type sort active",
            change="title body ticket_type sort active",
            remove=True,
        ),
    },
    "ticket": {
        "agent": Rights(
            read=ALL,
            add="client_id status ticket_type category_id origin title content tags "
            "customer_id caller_number order_id order_line_id due_on resolution "
            "customer_confirmed assignee_id assignee_team_id created_by updated_by "
            "completed_at completed_by discard_reason follow_up_of",
            change="version status ticket_type category_id origin title content tags "
            "customer_id caller_number order_id order_line_id due_on resolution "
            "customer_confirmed assignee_id assignee_team_id updated_by "
            "completed_at completed_by discard_reason",
        ),
        "warehouse": Rights(read=ALL),
        "supervisor": Rights(change="priority"),
        "erp": Rights(read="id ticket_no customer_id assignee_id assignee_team_id"),
    },
    "ticket_category": {
        "agent": Rights(read=ALL),
        "admin": Rights(add=ALL, change=ALL),
    },
    "ticket_day": {},
    "ticket_history": {
        "agent": Rights(read=ALL),
    },
    "ticket_presence": {
        "agent": Rights(
            read=ALL, add="desk_id ticket_id agent_id", change="ticket_id seen_at", remove=True
        ),
    },
    "transfer": {
        "agent": Rights(
            read=ALL,
            add="ticket_id hop from_agent_id to_agent_id to_team_id reason",
            change="seen_at accepted_at returned_at return_reason recalled_at",
        ),
    },
    "unmatched_return": {
        "agent": Rights(
            read=ALL,
            add="client_id waybill courier sender_name sender_phone order_no note "
            "photos received_by",
            change="sender_name sender_phone order_no note photos claim_id",
        ),
        "warehouse": Rights(
            read=ALL,
            add="client_id waybill courier sender_name sender_phone order_no note "
            "photos received_by",
            change="sender_name sender_phone order_no note photos claim_id",
        ),
        "erp": Rights(read=ALL),
    },
}

#: The policies that tell whose rows are whose; a table with one has row level security on.
ROW_RULES: Final[Mapping[str, frozenset[str]]] = {
    "agent_state_change": frozenset({"agent_state_change_own"}),
    "approval": frozenset({"approval_answered", "approval_asked", "approval_seen"}),
    "dial_request": frozenset({"dial_gateway", "dial_own"}),
    "draft": frozenset({"draft_owner"}),
    "setting": frozenset({"setting_admin", "setting_due_days", "setting_read"}),
    "ticket_presence": frozenset({"presence_own", "presence_seen", "presence_swept"}),
}

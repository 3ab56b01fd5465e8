"""How a plain SQL shell goes about each action of the table of permissions.

Each statement answers with a row whose only value is true where the action was done. `%(me)s` and
the other names are rows of `tests/db/world.py`, most of them the trying person's own, so that
nothing but the missing right stands in the way.
"""

TICKET = (
    "INSERT INTO ticket (client_id, ticket_type, content, due_on, caller_number, created_by,"
    " updated_by) VALUES (gen_random_uuid(), 'general', '문의', current_date, '01000000001',"
)
SET_TICKET = "UPDATE ticket SET {} WHERE id = %({})s RETURNING {}"

#: What may be done, and what may not: by nobody, or not by everybody.
TRIES = {
    "ticket.receive": f"{TICKET} %(me)s, %(me)s) RETURNING created_by = %(me)s",
    "ticket.receive_for_another": f"{TICKET} %(other)s, %(other)s) RETURNING created_by ="
    f" %(other)s",
    "ticket.save": SET_TICKET.format("content = 'x'", "ticket", "updated_by = %(me)s"),
    "ticket.change_creator": SET_TICKET.format("created_by = %(other)s", "ticket", "true"),
    "ticket.change_times": SET_TICKET.format("created_at = 'epoch'", "ticket", "true"),
    "ticket.change_number": SET_TICKET.format("ticket_no = '991231-00001'", "ticket", "true"),
    "ticket.skip_a_version": SET_TICKET.format("version = 40", "ticket", "version = 40"),
    "ticket.complete": SET_TICKET.format(
        "status = 'completed', completed_at = now(), completed_by = %(me)s",
        "ticket",
        "completed_by = %(me)s",
    ),
    "ticket.complete_for_another": SET_TICKET.format(
        "status = 'completed', completed_at = 'epoch', completed_by = %(other)s",
        "ticket",
        "completed_by = %(other)s OR completed_at = 'epoch'",
    ),
    "ticket.change_completed": SET_TICKET.format("content = 'x'", "closed_ticket", "true"),
    "ticket.give_priority": SET_TICKET.format("priority = 'high'", "ticket", "true"),
    "ticket.reopen": SET_TICKET.format(
        "status = 'received', completed_at = NULL, completed_by = NULL", "closed_ticket", "true"
    ),
    "ticket.delete": "DELETE FROM ticket WHERE id = %(ticket)s RETURNING true",
    "ticket.read_history": "SELECT true FROM ticket_history WHERE ticket_id = %(ticket)s LIMIT 1",
    "ticket.write_history": "INSERT INTO ticket_history (ticket_id, version, field)"
    " VALUES (%(ticket)s, 1, 'content') RETURNING true",
    "ticket.rewrite_history": "UPDATE ticket_history SET new = '' WHERE ticket_id = %(ticket)s"
    " RETURNING true",
    "ticket.delete_history": "DELETE FROM ticket_history WHERE ticket_id = %(ticket)s"
    " RETURNING true",
    "ticket.note": "INSERT INTO activity (ticket_id, kind, note) VALUES (%(ticket)s, 'note', 'x')"
    " RETURNING id > 0",
    "ticket.note_for_another": "WITH added AS (INSERT INTO activity (ticket_id, kind, note,"
    " agent_id)"
    " VALUES (%(ticket)s, 'note', 'x', %(other)s) RETURNING agent_id)"
    " SELECT agent_id = %(other)s FROM added",
    "draft.keep": "INSERT INTO draft (id, agent_id, kind, form)"
    " VALUES (gen_random_uuid(), %(me)s, 'manual', '{}')"
    " RETURNING true",
    "draft.read_anothers": "SELECT true FROM draft WHERE id = %(others_draft)s",
    "draft.change_anothers": "UPDATE draft SET form = '{}' WHERE id = %(others_draft)s"
    " RETURNING true",
    "draft.delete_anothers": "DELETE FROM draft WHERE id = %(others_draft)s RETURNING true",
    "draft.give_away": "INSERT INTO draft (id, agent_id, kind, form)"
    " VALUES (gen_random_uuid(), %(other)s, 'manual', '{}')",
    "transfer.offer": "INSERT INTO transfer (ticket_id, hop, from_agent_id, to_agent_id)"
    " VALUES (%(ticket)s, 1, %(me)s, %(other)s) RETURNING from_agent_id = %(me)s",
    "transfer.offer_for_another": "INSERT INTO transfer (ticket_id, hop, from_agent_id,"
    " to_agent_id)"
    " VALUES (%(ticket)s, 1, %(third)s, %(other)s) RETURNING from_agent_id = %(third)s",
    "transfer.accept": "UPDATE transfer SET accepted_at = now() WHERE id = %(offer)s RETURNING"
    " true",
    "transfer.return_anothers": "UPDATE transfer SET returned_at = now(), return_reason = 'x'"
    " WHERE id = %(others_offer)s RETURNING true",
    "transfer.unsettle": "UPDATE transfer SET accepted_at = NULL WHERE id = %(settled_offer)s"
    " RETURNING true",
    "transfer.rewrite": "UPDATE transfer SET from_agent_id = %(me)s WHERE id = %(others_offer)s"
    " RETURNING true",
    "callback.promise": "INSERT INTO callback (ticket_id, number, due_at, assignee_id)"
    " VALUES (%(ticket)s, '01000000001', now() + interval '1 hour', %(me)s) RETURNING true",
    "callback.settle": "UPDATE callback SET outcome = 'succeeded', done_at = now()"
    " WHERE id = %(callback)s RETURNING outcome = 'succeeded'",
    "callback.change_settled": "UPDATE callback SET outcome = 'cancelled'"
    " WHERE id = %(settled_callback)s RETURNING true",
    "callback.remind_of_anothers": "UPDATE callback SET reminded_for = due_at"
    " WHERE id = %(others_callback)s RETURNING true",
    "customer.change": "UPDATE customer SET name = '김새이름' WHERE id = %(customer)s RETURNING"
    " true",
    "customer.delete": "DELETE FROM customer WHERE id = %(customer)s RETURNING true",
    "customer.merge": "INSERT INTO customer_merge (kept_id, merged_id)"
    " VALUES (%(customer)s, %(second_customer)s) RETURNING true",
    "customer.rewrite_history": "UPDATE customer_history SET new = '' RETURNING true",
    "customer.find_by_number": "SELECT count(*) = 1 FROM customers_with_number_ending('0160')",
    "customer.read_numbers": "SELECT true FROM customer_phone WHERE digits = '01000000160'",
    "order.import": "INSERT INTO sales_order (channel_id, channel_order_no, ordered_at,"
    " orderer_name,"
    " orderer_initials, recipient_name, recipient_initials) SELECT id, 'new-1', now(), '김정민',"
    " 'ㄱㅈㅁ', '이수취', 'ㅇㅅㅊ' FROM sales_channel LIMIT 1 RETURNING true",
    "order.delete": "DELETE FROM sales_order WHERE id = %(order)s RETURNING true",
    "claim.open": "WITH t AS (INSERT INTO ticket (client_id, ticket_type, content, due_on,"
    " caller_number, created_by, updated_by) VALUES (gen_random_uuid(), 'return', '반품',"
    " current_date, '01000000001', %(me)s, %(me)s) RETURNING id)"
    " INSERT INTO claim (client_id, claim_type, order_id, ticket_id, reason, fee_payer, created_by,"
    " updated_by) SELECT gen_random_uuid(), 'return', %(order)s, id, 'fault', 'seller', %(me)s,"
    " %(me)s FROM t RETURNING created_by = %(me)s",
    "claim.accept": "UPDATE claim_line SET step = 'accepted' WHERE claim_id = %(claim)s"
    " RETURNING true",
    "claim.skip_steps": "UPDATE claim_line SET step = 'done', decision = 'refund'"
    " WHERE claim_id = %(claim)s RETURNING true",
    "claim.change_origin": "UPDATE claim SET created_by = %(third)s WHERE id = %(claim)s"
    " RETURNING true",
    "claim.rewrite_history": "UPDATE claim_history SET new = '' WHERE claim_id = %(claim)s"
    " RETURNING true",
    "claim.seal_account": "UPDATE refund_account SET sealed = 'x' WHERE claim_id = %(claim)s"
    " RETURNING true",
    "claim.read_sealed_account": "SELECT sealed IS NOT NULL FROM refund_account"
    " WHERE claim_id = %(claim)s",
    "claim.instruct_logistics": "INSERT INTO logistics_instruction (key, kind, order_id, claim_id)"
    " VALUES ('new', 'stock_in', %(order)s, %(claim)s) RETURNING true",
    "claim.change_instruction": "UPDATE logistics_instruction SET body = '[1]'"
    " WHERE claim_id = %(claim)s RETURNING true",
    "claim.retry_instruction": "UPDATE logistics_instruction SET state = 'waiting'"
    " WHERE claim_id = %(claim)s RETURNING true",
    "approval.ask": "INSERT INTO approval (kind, ticket_id, reason, asked_by)"
    " VALUES ('reopen', %(closed_ticket)s, 'x', %(me)s) RETURNING asked_by = %(me)s",
    "approval.ask_for_another": "INSERT INTO approval (kind, ticket_id, reason, asked_by)"
    " VALUES ('reopen', %(closed_ticket)s, 'x', %(other)s) RETURNING asked_by = %(other)s",
    "approval.answer": "UPDATE approval SET state = 'approved' WHERE id = %(others_approval)s"
    " RETURNING state = 'approved'",
    "approval.answer_own": "UPDATE approval SET state = 'approved' WHERE id = %(approval)s"
    " RETURNING state = 'approved'",
    "approval.withdraw": "UPDATE approval SET state = 'withdrawn' WHERE id = %(approval)s"
    " RETURNING true",
    "approval.withdraw_anothers": "UPDATE approval SET state = 'withdrawn'"
    " WHERE id = %(others_approval)s RETURNING true",
    "approval.change_answer": "UPDATE approval SET state = 'refused', answer_reason = 'x'"
    " WHERE id = %(answered)s"
    " RETURNING true",
    "approval.change_what_was_asked": "UPDATE approval SET reason = 'y'"
    " WHERE id = %(approval)s RETURNING true",
    "approval.read_anothers_export": "SELECT true FROM approval WHERE id = %(others_export)s",
    "approval.rewrite_history": "UPDATE approval_history SET state = ''",
    "approval.refund_without": "UPDATE claim_line SET step = 'done', decision = 'refund'"
    " WHERE claim_id = %(large_claim)s RETURNING true",
    "approval.instruct_refund_without": "INSERT INTO logistics_instruction (key, kind, order_id,"
    " claim_id, body) VALUES ('new', 'refund', %(order)s, %(large_claim)s, '{\"amount\": 400000}')"
    " RETURNING true",
    "approval.export_without": "INSERT INTO access_log (action, subject, persons)"
    " VALUES ('export', 'list/주문목록', 100)",
    "ars.record": "INSERT INTO ars_session (session_id, answered_at) VALUES ('new', now())"
    " ON CONFLICT (session_id) DO UPDATE SET ended_at = now() RETURNING true",
    "ars.delete": "DELETE FROM ars_session RETURNING true",
    "call.record": "INSERT INTO call (link, vendor_call_id, direction, caller_number, rang_at)"
    " VALUES ('office', 'new', 'in', '01000000001', now()) RETURNING true",
    "call.rewrite_event": "UPDATE call_event SET details = '{}' WHERE call_id = %(call)s"
    " RETURNING true",
    "call.tie_customer": "UPDATE call SET customer_id = %(customer)s WHERE id = %(call)s"
    " RETURNING true",
    "call.dial": "INSERT INTO dial_request (client_id, agent_id, extension, number)"
    " VALUES (gen_random_uuid(), %(me)s, '', '01000000001') RETURNING agent_id = %(me)s",
    "call.dial_from_anothers": "INSERT INTO dial_request (client_id, agent_id, extension, number)"
    " VALUES (gen_random_uuid(), %(other)s, '900', '01000000001')"
    " RETURNING agent_id = %(other)s OR extension = '900'",
    "call.read_anothers_dialling": "SELECT true FROM dial_request WHERE agent_id = %(other)s"
    " LIMIT 1",
    "state.choose": "SELECT choose_agent_state(%(me)s, 'rest', %(chosen)s) = 'rest'"
    " WHERE %(chosen)s = 'chosen'",
    "state.follow_telephone": "SELECT choose_agent_state(%(other)s, 'rest', 'pbx') = 'rest'",
    "state.force_anothers": "SELECT force_agent_state(%(other)s, 'rest', '교육') = 'rest'",
    "state.force_without_reason": "SELECT force_agent_state(%(other)s, 'rest', ' ') = 'rest'",
    "state.force_by_choosing": "SELECT choose_agent_state(%(other)s, 'rest', 'chosen') = 'rest'",
    "state.write": "UPDATE agent SET state = 'ready' WHERE id = %(me)s RETURNING true",
    "state.read_anothers_changes": "SELECT true FROM agent_state_change"
    " WHERE agent_id = %(other)s LIMIT 1",
    "desk.sit_down": "WITH d AS (SELECT be_at_desk(%(desk)s, %(me)s)) SELECT true FROM d",
    "desk.sit_down_for_another": "SELECT be_at_desk(%(desk)s, %(other)s);"
    " SELECT agent_id = %(other)s FROM desk WHERE desk_id = %(desk)s",
    "desk.log_another_off": "SELECT log_agent_off(%(other)s, '퇴근')",
    "desk.log_off_without_reason": "SELECT log_agent_off(%(other)s, '')",
    "access_log.write": "INSERT INTO access_log (action) VALUES ('show_order')",
    "access_log.write_for_another": "INSERT INTO access_log (action, login)"
    " VALUES ('show_order', 'somebody')",
    "access_log.read": "SELECT true FROM access_log LIMIT 1",
    "access_log.rewrite": "UPDATE access_log SET action = ''",
    "access_log.delete": "DELETE FROM access_log",
    "access_log.empty": "TRUNCATE access_log",
    "rights_log.read": "SELECT true FROM rights_change LIMIT 1",
    "rights_log.write": "INSERT INTO rights_change (subject, change) VALUES ('x', 'password')",
    "rights_log.rewrite": "UPDATE rights_change SET new = 'agent'",
    "rights_log.delete": "DELETE FROM rights_change",
    "setting_log.read": "SELECT true FROM setting_change LIMIT 1",
    "setting_log.write": "INSERT INTO setting_change (kind, subject, name, change)"
    " VALUES ('team', '1', 'x', 'removed')",
    "setting_log.rewrite": "UPDATE setting_change SET new = NULL",
    "setting_log.delete": "DELETE FROM setting_change",
    "trails.forget": "SELECT true FROM forget_what_is_done(1)",
    "login.add": "SELECT add_agent('newcomer', '새사람', 'agent', NULL, NULL, %(verifier)s, '') >"
    " 0",
    "login.change_role": "WITH d AS (SELECT set_agent_role(%(subject)s, 'warehouse', ''))"
    " SELECT true FROM d",
    "login.change_extension": "WITH d AS (SELECT set_agent_extension(%(subject)s, '998', ''))"
    " SELECT true FROM d",
    "login.set_anothers_password": "WITH d AS (SELECT set_login_password(%(subject)s, %(verifier)s,"
    " '')) SELECT true FROM d",
    "login.set_own_password": "DO $$ BEGIN EXECUTE format('ALTER ROLE %%I PASSWORD %%L',"
    " session_user, %(verifier)s); END $$",
    "login.disable": "WITH d AS (SELECT set_login_enabled(%(idle)s, false, '')) SELECT true FROM d",
    "login.disable_with_open_work": "WITH d AS (SELECT set_login_enabled(%(subject)s, false, ''))"
    " SELECT true FROM d",
    "login.end_sessions": "SELECT end_sessions_of(%(disabled)s) = 0",
    "login.make_first_admin": "SELECT add_first_admin('newcomer', '새사람', %(verifier)s) > 0",
    "login.write_role": "UPDATE agent SET role = 'admin' WHERE id = %(me)s RETURNING true",
    "login.create": "CREATE ROLE newcomer LOGIN",
    "login.grant_group": "DO $$ BEGIN EXECUTE format('GRANT ets_admin TO %%I', session_user);"
    " END $$",
    "login.become_owner": "SET SESSION AUTHORIZATION ets_owner",
    "agent.rename": "UPDATE agent SET name = '김새이름' WHERE id = %(me)s RETURNING true",
    "agent.change_team": "UPDATE agent SET team_id = %(team)s WHERE id = %(other)s RETURNING true",
    "team.add": "INSERT INTO team (name) VALUES ('새팀') RETURNING true",
    "team.rename": "UPDATE team SET name = '새이름팀' WHERE id = %(team)s RETURNING true",
    "team.close": "UPDATE team SET active = false WHERE id = %(team)s RETURNING true",
    "team.close_with_open_work": "UPDATE team SET active = false WHERE id = %(busy_team)s"
    " RETURNING true",
    "ticket.give_to_closed_team": "UPDATE ticket SET assignee_id = NULL, assignee_team_id ="
    " %(closed_team)s, updated_by = %(me)s WHERE id = %(ticket)s RETURNING true",
    "setting.change": "UPDATE setting SET value = '{}' WHERE key = 'agent_times' RETURNING true",
    "setting.change_due_days": "INSERT INTO setting (key, value) VALUES ('default_due_days', '{}')"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING true",
    "holiday.change": "INSERT INTO holiday (day, name) VALUES ('2026-12-31', '휴무') RETURNING"
    " true",
    "category.change": "UPDATE ticket_category SET active = false WHERE id = %(category)s"
    " RETURNING true",
    "template.change": "UPDATE template SET body = 'x' WHERE id = %(template)s RETURNING true",
    "schema.create": "CREATE TABLE mine (id bigint)",
    "schema.disable_guard": "ALTER TABLE ticket DISABLE TRIGGER ticket_guard",
    "schema.skip_guards": "SET session_replication_role = replica",
    "server.read_file": "SELECT pg_read_file('PG_VERSION') <> ''",
    "server.run_program": "COPY (SELECT 1) TO PROGRAM 'cat'",
    "server.end_anothers_session": "SELECT pg_terminate_backend(%(others_pid)s)",
}

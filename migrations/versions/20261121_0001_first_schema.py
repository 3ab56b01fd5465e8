"""first schema: people, customers, orders, tickets, calls, the access log"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


NEXT_TICKET_NO = """
CREATE FUNCTION next_ticket_no() RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- One row a day is the day's sequence: numbers never repeat, whatever the session's time zone.
    INSERT INTO ticket_day AS d (day, last_no)
    VALUES ((clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date, 1)
    ON CONFLICT (day) DO UPDATE SET last_no = d.last_no + 1
    RETURNING to_char(day, 'YYMMDD') || '-' || lpad(last_no::text, 5, '0')
$$
"""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table('access_log',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('login', sa.String(), server_default=sa.text('SESSION_USER'), nullable=False),
    sa.Column('address', postgresql.INET(), server_default=sa.text('inet_client_addr()'), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), server_default='', nullable=False),
    sa.Column('condition', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('row_count', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_log'))
    )
    op.create_index('ix_access_log_at', 'access_log', [sa.literal_column('at DESC')], unique=False)
    op.create_table('gateway_link',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('vendor', sa.String(), nullable=False),
    sa.Column('up_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_event_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), server_default='', nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_gateway_link'))
    )
    op.create_table('person_name',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('initials', sa.String(), nullable=False),
    sa.Column('bigrams', sa.ARRAY(sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_person_name'))
    )
    op.create_index('ix_person_name_bigrams', 'person_name', ['bigrams'], unique=False, postgresql_using='gin')
    op.create_index('ix_person_name_initials', 'person_name', ['initials'], unique=False, postgresql_ops={'initials': 'text_pattern_ops'})
    op.create_table('product',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('code', sa.String(), server_default='', nullable=False),
    sa.Column('words', sa.String(), sa.Computed("lower(name || ' ' || code)", persisted=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product')),
    sa.UniqueConstraint('name', 'code', name=op.f('uq_product_name_code'))
    )
    op.create_index('ix_product_words', 'product', ['words'], unique=False, postgresql_using='gin', postgresql_ops={'words': 'gin_trgm_ops'})
    op.create_table('sales_channel',
    sa.Column('id', sa.SmallInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sales_channel')),
    sa.UniqueConstraint('code', name=op.f('uq_sales_channel_code'))
    )
    op.create_table('setting',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('value', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setting'))
    )
    op.create_table('team',
    sa.Column('id', sa.SmallInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('name', name=op.f('uq_team_name'))
    )
    op.create_table('ticket_category',
    sa.Column('id', sa.SmallInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_type', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sort', sa.SmallInteger(), server_default='0', nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.CheckConstraint("ticket_type IN ('general', 'delivery', 'return', 'exchange', 'after_service', 'cancel', 'complaint', 'other')", name=op.f('ck_ticket_category_ticket_type')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_category'))
    )
    op.create_index('uq_ticket_category_ticket_type_name', 'ticket_category', ['ticket_type', 'name'], unique=True)
    op.create_table('ticket_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('last_no', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_ticket_day'))
    )
    op.execute(NEXT_TICKET_NO)
    op.create_table('agent',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('extension', sa.String(), nullable=True),
    sa.Column('team_id', sa.SmallInteger(), nullable=True),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('active', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('state', sa.String(), server_default='logged_out', nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("role IN ('agent', 'supervisor', 'admin', 'technician', 'warehouse')", name=op.f('ck_agent_role')),
    sa.CheckConstraint("state IN ('ready', 'on_call', 'wrap_up', 'rest', 'meal', 'training', 'protected_rest', 'not_ready', 'logged_out')", name=op.f('ck_agent_state')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_agent_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agent')),
    sa.UniqueConstraint('extension', name=op.f('uq_agent_extension')),
    sa.UniqueConstraint('login', name=op.f('uq_agent_login'))
    )
    op.create_table('import_run',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('file', sa.String(), nullable=False),
    sa.Column('channel_id', sa.SmallInteger(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('login', sa.String(), server_default=sa.text('SESSION_USER'), nullable=False),
    sa.Column('result', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['sales_channel.id'], name=op.f('fk_import_run_channel_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )
    op.create_table('customer',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('customer_no', sa.String(), sa.Computed("'C' || lpad(id::text, 9, '0')", persisted=True), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('initials', sa.String(), server_default='', nullable=False),
    sa.Column('grade', sa.String(), server_default='normal', nullable=False),
    sa.Column('flagged', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('flagged_reason', sa.String(), server_default='', nullable=False),
    sa.Column('login_id', sa.String(), server_default='', nullable=False),
    sa.Column('zipcode', sa.String(), server_default='', nullable=False),
    sa.Column('address', sa.String(), server_default='', nullable=False),
    sa.Column('address_detail', sa.String(), server_default='', nullable=False),
    sa.Column('last_contact_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.BigInteger(), server_default='1', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('updated_by', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("NOT flagged OR flagged_reason <> ''", name=op.f('ck_customer_flagged_reason')),
    sa.CheckConstraint("grade IN ('normal', 'silver', 'gold', 'vip')", name=op.f('ck_customer_grade')),
    sa.ForeignKeyConstraint(['created_by'], ['agent.id'], name=op.f('fk_customer_created_by')),
    sa.ForeignKeyConstraint(['updated_by'], ['agent.id'], name=op.f('fk_customer_updated_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer')),
    sa.UniqueConstraint('customer_no', name=op.f('uq_customer_customer_no'))
    )
    op.create_index('ix_customer_initials', 'customer', ['initials', sa.literal_column('last_contact_at DESC NULLS LAST')], unique=False, postgresql_ops={'initials': 'text_pattern_ops'})
    op.create_index('ix_customer_name', 'customer', ['name', sa.literal_column('last_contact_at DESC NULLS LAST')], unique=False, postgresql_ops={'name': 'text_pattern_ops'})
    op.create_index('ix_customer_name_parts', 'customer', ['name'], unique=False, postgresql_using='gin', postgresql_ops={'name': 'gin_trgm_ops'})
    op.create_table('draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('form', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("kind IN ('manual', 'call', 'recovered')", name=op.f('ck_draft_kind')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_draft_agent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    op.create_index('ix_draft_agent_id', 'draft', ['agent_id', sa.literal_column('saved_at DESC')], unique=False)
    op.create_table('call',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('vendor_call_id', sa.String(), nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('caller_number', sa.String(), nullable=True),
    sa.Column('caller_typed', sa.String(), server_default='', nullable=False),
    sa.Column('caller_name', sa.String(), server_default='', nullable=False),
    sa.Column('dialled', sa.String(), server_default='', nullable=False),
    sa.Column('queue', sa.String(), server_default='', nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=True),
    sa.Column('rang_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("direction IN ('in', 'out', 'internal')", name=op.f('ck_call_direction')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_call_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('link', 'vendor_call_id', name=op.f('uq_call_link_vendor_call_id'))
    )
    op.create_index('ix_call_caller_number', 'call', ['caller_number', sa.literal_column('rang_at DESC')], unique=False)
    op.create_index('ix_call_customer_id', 'call', ['customer_id', sa.literal_column('rang_at DESC')], unique=False)
    op.create_index('ix_call_rang_at', 'call', [sa.literal_column('rang_at DESC')], unique=False)
    op.create_table('customer_phone',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('typed', sa.String(), nullable=False),
    sa.Column('digits', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('captured_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("digits ~ '^[0-9]{3,20}$'", name=op.f('ck_customer_phone_digits')),
    sa.CheckConstraint("kind IN ('mobile', 'landline', 'voip', 'safe', 'representative', 'foreign', 'other')", name=op.f('ck_customer_phone_kind')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_phone_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_phone'))
    )
    op.create_index('ix_customer_phone_digits', 'customer_phone', ['digits'], unique=False)
    op.create_index('ix_customer_phone_last4', 'customer_phone', [sa.literal_column('right(digits, 4)')], unique=False)
    op.create_index('uq_customer_phone_customer_id_digits', 'customer_phone', ['customer_id', 'digits'], unique=True)
    op.create_table('sales_order',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('order_no', sa.String(), sa.Computed("'S' || lpad(id::text, 9, '0')", persisted=True), nullable=False),
    sa.Column('channel_id', sa.SmallInteger(), nullable=False),
    sa.Column('channel_order_no', sa.String(), nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('orderer_name', sa.String(), nullable=False),
    sa.Column('orderer_initials', sa.String(), nullable=True),
    sa.Column('orderer_phone', sa.String(), nullable=True),
    sa.Column('orderer_phone2', sa.String(), nullable=True),
    sa.Column('recipient_name', sa.String(), nullable=False),
    sa.Column('recipient_initials', sa.String(), nullable=True),
    sa.Column('recipient_phone', sa.String(), nullable=True),
    sa.Column('recipient_phone2', sa.String(), nullable=True),
    sa.Column('orderer_login', sa.String(), server_default='', nullable=False),
    sa.Column('orderer_email', sa.String(), server_default='', nullable=False),
    sa.Column('zipcode', sa.String(), server_default='', nullable=False),
    sa.Column('address', sa.String(), server_default='', nullable=False),
    sa.Column('memo', sa.String(), server_default='', nullable=False),
    sa.Column('payment_method', sa.String(), server_default='', nullable=False),
    sa.Column('paid_in_full', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('shipping_fee', sa.BigInteger(), nullable=True),
    sa.Column('order_total', sa.BigInteger(), nullable=True),
    sa.Column('order_paid', sa.BigInteger(), nullable=True),
    sa.Column('customs_id', sa.String(), server_default='', nullable=False),
    sa.Column('masked', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('extra', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=True),
    sa.Column('imported_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['sales_channel.id'], name=op.f('fk_sales_order_channel_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_sales_order_customer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sales_order')),
    sa.UniqueConstraint('channel_order_no', 'channel_id', name=op.f('uq_sales_order_channel_order_no_channel_id')),
    sa.UniqueConstraint('order_no', name=op.f('uq_sales_order_order_no'))
    )
    op.create_index('ix_sales_order_address', 'sales_order', ['address'], unique=False, postgresql_using='gin', postgresql_ops={'address': 'gin_trgm_ops'})
    op.create_index('ix_sales_order_channel_id_ordered_at', 'sales_order', ['channel_id', sa.literal_column('ordered_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_sales_order_customer_id', 'sales_order', ['customer_id', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('customer_id IS NOT NULL'))
    op.create_index('ix_sales_order_order_no_tail', 'sales_order', [sa.literal_column('right(channel_order_no, 6)'), sa.literal_column('ordered_at DESC')], unique=False)
    op.create_index('ix_sales_order_ordered_at', 'sales_order', [sa.literal_column('ordered_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_sales_order_orderer_initials', 'sales_order', ['orderer_initials', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_initials IS NOT NULL'))
    op.create_index('ix_sales_order_orderer_name', 'sales_order', ['orderer_name', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_name IS NOT NULL'))
    op.create_index('ix_sales_order_orderer_phone', 'sales_order', ['orderer_phone', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_phone IS NOT NULL'))
    op.create_index('ix_sales_order_orderer_phone2', 'sales_order', ['orderer_phone2', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_phone2 IS NOT NULL'))
    op.create_index('ix_sales_order_orderer_phone2_last4', 'sales_order', [sa.literal_column('right(orderer_phone2, 4)'), sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_phone2 IS NOT NULL'))
    op.create_index('ix_sales_order_orderer_phone_last4', 'sales_order', [sa.literal_column('right(orderer_phone, 4)'), sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('orderer_phone IS NOT NULL'))
    op.create_index('ix_sales_order_paid_at', 'sales_order', [sa.literal_column('paid_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_sales_order_recipient_initials', 'sales_order', ['recipient_initials', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_initials IS NOT NULL'))
    op.create_index('ix_sales_order_recipient_name', 'sales_order', ['recipient_name', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_name IS NOT NULL'))
    op.create_index('ix_sales_order_recipient_phone', 'sales_order', ['recipient_phone', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_phone IS NOT NULL'))
    op.create_index('ix_sales_order_recipient_phone2', 'sales_order', ['recipient_phone2', sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_phone2 IS NOT NULL'))
    op.create_index('ix_sales_order_recipient_phone2_last4', 'sales_order', [sa.literal_column('right(recipient_phone2, 4)'), sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_phone2 IS NOT NULL'))
    op.create_index('ix_sales_order_recipient_phone_last4', 'sales_order', [sa.literal_column('right(recipient_phone, 4)'), sa.literal_column('ordered_at DESC')], unique=False, postgresql_where=sa.text('recipient_phone IS NOT NULL'))
    op.create_table('call_leg',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('call_id', sa.BigInteger(), nullable=False),
    sa.Column('leg_key', sa.String(), nullable=False),
    sa.Column('extension', sa.String(), nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('end', sa.String(), nullable=True),
    sa.Column('rang_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('talked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(phase = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_call_leg_ended_at')),
    sa.CheckConstraint("direction IN ('in', 'out')", name=op.f('ck_call_leg_direction')),
    sa.CheckConstraint("phase IN ('dialling', 'ringing', 'talking', 'held', 'ended')", name=op.f('ck_call_leg_phase')),
    sa.CheckConstraint('"end" IN (\'completed\', \'abandoned\', \'no_answer\', \'declined\', \'busy\', \'answered_elsewhere\', \'transferred\', \'not_reachable\', \'lost\')', name=op.f('ck_call_leg_end')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_leg_call_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_leg')),
    sa.UniqueConstraint('call_id', 'leg_key', name=op.f('uq_call_leg_call_id_leg_key'))
    )
    op.create_index('ix_call_leg_extension', 'call_leg', ['extension', sa.literal_column('rang_at DESC')], unique=False)
    op.create_table('order_line',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('order_id', sa.BigInteger(), nullable=False),
    sa.Column('line_no', sa.String(), nullable=False),
    sa.Column('product_id', sa.BigInteger(), nullable=False),
    sa.Column('option', sa.String(), server_default='', nullable=False),
    sa.Column('quantity', sa.BigInteger(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('order_status', sa.String(), nullable=False),
    sa.Column('channel_status', sa.String(), nullable=True),
    sa.Column('channel_status_detail', sa.String(), nullable=True),
    sa.Column('cancelled', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('carrier', sa.String(), server_default='', nullable=False),
    sa.Column('tracking_no', sa.String(), server_default='', nullable=False),
    sa.Column('bundle_no', sa.String(), server_default='', nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shipped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('source_row', sa.BigInteger(), nullable=True),
    sa.Column('suspect', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('extra', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('import_run_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("order_status IN ('awaiting_payment', 'paid', 'preparing', 'ready_to_ship', 'shipping', 'delivered', 'confirmed', 'cancelled', 'on_hold')", name=op.f('ck_order_line_order_status')),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_order_line_quantity')),
    sa.ForeignKeyConstraint(['import_run_id'], ['import_run.id'], name=op.f('fk_order_line_import_run_id')),
    sa.ForeignKeyConstraint(['order_id'], ['sales_order.id'], name=op.f('fk_order_line_order_id')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_order_line_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_line')),
    sa.UniqueConstraint('order_id', 'line_no', name=op.f('uq_order_line_order_id_line_no'))
    )
    op.create_index('ix_order_line_order_status', 'order_line', ['order_status', sa.literal_column('ordered_at DESC'), 'order_id'], unique=False, postgresql_where=sa.text("order_status <> 'delivered' AND order_status <> 'confirmed'"))
    op.create_index('ix_order_line_product_id', 'order_line', ['product_id', sa.literal_column('ordered_at DESC'), 'order_id'], unique=False)
    op.create_index('ix_order_line_shipped_at', 'order_line', [sa.literal_column('shipped_at DESC'), sa.literal_column('id DESC')], unique=False, postgresql_where=sa.text('shipped_at IS NOT NULL'))
    op.create_index('ix_order_line_tracking_no', 'order_line', ['tracking_no'], unique=False, postgresql_where=sa.text("tracking_no <> ''"))
    op.create_table('call_event',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('event_key', sa.String(), nullable=False),
    sa.Column('call_id', sa.BigInteger(), nullable=False),
    sa.Column('leg_id', sa.BigInteger(), nullable=False),
    sa.Column('extension', sa.String(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('details', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.CheckConstraint("phase IN ('dialling', 'ringing', 'talking', 'held', 'ended')", name=op.f('ck_call_event_phase')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_event_call_id')),
    sa.ForeignKeyConstraint(['leg_id'], ['call_leg.id'], name=op.f('fk_call_event_leg_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_event')),
    sa.UniqueConstraint('event_key', name=op.f('uq_call_event_event_key'))
    )
    op.create_index('ix_call_event_call_id', 'call_event', ['call_id', 'id'], unique=False)
    op.create_index('ix_call_event_extension', 'call_event', ['extension', 'id'], unique=False)
    op.create_table('ticket',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_no', sa.String(), server_default=sa.text('next_ticket_no()'), nullable=False),
    sa.Column('client_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.BigInteger(), server_default='1', nullable=False),
    sa.Column('status', sa.String(), server_default='received', nullable=False),
    sa.Column('ticket_type', sa.String(), nullable=False),
    sa.Column('category_id', sa.SmallInteger(), nullable=True),
    sa.Column('origin', sa.String(), server_default='phone', nullable=False),
    sa.Column('title', sa.String(), server_default='', nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('tags', sa.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=True),
    sa.Column('caller_number', sa.String(), nullable=True),
    sa.Column('order_id', sa.BigInteger(), nullable=True),
    sa.Column('order_line_id', sa.BigInteger(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('resolution', sa.String(), server_default='', nullable=False),
    sa.Column('customer_confirmed', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('assignee_id', sa.BigInteger(), nullable=True),
    sa.Column('assignee_team_id', sa.SmallInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('created_by', sa.BigInteger(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('updated_by', sa.BigInteger(), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_by', sa.BigInteger(), nullable=True),
    sa.Column('discard_reason', sa.String(), server_default='', nullable=False),
    sa.Column('follow_up_of', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name=op.f('ck_ticket_completed_at')),
    sa.CheckConstraint("origin IN ('phone', 'ars', 'sms', 'chat', 'email', 'board', 'direct')", name=op.f('ck_ticket_origin')),
    sa.CheckConstraint("status <> 'discarded' OR discard_reason <> ''", name=op.f('ck_ticket_discard_reason')),
    sa.CheckConstraint("status IN ('received', 'transferred', 'completed', 'discarded')", name=op.f('ck_ticket_status')),
    sa.CheckConstraint("ticket_type IN ('general', 'delivery', 'return', 'exchange', 'after_service', 'cancel', 'complaint', 'other')", name=op.f('ck_ticket_ticket_type')),
    sa.CheckConstraint('assignee_id IS NULL OR assignee_team_id IS NULL', name=op.f('ck_ticket_assignee')),
    sa.CheckConstraint('char_length(content) BETWEEN 1 AND 2000', name=op.f('ck_ticket_content')),
    sa.CheckConstraint('order_line_id IS NULL OR order_id IS NOT NULL', name=op.f('ck_ticket_order_line')),
    sa.ForeignKeyConstraint(['assignee_id'], ['agent.id'], name=op.f('fk_ticket_assignee_id')),
    sa.ForeignKeyConstraint(['assignee_team_id'], ['team.id'], name=op.f('fk_ticket_assignee_team_id')),
    sa.ForeignKeyConstraint(['category_id'], ['ticket_category.id'], name=op.f('fk_ticket_category_id')),
    sa.ForeignKeyConstraint(['completed_by'], ['agent.id'], name=op.f('fk_ticket_completed_by')),
    sa.ForeignKeyConstraint(['created_by'], ['agent.id'], name=op.f('fk_ticket_created_by')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_ticket_customer_id')),
    sa.ForeignKeyConstraint(['follow_up_of'], ['ticket.id'], name=op.f('fk_ticket_follow_up_of')),
    sa.ForeignKeyConstraint(['order_id'], ['sales_order.id'], name=op.f('fk_ticket_order_id')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_line.id'], name=op.f('fk_ticket_order_line_id')),
    sa.ForeignKeyConstraint(['updated_by'], ['agent.id'], name=op.f('fk_ticket_updated_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('client_id', name=op.f('uq_ticket_client_id')),
    sa.UniqueConstraint('ticket_no', name=op.f('uq_ticket_ticket_no'))
    )
    op.create_index('ix_ticket_assignee_open', 'ticket', ['assignee_id', sa.literal_column('updated_at DESC')], unique=False, postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.create_index('ix_ticket_assignee_status_open', 'ticket', ['assignee_id', 'status'], unique=False, postgresql_include=['due_on', 'created_at'], postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.create_index('ix_ticket_caller_number', 'ticket', ['caller_number', sa.literal_column('created_at DESC')], unique=False)
    op.create_index('ix_ticket_created_at', 'ticket', [sa.literal_column('created_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_ticket_created_by_open', 'ticket', ['created_by', 'status'], unique=False, postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.create_index('ix_ticket_customer_id', 'ticket', ['customer_id', sa.literal_column('created_at DESC')], unique=False)
    op.create_index('ix_ticket_order_id', 'ticket', ['order_id', sa.literal_column('created_at DESC')], unique=False)
    op.create_index('ix_ticket_order_line_id', 'ticket', ['order_line_id', sa.literal_column('created_at DESC')], unique=False)
    op.create_table('activity',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('call_id', sa.BigInteger(), nullable=True),
    sa.Column('note', sa.String(), server_default='', nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("kind IN ('call', 'sms', 'note')", name=op.f('ck_activity_kind')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_activity_agent_id')),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_activity_call_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_activity_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity'))
    )
    op.create_index('ix_activity_call_id', 'activity', ['call_id'], unique=False)
    op.create_index('ix_activity_ticket_id', 'activity', ['ticket_id', 'id'], unique=False)
    op.create_index('uq_activity_ticket_id_call_id', 'activity', ['ticket_id', 'call_id'], unique=True)
    op.create_table('callback',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('assignee_id', sa.BigInteger(), nullable=False),
    sa.Column('attempts', sa.SmallInteger(), server_default='0', nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.CheckConstraint("outcome IN ('succeeded', 'missed', 'cancelled')", name=op.f('ck_callback_outcome')),
    sa.ForeignKeyConstraint(['assignee_id'], ['agent.id'], name=op.f('fk_callback_assignee_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_callback_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_callback'))
    )
    op.create_index('ix_callback_assignee_id_pending', 'callback', ['assignee_id', 'due_at'], unique=False, postgresql_where=sa.text('outcome IS NULL'))
    op.create_index('uq_callback_ticket_id_pending', 'callback', ['ticket_id'], unique=True, postgresql_where=sa.text('outcome IS NULL'))
    op.create_table('ticket_history',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('old', sa.String(), nullable=True),
    sa.Column('new', sa.String(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('changed_by', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['agent.id'], name=op.f('fk_ticket_history_changed_by')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_history_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_history'))
    )
    op.create_index('ix_ticket_history_ticket_id', 'ticket_history', ['ticket_id', 'id'], unique=False)
    op.create_table('transfer',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False),
    sa.Column('hop', sa.SmallInteger(), nullable=False),
    sa.Column('from_agent_id', sa.BigInteger(), nullable=False),
    sa.Column('to_agent_id', sa.BigInteger(), nullable=True),
    sa.Column('to_team_id', sa.SmallInteger(), nullable=True),
    sa.Column('reason', sa.String(), server_default='', nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('return_reason', sa.String(), server_default='', nullable=False),
    sa.Column('recalled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(to_agent_id IS NULL) <> (to_team_id IS NULL)', name=op.f('ck_transfer_receiver')),
    sa.CheckConstraint('num_nonnulls(accepted_at, returned_at, recalled_at) <= 1', name=op.f('ck_transfer_outcome')),
    sa.ForeignKeyConstraint(['from_agent_id'], ['agent.id'], name=op.f('fk_transfer_from_agent_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_transfer_ticket_id')),
    sa.ForeignKeyConstraint(['to_agent_id'], ['agent.id'], name=op.f('fk_transfer_to_agent_id')),
    sa.ForeignKeyConstraint(['to_team_id'], ['team.id'], name=op.f('fk_transfer_to_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer'))
    )
    op.create_index('ix_transfer_from_agent_id', 'transfer', ['from_agent_id', sa.literal_column('sent_at DESC')], unique=False)
    op.create_index('ix_transfer_sent_at', 'transfer', [sa.literal_column('sent_at DESC'), sa.literal_column('id DESC')], unique=False)
    op.create_index('ix_transfer_ticket_id', 'transfer', ['ticket_id', 'id'], unique=False)
    op.create_index('ix_transfer_to_agent_id', 'transfer', ['to_agent_id', sa.literal_column('sent_at DESC')], unique=False)
    op.create_index('uq_transfer_ticket_id_waiting', 'transfer', ['ticket_id'], unique=True, postgresql_where=sa.text('accepted_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_transfer_ticket_id_waiting', table_name='transfer', postgresql_where=sa.text('accepted_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL'))
    op.drop_index('ix_transfer_to_agent_id', table_name='transfer')
    op.drop_index('ix_transfer_ticket_id', table_name='transfer')
    op.drop_index('ix_transfer_sent_at', table_name='transfer')
    op.drop_index('ix_transfer_from_agent_id', table_name='transfer')
    op.drop_table('transfer')
    op.drop_index('ix_ticket_history_ticket_id', table_name='ticket_history')
    op.drop_table('ticket_history')
    op.drop_index('uq_callback_ticket_id_pending', table_name='callback', postgresql_where=sa.text('outcome IS NULL'))
    op.drop_index('ix_callback_assignee_id_pending', table_name='callback', postgresql_where=sa.text('outcome IS NULL'))
    op.drop_table('callback')
    op.drop_index('uq_activity_ticket_id_call_id', table_name='activity')
    op.drop_index('ix_activity_ticket_id', table_name='activity')
    op.drop_index('ix_activity_call_id', table_name='activity')
    op.drop_table('activity')
    op.drop_index('ix_ticket_order_line_id', table_name='ticket')
    op.drop_index('ix_ticket_order_id', table_name='ticket')
    op.drop_index('ix_ticket_customer_id', table_name='ticket')
    op.drop_index('ix_ticket_created_by_open', table_name='ticket', postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.drop_index('ix_ticket_created_at', table_name='ticket')
    op.drop_index('ix_ticket_caller_number', table_name='ticket')
    op.drop_index('ix_ticket_assignee_status_open', table_name='ticket', postgresql_include=['due_on', 'created_at'], postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.drop_index('ix_ticket_assignee_open', table_name='ticket', postgresql_where=sa.text("status IN ('received', 'transferred')"))
    op.drop_table('ticket')
    op.drop_index('ix_call_event_extension', table_name='call_event')
    op.drop_index('ix_call_event_call_id', table_name='call_event')
    op.drop_table('call_event')
    op.drop_index('ix_order_line_tracking_no', table_name='order_line', postgresql_where=sa.text("tracking_no <> ''"))
    op.drop_index('ix_order_line_shipped_at', table_name='order_line', postgresql_where=sa.text('shipped_at IS NOT NULL'))
    op.drop_index('ix_order_line_order_status', table_name='order_line', postgresql_where=sa.text("order_status <> 'delivered' AND order_status <> 'confirmed'"))
    op.drop_index('ix_order_line_product_id', table_name='order_line')
    op.drop_table('order_line')
    op.drop_index('ix_call_leg_extension', table_name='call_leg')
    op.drop_table('call_leg')
    op.drop_index('ix_sales_order_recipient_phone_last4', table_name='sales_order', postgresql_where=sa.text('recipient_phone IS NOT NULL'))
    op.drop_index('ix_sales_order_recipient_phone2_last4', table_name='sales_order', postgresql_where=sa.text('recipient_phone2 IS NOT NULL'))
    op.drop_index('ix_sales_order_recipient_phone2', table_name='sales_order', postgresql_where=sa.text('recipient_phone2 IS NOT NULL'))
    op.drop_index('ix_sales_order_recipient_phone', table_name='sales_order', postgresql_where=sa.text('recipient_phone IS NOT NULL'))
    op.drop_index('ix_sales_order_recipient_name', table_name='sales_order', postgresql_where=sa.text('recipient_name IS NOT NULL'))
    op.drop_index('ix_sales_order_recipient_initials', table_name='sales_order', postgresql_where=sa.text('recipient_initials IS NOT NULL'))
    op.drop_index('ix_sales_order_paid_at', table_name='sales_order')
    op.drop_index('ix_sales_order_orderer_phone_last4', table_name='sales_order', postgresql_where=sa.text('orderer_phone IS NOT NULL'))
    op.drop_index('ix_sales_order_orderer_phone2_last4', table_name='sales_order', postgresql_where=sa.text('orderer_phone2 IS NOT NULL'))
    op.drop_index('ix_sales_order_orderer_phone2', table_name='sales_order', postgresql_where=sa.text('orderer_phone2 IS NOT NULL'))
    op.drop_index('ix_sales_order_orderer_phone', table_name='sales_order', postgresql_where=sa.text('orderer_phone IS NOT NULL'))
    op.drop_index('ix_sales_order_orderer_name', table_name='sales_order', postgresql_where=sa.text('orderer_name IS NOT NULL'))
    op.drop_index('ix_sales_order_orderer_initials', table_name='sales_order', postgresql_where=sa.text('orderer_initials IS NOT NULL'))
    op.drop_index('ix_sales_order_ordered_at', table_name='sales_order')
    op.drop_index('ix_sales_order_order_no_tail', table_name='sales_order')
    op.drop_index('ix_sales_order_customer_id', table_name='sales_order', postgresql_where=sa.text('customer_id IS NOT NULL'))
    op.drop_index('ix_sales_order_channel_id_ordered_at', table_name='sales_order')
    op.drop_index('ix_sales_order_address', table_name='sales_order', postgresql_using='gin', postgresql_ops={'address': 'gin_trgm_ops'})
    op.drop_table('sales_order')
    op.drop_index('uq_customer_phone_customer_id_digits', table_name='customer_phone')
    op.drop_index('ix_customer_phone_last4', table_name='customer_phone')
    op.drop_index('ix_customer_phone_digits', table_name='customer_phone')
    op.drop_table('customer_phone')
    op.drop_index('ix_call_rang_at', table_name='call')
    op.drop_index('ix_call_customer_id', table_name='call')
    op.drop_index('ix_call_caller_number', table_name='call')
    op.drop_table('call')
    op.drop_index('ix_draft_agent_id', table_name='draft')
    op.drop_table('draft')
    op.drop_index('ix_customer_name_parts', table_name='customer', postgresql_using='gin', postgresql_ops={'name': 'gin_trgm_ops'})
    op.drop_index('ix_customer_name', table_name='customer', postgresql_ops={'name': 'text_pattern_ops'})
    op.drop_index('ix_customer_initials', table_name='customer', postgresql_ops={'initials': 'text_pattern_ops'})
    op.drop_table('customer')
    op.drop_table('import_run')
    op.drop_table('agent')
    op.drop_table('ticket_day')
    op.drop_index('uq_ticket_category_ticket_type_name', table_name='ticket_category')
    op.drop_table('ticket_category')
    op.drop_table('team')
    op.drop_table('setting')
    op.drop_table('sales_channel')
    op.drop_index('ix_product_words', table_name='product', postgresql_using='gin', postgresql_ops={'words': 'gin_trgm_ops'})
    op.drop_table('product')
    op.drop_index('ix_person_name_initials', table_name='person_name', postgresql_ops={'initials': 'text_pattern_ops'})
    op.drop_index('ix_person_name_bigrams', table_name='person_name', postgresql_using='gin')
    op.drop_table('person_name')
    op.drop_table('gateway_link')
    op.drop_index('ix_access_log_at', table_name='access_log')
    op.drop_table('access_log')
    op.execute("DROP FUNCTION next_ticket_no()")

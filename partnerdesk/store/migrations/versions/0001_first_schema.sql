-- The tables and indexes of the first released schema. Never edited: the next change is the next migration.

CREATE TABLE batch (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	origin TEXT NOT NULL,
	system TEXT NOT NULL,
	mapping TEXT NOT NULL,
	read INTEGER NOT NULL,
	accepted INTEGER NOT NULL,
	rejected INTEGER NOT NULL,
	ignored INTEGER NOT NULL,
	report TEXT NOT NULL,
	CONSTRAINT pk_batch PRIMARY KEY (id),
	CONSTRAINT ck_batch_balanced CHECK (read = accepted + rejected + ignored)
)
 STRICT;

CREATE TABLE book (
	one INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	created TEXT NOT NULL,
	sample INTEGER NOT NULL,
	as_of TEXT,
	CONSTRAINT pk_book PRIMARY KEY (one),
	CONSTRAINT ck_book_one_row CHECK (one = 1)
)
 STRICT;

CREATE TABLE cache (
	"key" TEXT NOT NULL,
	revision INTEGER NOT NULL,
	value BLOB NOT NULL,
	CONSTRAINT pk_cache PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE current_op (
	one INTEGER NOT NULL,
	op INTEGER NOT NULL,
	CONSTRAINT pk_current_op PRIMARY KEY (one),
	CONSTRAINT ck_current_op_one_row CHECK (one = 1)
)
 STRICT;

CREATE TABLE fact_chunk (
	sha256 TEXT NOT NULL,
	body BLOB NOT NULL,
	CONSTRAINT pk_fact_chunk PRIMARY KEY (sha256)
)
 STRICT;

CREATE TABLE journal (
	id INTEGER NOT NULL,
	op INTEGER NOT NULL,
	tbl TEXT NOT NULL,
	act TEXT NOT NULL,
	"key" TEXT NOT NULL,
	"before" TEXT,
	"after" TEXT,
	CONSTRAINT pk_journal PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE op (
	id INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	label TEXT NOT NULL,
	kind TEXT NOT NULL,
	reverses INTEGER,
	below INTEGER,
	undo_top INTEGER,
	redo_top INTEGER,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	changed TEXT NOT NULL,
	hash TEXT NOT NULL,
	CONSTRAINT pk_op PRIMARY KEY (id),
	CONSTRAINT ck_op_kind_known CHECK (kind IN ('create', 'do', 'final', 'undo', 'redo', 'restore', 'migrate')),
	CONSTRAINT ck_op_changed_json CHECK (json_valid(changed))
)
 STRICT;

CREATE TABLE personal (
	journal INTEGER NOT NULL,
	salt TEXT,
	"before" TEXT,
	"after" TEXT,
	digest TEXT,
	CONSTRAINT pk_personal PRIMARY KEY (journal)
)
 STRICT;

CREATE TABLE "plan" (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	start TEXT NOT NULL,
	"end" TEXT NOT NULL,
	version INTEGER NOT NULL,
	status TEXT NOT NULL,
	thesis TEXT DEFAULT '' NOT NULL,
	partner_goals TEXT DEFAULT '' NOT NULL,
	vendor_goals TEXT DEFAULT '' NOT NULL,
	ideal_customer TEXT DEFAULT '' NOT NULL,
	value_proposition TEXT DEFAULT '' NOT NULL,
	competitors TEXT DEFAULT '' NOT NULL,
	partner_owner TEXT DEFAULT '' NOT NULL,
	partner_sponsor TEXT DEFAULT '' NOT NULL,
	vendor_owner TEXT DEFAULT '' NOT NULL,
	vendor_sponsor TEXT DEFAULT '' NOT NULL,
	kickoff TEXT,
	created TEXT NOT NULL,
	shared_on TEXT,
	agreed_on TEXT,
	agreed_by TEXT DEFAULT '' NOT NULL,
	started_on TEXT,
	closed_on TEXT,
	closing_words TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_plan PRIMARY KEY (id),
	CONSTRAINT ck_plan_status_known CHECK ("status" IN ('draft', 'shared', 'agreed', 'in progress', 'closed')),
	CONSTRAINT ck_plan_days_in_order CHECK ("start" <= "end"),
	CONSTRAINT uq_plan_partner UNIQUE (partner, start, version)
)
 STRICT;

CREATE TABLE program_version (
	sha256 TEXT NOT NULL,
	program TEXT NOT NULL,
	version TEXT NOT NULL,
	effective_from TEXT NOT NULL,
	text TEXT NOT NULL,
	file TEXT NOT NULL,
	CONSTRAINT pk_program_version PRIMARY KEY (sha256),
	CONSTRAINT uq_program_version_program UNIQUE (program, effective_from)
)
 STRICT;

CREATE TABLE review (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	quarter TEXT NOT NULL,
	day TEXT,
	time TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	status TEXT NOT NULL,
	created TEXT NOT NULL,
	sent_on TEXT,
	held_on TEXT,
	next_review TEXT,
	internal_notes TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_review PRIMARY KEY (id),
	CONSTRAINT ck_review_status_known CHECK ("status" IN ('draft', 'sent', 'held')),
	CONSTRAINT uq_review_partner UNIQUE (partner, quarter)
)
 STRICT;

CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY ("key"),
	CONSTRAINT ck_setting_value_json CHECK (json_valid(value))
)
 STRICT;

CREATE TABLE statement (
	id INTEGER NOT NULL,
	number TEXT NOT NULL,
	partner TEXT NOT NULL,
	period TEXT NOT NULL,
	start TEXT NOT NULL,
	"end" TEXT NOT NULL,
	revision INTEGER NOT NULL,
	currency TEXT NOT NULL,
	opening INTEGER NOT NULL,
	earned INTEGER NOT NULL,
	transfers INTEGER NOT NULL,
	clawed_back INTEGER NOT NULL,
	adjusted INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	held INTEGER NOT NULL,
	payable INTEGER NOT NULL,
	tier TEXT NOT NULL,
	score TEXT,
	canonical BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	program TEXT NOT NULL,
	version TEXT NOT NULL,
	program_sha256 TEXT NOT NULL,
	facts_sha256 TEXT NOT NULL,
	facts TEXT NOT NULL,
	engine TEXT NOT NULL,
	as_of TEXT NOT NULL,
	maker TEXT NOT NULL,
	checker TEXT NOT NULL,
	closed_at TEXT NOT NULL,
	CONSTRAINT pk_statement PRIMARY KEY (id),
	CONSTRAINT uq_statement_partner UNIQUE (partner, period, revision),
	CONSTRAINT ck_statement_facts_json CHECK (json_valid(facts))
)
 STRICT;

CREATE TABLE attendee (
	id INTEGER NOT NULL,
	review INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	side TEXT NOT NULL,
	role TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_attendee PRIMARY KEY (id),
	CONSTRAINT ck_attendee_side_known CHECK ("side" IN ('vendor', 'partner')),
	CONSTRAINT fk_attendee_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT;

CREATE INDEX ix_attendee_review ON attendee (review);

CREATE TABLE decision_right (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	decision TEXT NOT NULL,
	accountable TEXT DEFAULT '' NOT NULL,
	responsible TEXT DEFAULT '' NOT NULL,
	consulted TEXT DEFAULT '' NOT NULL,
	informed TEXT DEFAULT '' NOT NULL,
	limit_days INTEGER,
	fallback TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_decision_right PRIMARY KEY (id),
	CONSTRAINT ck_decision_right_limit_positive CHECK (limit_days > 0),
	CONSTRAINT fk_decision_right_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;

CREATE INDEX ix_decision_right_plan ON decision_right ("plan");

CREATE TABLE note (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	day TEXT NOT NULL,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	people TEXT DEFAULT '' NOT NULL,
	author TEXT DEFAULT '' NOT NULL,
	internal INTEGER DEFAULT '1' NOT NULL,
	review INTEGER,
	CONSTRAINT pk_note PRIMARY KEY (id),
	CONSTRAINT ck_note_kind_known CHECK ("kind" IN ('call', 'visit', 'mail', 'qbr', 'note')),
	CONSTRAINT fk_note_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT;

CREATE INDEX ix_note_partner ON note (partner, day);

CREATE TABLE objective (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	title TEXT NOT NULL,
	why TEXT DEFAULT '' NOT NULL,
	metric TEXT DEFAULT '' NOT NULL,
	unit TEXT DEFAULT '' NOT NULL,
	target TEXT,
	actual TEXT,
	due TEXT,
	vendor_commitment TEXT DEFAULT '' NOT NULL,
	vendor_owner TEXT DEFAULT '' NOT NULL,
	partner_commitment TEXT DEFAULT '' NOT NULL,
	partner_owner TEXT DEFAULT '' NOT NULL,
	funding TEXT DEFAULT '' NOT NULL,
	status TEXT NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_objective PRIMARY KEY (id),
	CONSTRAINT ck_objective_status_known CHECK ("status" IN ('in progress', 'on track', 'at risk', 'done', 'dropped')),
	CONSTRAINT fk_objective_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;

CREATE INDEX ix_objective_plan ON objective ("plan");

CREATE TABLE plan_target (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	metric TEXT DEFAULT '' NOT NULL,
	label TEXT DEFAULT '' NOT NULL,
	unit TEXT DEFAULT '' NOT NULL,
	source TEXT NOT NULL,
	baseline TEXT,
	weight TEXT,
	confidence TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_plan_target PRIMARY KEY (id),
	CONSTRAINT ck_plan_target_source_known CHECK ("source" IN ('auto', 'manual')),
	CONSTRAINT ck_plan_target_confidence_known CHECK ("confidence" IN ('', 'low', 'medium', 'high')),
	CONSTRAINT fk_plan_target_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;

CREATE INDEX ix_plan_target_plan ON plan_target ("plan");

CREATE TABLE posted_entry (
	id INTEGER NOT NULL,
	statement INTEGER NOT NULL,
	partner TEXT NOT NULL,
	entry TEXT NOT NULL,
	kind TEXT NOT NULL,
	bucket TEXT NOT NULL,
	day TEXT NOT NULL,
	amount INTEGER NOT NULL,
	line TEXT NOT NULL,
	type TEXT NOT NULL,
	rule TEXT NOT NULL,
	reference TEXT NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_posted_entry PRIMARY KEY (id),
	CONSTRAINT ck_posted_entry_bucket_known CHECK (bucket IN ('held', 'payable')),
	CONSTRAINT fk_posted_entry_statement FOREIGN KEY(statement) REFERENCES statement (id)
)
 STRICT;

CREATE INDEX ix_posted_entry_partner ON posted_entry (partner);

CREATE TABLE review_item (
	id INTEGER NOT NULL,
	review INTEGER NOT NULL,
	kind TEXT NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	due TEXT,
	minutes INTEGER,
	level INTEGER,
	page TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_review_item PRIMARY KEY (id),
	CONSTRAINT ck_review_item_kind_known CHECK ("kind" IN ('agenda', 'win', 'learning', 'ask', 'decision', 'issue')),
	CONSTRAINT ck_review_item_minutes_positive CHECK (minutes > 0),
	CONSTRAINT fk_review_item_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT;

CREATE INDEX ix_review_item_review ON review_item (review);

CREATE TABLE review_page (
	id INTEGER NOT NULL,
	review INTEGER NOT NULL,
	page TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	narrative TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_review_page PRIMARY KEY (id),
	CONSTRAINT uq_review_page_review UNIQUE (review, page),
	CONSTRAINT fk_review_page_review FOREIGN KEY(review) REFERENCES review (id)
)
 STRICT;

CREATE INDEX ix_review_page_review ON review_page (review);

CREATE TABLE risk (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	likelihood TEXT DEFAULT '' NOT NULL,
	impact TEXT DEFAULT '' NOT NULL,
	"trigger" TEXT DEFAULT '' NOT NULL,
	mitigation TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_risk PRIMARY KEY (id),
	CONSTRAINT ck_risk_likelihood_known CHECK ("likelihood" IN ('', 'low', 'medium', 'high')),
	CONSTRAINT ck_risk_impact_known CHECK ("impact" IN ('', 'low', 'medium', 'high')),
	CONSTRAINT fk_risk_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;

CREATE INDEX ix_risk_plan ON risk ("plan");

CREATE TABLE source_row (
	id INTEGER NOT NULL,
	batch INTEGER NOT NULL,
	sheet TEXT DEFAULT '' NOT NULL,
	"row" INTEGER NOT NULL,
	raw TEXT NOT NULL,
	CONSTRAINT pk_source_row PRIMARY KEY (id),
	CONSTRAINT fk_source_row_batch FOREIGN KEY(batch) REFERENCES batch (id)
)
 STRICT;

CREATE INDEX ix_source_row_place ON source_row (batch, "row");

CREATE TABLE action (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	text TEXT NOT NULL,
	side TEXT NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	due TEXT,
	measure TEXT DEFAULT '' NOT NULL,
	status TEXT NOT NULL,
	created TEXT NOT NULL,
	ended_on TEXT,
	outcome TEXT DEFAULT '' NOT NULL,
	"plan" INTEGER,
	objective INTEGER,
	review INTEGER,
	note INTEGER,
	contract TEXT,
	carried_from INTEGER,
	internal INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_action PRIMARY KEY (id),
	CONSTRAINT ck_action_side_known CHECK ("side" IN ('vendor', 'partner')),
	CONSTRAINT ck_action_status_known CHECK ("status" IN ('open', 'done', 'dropped')),
	CONSTRAINT fk_action_plan FOREIGN KEY("plan") REFERENCES "plan" (id),
	CONSTRAINT fk_action_objective FOREIGN KEY(objective) REFERENCES objective (id),
	CONSTRAINT fk_action_review FOREIGN KEY(review) REFERENCES review (id),
	CONSTRAINT fk_action_note FOREIGN KEY(note) REFERENCES note (id),
	CONSTRAINT fk_action_carried_from FOREIGN KEY(carried_from) REFERENCES action (id)
)
 STRICT;

CREATE INDEX ix_action_partner ON action (partner);

CREATE INDEX ix_action_review ON action (review);

CREATE TABLE activity (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	day TEXT,
	verified_by TEXT NOT NULL,
	evidence TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_activity PRIMARY KEY (id),
	CONSTRAINT uq_activity_system UNIQUE (system, "key"),
	CONSTRAINT fk_activity_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_activity_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_activity_partner ON activity (partner);

CREATE INDEX ix_activity_source_row ON activity (source_row);

CREATE TABLE adjustment (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	reason_code TEXT NOT NULL,
	reason TEXT NOT NULL,
	approver TEXT NOT NULL,
	line TEXT NOT NULL,
	counts_for_tier INTEGER,
	counts_for_attainment INTEGER,
	counts_for_cap INTEGER,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_adjustment PRIMARY KEY (id),
	CONSTRAINT uq_adjustment_system UNIQUE (system, "key"),
	CONSTRAINT fk_adjustment_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_adjustment_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_adjustment_partner ON adjustment (partner);

CREATE INDEX ix_adjustment_source_row ON adjustment (source_row);

CREATE TABLE "case" (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	title TEXT NOT NULL,
	opened TEXT,
	closed TEXT,
	severity TEXT NOT NULL,
	escalated INTEGER,
	in_time INTEGER,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_case PRIMARY KEY (id),
	CONSTRAINT uq_case_system UNIQUE (system, "key"),
	CONSTRAINT fk_case_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_case_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_case_partner ON "case" (partner);

CREATE INDEX ix_case_source_row ON "case" (source_row);

CREATE TABLE certification (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	person TEXT NOT NULL,
	certificate TEXT NOT NULL,
	level TEXT NOT NULL,
	awarded TEXT,
	expires TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_certification PRIMARY KEY (id),
	CONSTRAINT uq_certification_system UNIQUE (system, "key"),
	CONSTRAINT fk_certification_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_certification_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_certification_partner ON certification (partner);

CREATE INDEX ix_certification_source_row ON certification (source_row);

CREATE TABLE "check" (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	deployment TEXT NOT NULL,
	partner TEXT,
	"group" TEXT NOT NULL,
	item TEXT NOT NULL,
	day TEXT,
	met INTEGER,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_check PRIMARY KEY (id),
	CONSTRAINT uq_check_system UNIQUE (system, "key"),
	CONSTRAINT fk_check_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_check_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_check_deployment ON "check" (deployment);

CREATE INDEX ix_check_partner ON "check" (partner);

CREATE INDEX ix_check_source_row ON "check" (source_row);

CREATE TABLE contract (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	product TEXT,
	deal TEXT,
	start TEXT,
	"end" TEXT,
	recurring INTEGER,
	cadence TEXT NOT NULL,
	currency TEXT NOT NULL,
	seats INTEGER,
	renewal_of TEXT,
	notice_days INTEGER,
	outcome TEXT NOT NULL,
	outcome_on TEXT,
	outcome_amount INTEGER,
	reason TEXT NOT NULL,
	owner TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_contract PRIMARY KEY (id),
	CONSTRAINT ck_contract_outcome_known CHECK ("outcome" IN ('open', 'renewed', 'expanded', 'contracted', 'churned')),
	CONSTRAINT uq_contract_system UNIQUE (system, "key"),
	CONSTRAINT fk_contract_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_contract_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_contract_deal ON contract (deal);

CREATE INDEX ix_contract_partner ON contract (partner);

CREATE INDEX ix_contract_renewal_of ON contract (renewal_of);

CREATE INDEX ix_contract_source_row ON contract (source_row);

CREATE TABLE coverage (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	person TEXT NOT NULL,
	territory TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_coverage PRIMARY KEY (id),
	CONSTRAINT uq_coverage_system UNIQUE (system, "key"),
	CONSTRAINT fk_coverage_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_coverage_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_coverage_source_row ON coverage (source_row);

CREATE TABLE credit (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	deal TEXT NOT NULL,
	partner TEXT NOT NULL,
	role TEXT NOT NULL,
	share TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_credit PRIMARY KEY (id),
	CONSTRAINT uq_credit_system UNIQUE (system, "key"),
	CONSTRAINT fk_credit_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_credit_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_credit_deal ON credit (deal);

CREATE INDEX ix_credit_partner ON credit (partner);

CREATE INDEX ix_credit_source_row ON credit (source_row);

CREATE TABLE customer (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	name TEXT NOT NULL,
	legal_name TEXT NOT NULL,
	country TEXT NOT NULL,
	city TEXT NOT NULL,
	segment TEXT NOT NULL,
	industry TEXT NOT NULL,
	type TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_customer PRIMARY KEY (id),
	CONSTRAINT uq_customer_system UNIQUE (system, "key"),
	CONSTRAINT fk_customer_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_customer_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_customer_source_row ON customer (source_row);

CREATE TABLE deal (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	product TEXT,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	role TEXT NOT NULL,
	stage TEXT NOT NULL,
	status TEXT NOT NULL,
	registered TEXT,
	created TEXT,
	expected_close TEXT,
	closed TEXT,
	lost_reason TEXT NOT NULL,
	amount INTEGER,
	cost INTEGER,
	recurring INTEGER,
	currency TEXT NOT NULL,
	probability TEXT,
	owner TEXT,
	next_step TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_deal PRIMARY KEY (id),
	CONSTRAINT ck_deal_status_known CHECK ("status" IN ('open', 'won', 'lost')),
	CONSTRAINT uq_deal_system UNIQUE (system, "key"),
	CONSTRAINT fk_deal_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_deal_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_deal_partner ON deal (partner);

CREATE INDEX ix_deal_source_row ON deal (source_row);

CREATE TABLE deal_line (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	deal TEXT NOT NULL,
	partner TEXT,
	product TEXT,
	day TEXT,
	quantity TEXT,
	unit_price TEXT,
	amount INTEGER,
	cost INTEGER,
	currency TEXT NOT NULL,
	due TEXT,
	shipped TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_deal_line PRIMARY KEY (id),
	CONSTRAINT uq_deal_line_system UNIQUE (system, "key"),
	CONSTRAINT fk_deal_line_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_deal_line_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_deal_line_deal ON deal_line (deal);

CREATE INDEX ix_deal_line_partner ON deal_line (partner);

CREATE INDEX ix_deal_line_source_row ON deal_line (source_row);

CREATE TABLE deployment (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	deal TEXT,
	product TEXT,
	name TEXT NOT NULL,
	planned_kickoff TEXT,
	kickoff TEXT,
	planned_live TEXT,
	live TEXT,
	first_value TEXT,
	outcome TEXT NOT NULL,
	review_score TEXT,
	reviewed TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_deployment PRIMARY KEY (id),
	CONSTRAINT uq_deployment_system UNIQUE (system, "key"),
	CONSTRAINT fk_deployment_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_deployment_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_deployment_deal ON deployment (deal);

CREATE INDEX ix_deployment_partner ON deployment (partner);

CREATE INDEX ix_deployment_source_row ON deployment (source_row);

CREATE TABLE enrolment (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	program TEXT NOT NULL,
	day TEXT,
	track TEXT NOT NULL,
	"group" TEXT NOT NULL,
	module TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_enrolment PRIMARY KEY (id),
	CONSTRAINT uq_enrolment_system UNIQUE (system, "key"),
	CONSTRAINT fk_enrolment_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_enrolment_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_enrolment_partner ON enrolment (partner);

CREATE INDEX ix_enrolment_source_row ON enrolment (source_row);

CREATE TABLE exchange_rate (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	"table" TEXT NOT NULL,
	day TEXT,
	base TEXT NOT NULL,
	quote TEXT NOT NULL,
	rate TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_exchange_rate PRIMARY KEY (id),
	CONSTRAINT uq_exchange_rate_system UNIQUE (system, "key"),
	CONSTRAINT fk_exchange_rate_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_exchange_rate_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_exchange_rate_source_row ON exchange_rate (source_row);

CREATE TABLE fund_entry (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	fund TEXT NOT NULL,
	kind TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	activity TEXT,
	due TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_fund_entry PRIMARY KEY (id),
	CONSTRAINT uq_fund_entry_system UNIQUE (system, "key"),
	CONSTRAINT fk_fund_entry_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_fund_entry_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_fund_entry_partner ON fund_entry (partner);

CREATE INDEX ix_fund_entry_source_row ON fund_entry (source_row);

CREATE TABLE observation (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	metric TEXT NOT NULL,
	day TEXT,
	value TEXT,
	evidence TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_observation PRIMARY KEY (id),
	CONSTRAINT uq_observation_system UNIQUE (system, "key"),
	CONSTRAINT fk_observation_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_observation_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_observation_partner ON observation (partner);

CREATE INDEX ix_observation_source_row ON observation (source_row);

CREATE TABLE partner (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	legal_name TEXT NOT NULL,
	document_name TEXT NOT NULL,
	tax_id TEXT NOT NULL,
	region TEXT NOT NULL,
	country TEXT NOT NULL,
	city TEXT NOT NULL,
	segment TEXT NOT NULL,
	currency TEXT NOT NULL,
	language TEXT NOT NULL,
	joined TEXT,
	"left" TEXT,
	parent TEXT,
	owner TEXT,
	status TEXT NOT NULL,
	agreement TEXT NOT NULL,
	agreement_signed TEXT,
	compliance_attested TEXT,
	data_sharing_attested TEXT,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_partner PRIMARY KEY (id),
	CONSTRAINT uq_partner_system UNIQUE (system, "key"),
	CONSTRAINT fk_partner_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_partner_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_partner_parent ON partner (parent);

CREATE INDEX ix_partner_source_row ON partner (source_row);

CREATE TABLE payment (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	remittance TEXT NOT NULL,
	method TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_payment PRIMARY KEY (id),
	CONSTRAINT uq_payment_system UNIQUE (system, "key"),
	CONSTRAINT fk_payment_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_payment_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_payment_partner ON payment (partner);

CREATE INDEX ix_payment_source_row ON payment (source_row);

CREATE TABLE person (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	name TEXT NOT NULL,
	side TEXT NOT NULL,
	partner TEXT,
	role TEXT NOT NULL,
	email TEXT NOT NULL,
	phone TEXT NOT NULL,
	employee TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT uq_person_system UNIQUE (system, "key"),
	CONSTRAINT fk_person_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_person_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_person_partner ON person (partner);

CREATE INDEX ix_person_source_row ON person (source_row);

CREATE TABLE product (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	name TEXT NOT NULL,
	family TEXT NOT NULL,
	category TEXT NOT NULL,
	cost TEXT,
	currency TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_product PRIMARY KEY (id),
	CONSTRAINT uq_product_system UNIQUE (system, "key"),
	CONSTRAINT fk_product_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_product_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_product_source_row ON product (source_row);

CREATE TABLE quarter_target (
	id INTEGER NOT NULL,
	target INTEGER NOT NULL,
	quarter TEXT NOT NULL,
	value TEXT,
	actual TEXT,
	CONSTRAINT pk_quarter_target PRIMARY KEY (id),
	CONSTRAINT uq_quarter_target_target UNIQUE (target, quarter),
	CONSTRAINT fk_quarter_target_target FOREIGN KEY(target) REFERENCES plan_target (id)
)
 STRICT;

CREATE TABLE stage_change (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	deal TEXT NOT NULL,
	day TEXT,
	stage TEXT NOT NULL,
	amount INTEGER,
	currency TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_stage_change PRIMARY KEY (id),
	CONSTRAINT uq_stage_change_system UNIQUE (system, "key"),
	CONSTRAINT fk_stage_change_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_stage_change_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_stage_change_deal ON stage_change (deal);

CREATE INDEX ix_stage_change_source_row ON stage_change (source_row);

CREATE TABLE survey (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	deployment TEXT,
	kind TEXT NOT NULL,
	day TEXT,
	score TEXT,
	scale_min TEXT,
	scale_max TEXT,
	comment TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_survey PRIMARY KEY (id),
	CONSTRAINT uq_survey_system UNIQUE (system, "key"),
	CONSTRAINT fk_survey_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_survey_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_survey_deployment ON survey (deployment);

CREATE INDEX ix_survey_partner ON survey (partner);

CREATE INDEX ix_survey_source_row ON survey (source_row);

CREATE TABLE target (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	person TEXT,
	metric TEXT NOT NULL,
	start TEXT,
	"end" TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_target PRIMARY KEY (id),
	CONSTRAINT uq_target_system UNIQUE (system, "key"),
	CONSTRAINT fk_target_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_target_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_target_partner ON target (partner);

CREATE INDEX ix_target_source_row ON target (source_row);

CREATE TABLE territory (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	name TEXT NOT NULL,
	country TEXT NOT NULL,
	"group" TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_territory PRIMARY KEY (id),
	CONSTRAINT uq_territory_system UNIQUE (system, "key"),
	CONSTRAINT fk_territory_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_territory_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_territory_source_row ON territory (source_row);

CREATE TABLE tier_decision (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT NOT NULL,
	day TEXT,
	tier TEXT NOT NULL,
	reason TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_tier_decision PRIMARY KEY (id),
	CONSTRAINT uq_tier_decision_system UNIQUE (system, "key"),
	CONSTRAINT fk_tier_decision_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_tier_decision_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_tier_decision_partner ON tier_decision (partner);

CREATE INDEX ix_tier_decision_source_row ON tier_decision (source_row);

CREATE TABLE "transaction" (
	id TEXT NOT NULL,
	attributes TEXT NOT NULL,
	known_on TEXT,
	partner TEXT,
	customer TEXT,
	product TEXT,
	kind TEXT NOT NULL,
	day TEXT,
	amount INTEGER,
	list_amount INTEGER,
	cost INTEGER,
	currency TEXT NOT NULL,
	deal TEXT,
	contract TEXT,
	number TEXT NOT NULL,
	system TEXT NOT NULL,
	"key" TEXT NOT NULL,
	batch INTEGER,
	source_row INTEGER,
	typed_by TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_transaction PRIMARY KEY (id),
	CONSTRAINT uq_transaction_system UNIQUE (system, "key"),
	CONSTRAINT fk_transaction_batch FOREIGN KEY(batch) REFERENCES batch (id),
	CONSTRAINT fk_transaction_source_row FOREIGN KEY(source_row) REFERENCES source_row (id)
)
 STRICT;

CREATE INDEX ix_transaction_contract ON "transaction" (contract);

CREATE INDEX ix_transaction_deal ON "transaction" (deal);

CREATE INDEX ix_transaction_partner ON "transaction" (partner);

CREATE INDEX ix_transaction_source_row ON "transaction" (source_row);

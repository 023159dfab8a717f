CREATE TABLE plan_review (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	quarter TEXT NOT NULL,
	day TEXT,
	CONSTRAINT pk_plan_review PRIMARY KEY (id),
	CONSTRAINT uq_plan_review_plan UNIQUE ("plan", quarter),
	CONSTRAINT fk_plan_review_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_plan_review_plan ON plan_review ("plan");

CREATE TABLE stakeholder (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	name TEXT NOT NULL,
	side TEXT NOT NULL,
	role TEXT DEFAULT '' NOT NULL,
	influence TEXT DEFAULT '' NOT NULL,
	relationship TEXT DEFAULT '' NOT NULL,
	stance TEXT DEFAULT '' NOT NULL,
	last_contact TEXT,
	backup TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_stakeholder PRIMARY KEY (id),
	CONSTRAINT ck_stakeholder_side_known CHECK ("side" IN ('vendor', 'partner', 'customer')),
	CONSTRAINT ck_stakeholder_influence_known CHECK ("influence" IN ('', 'low', 'medium', 'high')),
	CONSTRAINT ck_stakeholder_relationship_known CHECK ("relationship" IN ('', 'weak', 'fair', 'strong')),
	CONSTRAINT ck_stakeholder_stance_known CHECK ("stance" IN ('', 'champion', 'supporter', 'neutral', 'risk')),
	CONSTRAINT fk_stakeholder_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_stakeholder_plan ON stakeholder ("plan");

CREATE TABLE key_account (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	name TEXT NOT NULL,
	customer TEXT DEFAULT '' NOT NULL,
	vendor_part TEXT DEFAULT '' NOT NULL,
	vendor_owner TEXT DEFAULT '' NOT NULL,
	partner_part TEXT DEFAULT '' NOT NULL,
	partner_owner TEXT DEFAULT '' NOT NULL,
	cadence TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_key_account PRIMARY KEY (id),
	CONSTRAINT fk_key_account_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_key_account_plan ON key_account ("plan");

CREATE TABLE whitespace_cell (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	customer TEXT NOT NULL,
	product TEXT NOT NULL,
	axis TEXT NOT NULL,
	eligible INTEGER DEFAULT '1' NOT NULL,
	value INTEGER,
	currency TEXT DEFAULT '' NOT NULL,
	fit TEXT DEFAULT '' NOT NULL,
	next_step TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_whitespace_cell PRIMARY KEY (id),
	CONSTRAINT ck_whitespace_cell_axis_known CHECK ("axis" IN ('product', 'family', 'category')),
	CONSTRAINT ck_whitespace_cell_fit_known CHECK ("fit" IN ('', 'low', 'medium', 'high')),
	CONSTRAINT uq_whitespace_cell_plan UNIQUE ("plan", customer, product, axis),
	CONSTRAINT fk_whitespace_cell_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_whitespace_cell_plan ON whitespace_cell ("plan");

CREATE TABLE objective_link (
	id INTEGER NOT NULL,
	objective INTEGER NOT NULL,
	deal TEXT DEFAULT '' NOT NULL,
	customer TEXT DEFAULT '' NOT NULL,
	product TEXT DEFAULT '' NOT NULL,
	axis TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_objective_link PRIMARY KEY (id),
	CONSTRAINT ck_objective_link_deal_or_cell CHECK ((deal = '') = (customer <> '')),
	CONSTRAINT uq_objective_link_objective UNIQUE (objective, deal, customer, product),
	CONSTRAINT fk_objective_link_objective FOREIGN KEY(objective) REFERENCES objective (id)
)
 STRICT;

CREATE TABLE ladder_level (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	level INTEGER NOT NULL,
	who TEXT NOT NULL,
	vendor TEXT DEFAULT '' NOT NULL,
	partner TEXT DEFAULT '' NOT NULL,
	days INTEGER NOT NULL,
	CONSTRAINT pk_ladder_level PRIMARY KEY (id),
	CONSTRAINT ck_ladder_level_level_known CHECK (level BETWEEN 1 AND 3),
	CONSTRAINT ck_ladder_level_days_positive CHECK (days > 0),
	CONSTRAINT uq_ladder_level_plan UNIQUE ("plan", level),
	CONSTRAINT fk_ladder_level_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_ladder_level_plan ON ladder_level ("plan");

CREATE TABLE escalation (
	id INTEGER NOT NULL,
	partner TEXT NOT NULL,
	"plan" INTEGER NOT NULL,
	risk INTEGER,
	text TEXT NOT NULL,
	raised_on TEXT NOT NULL,
	raised_by TEXT DEFAULT '' NOT NULL,
	ended_on TEXT,
	outcome TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_escalation PRIMARY KEY (id),
	CONSTRAINT fk_escalation_plan FOREIGN KEY("plan") REFERENCES "plan" (id),
	CONSTRAINT fk_escalation_risk FOREIGN KEY(risk) REFERENCES risk (id)
)
 STRICT;
CREATE INDEX ix_escalation_partner ON escalation (partner);

CREATE TABLE escalation_step (
	id INTEGER NOT NULL,
	escalation INTEGER NOT NULL,
	level INTEGER NOT NULL,
	day TEXT NOT NULL,
	answer_by TEXT NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	words TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_escalation_step PRIMARY KEY (id),
	CONSTRAINT ck_escalation_step_level_known CHECK (level BETWEEN 1 AND 3),
	CONSTRAINT ck_escalation_step_days_in_order CHECK (answer_by >= day),
	CONSTRAINT uq_escalation_step_escalation UNIQUE (escalation, level),
	CONSTRAINT fk_escalation_step_escalation FOREIGN KEY(escalation) REFERENCES escalation (id)
)
 STRICT;

CREATE TABLE rhythm (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	meeting TEXT NOT NULL,
	cadence TEXT NOT NULL,
	minutes INTEGER,
	who TEXT DEFAULT '' NOT NULL,
	covers TEXT DEFAULT '' NOT NULL,
	optional INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_rhythm PRIMARY KEY (id),
	CONSTRAINT ck_rhythm_cadence_known CHECK ("cadence" IN ('weekly', 'monthly', 'quarterly', 'yearly')),
	CONSTRAINT ck_rhythm_minutes_positive CHECK (minutes > 0),
	CONSTRAINT fk_rhythm_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_rhythm_plan ON rhythm ("plan");

CREATE TABLE motion (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	week TEXT NOT NULL,
	text TEXT NOT NULL,
	side TEXT NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	done_on TEXT,
	CONSTRAINT pk_motion PRIMARY KEY (id),
	CONSTRAINT ck_motion_side_known CHECK ("side" IN ('vendor', 'partner')),
	CONSTRAINT fk_motion_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_motion_plan ON motion ("plan");

CREATE TABLE attachment (
	id INTEGER NOT NULL,
	"plan" INTEGER NOT NULL,
	position INTEGER NOT NULL,
	follows INTEGER,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	about TEXT DEFAULT '' NOT NULL,
	added TEXT NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (id),
	CONSTRAINT fk_attachment_plan FOREIGN KEY("plan") REFERENCES "plan" (id)
)
 STRICT;
CREATE INDEX ix_attachment_plan ON attachment ("plan");


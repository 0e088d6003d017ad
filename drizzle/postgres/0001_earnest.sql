CREATE TABLE "unit_pasts" (
	"unit_id" bigint NOT NULL,
	"until" bigint NOT NULL,
	"name" text NOT NULL,
	"parent_id" bigint,
	"block" text,
	CONSTRAINT "unit_pasts_unit_id_until_pk" PRIMARY KEY("unit_id","until")
);
--> statement-breakpoint
CREATE TABLE "unit_headcounts" (
	"unit_id" bigint NOT NULL,
	"from_at" bigint NOT NULL,
	"headcount" bigint,
	CONSTRAINT "unit_headcounts_unit_id_from_at_pk" PRIMARY KEY("unit_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "unit_officers" (
	"unit_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"named_by" bigint NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "unit_officers_unit_id_person_id_named_by_pk" PRIMARY KEY("unit_id","person_id","named_by")
);
--> statement-breakpoint
CREATE TABLE "unit_links" (
	"code" text PRIMARY KEY NOT NULL,
	"contest_id" bigint NOT NULL,
	"unit_id" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_requests" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"text" text NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"unit_id" bigint,
	"created_at" bigint NOT NULL,
	"decided_at" bigint,
	"refusal" text,
	CONSTRAINT "unit_requests_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "rosters" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"unit_id" bigint,
	"title" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"matched_at" bigint
);
--> statement-breakpoint
CREATE TABLE "roster_members" (
	"id" bigint PRIMARY KEY NOT NULL,
	"roster_id" bigint NOT NULL,
	"contest_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"name" text NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"birth_date" text,
	"phone_cipher" text,
	"phone_hash" text,
	"code_cipher" text NOT NULL,
	"code_hash" text NOT NULL,
	"unit_id" bigint,
	"person_id" bigint,
	"found" text
);
--> statement-breakpoint
CREATE TABLE "roster_matches" (
	"member_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"roster_id" bigint NOT NULL,
	"grade" text NOT NULL,
	"signs" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "roster_matches_member_id_person_id_pk" PRIMARY KEY("member_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "bank_staff" (
	"bank_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"duty" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "bank_staff_bank_id_person_id_duty_pk" PRIMARY KEY("bank_id","person_id","duty")
);
--> statement-breakpoint
CREATE TABLE "question_reviews" (
	"question_id" bigint PRIMARY KEY NOT NULL,
	"reviewer_id" bigint NOT NULL,
	"due_at" bigint,
	"asked_by" bigint,
	"asked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_uses" (
	"question_id" bigint NOT NULL,
	"round_id" bigint NOT NULL,
	"asked" bigint NOT NULL,
	"facility" bigint NOT NULL,
	"flags" bigint NOT NULL,
	CONSTRAINT "question_uses_question_id_round_id_pk" PRIMARY KEY("question_id","round_id")
);
--> statement-breakpoint
CREATE TABLE "bank_media" (
	"bank_id" bigint NOT NULL,
	"media_id" text NOT NULL,
	"name" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "bank_media_bank_id_media_id_pk" PRIMARY KEY("bank_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"slug" text NOT NULL,
	"type" text NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"issuer" text NOT NULL,
	"issued_on" text,
	"valid_from" text,
	"valid_until" text,
	"superseded_by_id" bigint,
	"note" text NOT NULL,
	"source" text NOT NULL,
	"is_excerpt" boolean NOT NULL,
	"outline" jsonb NOT NULL,
	"text_version" bigint NOT NULL,
	"version" bigint NOT NULL,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "document_texts" (
	"document_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"source" text NOT NULL,
	"sections" jsonb NOT NULL,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"reason" text,
	CONSTRAINT "document_texts_document_id_version_pk" PRIMARY KEY("document_id","version")
);
--> statement-breakpoint
CREATE TABLE "citation_links" (
	"version_id" bigint PRIMARY KEY NOT NULL,
	"document_id" bigint NOT NULL,
	"section" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citation_fixes" (
	"signature" text PRIMARY KEY NOT NULL,
	"document" text NOT NULL,
	"section" text NOT NULL,
	"document_id" bigint NOT NULL,
	"section_key" text NOT NULL,
	"fixed_by" bigint,
	"fixed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citation_looks" (
	"question_id" bigint NOT NULL,
	"document_id" bigint NOT NULL,
	"cause" text NOT NULL,
	"person_id" bigint,
	"at" bigint NOT NULL,
	CONSTRAINT "citation_looks_question_id_document_id_cause_pk" PRIMARY KEY("question_id","document_id","cause")
);
--> statement-breakpoint
CREATE TABLE "study_progress" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"progress" text NOT NULL,
	"version" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"round_id" bigint,
	"board" text NOT NULL,
	"number" bigint NOT NULL,
	"standing" text NOT NULL,
	"rank_order" jsonb NOT NULL,
	"people" bigint NOT NULL,
	"units" bigint NOT NULL,
	"fingerprint" text NOT NULL,
	"feed_transaction" bigint NOT NULL,
	"feed_seq" bigint NOT NULL,
	"taken_at" bigint NOT NULL,
	"taken_by" text NOT NULL,
	"reason" text NOT NULL,
	"complete_at" bigint
);
--> statement-breakpoint
CREATE TABLE "snapshot_pages" (
	"snapshot_id" bigint NOT NULL,
	"part" text NOT NULL,
	"page" bigint NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "snapshot_pages_snapshot_id_part_page_pk" PRIMARY KEY("snapshot_id","part","page")
);
--> statement-breakpoint
CREATE TABLE "prize_plans" (
	"contest_id" bigint PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"plan" jsonb NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prize_allowances" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" bigint NOT NULL,
	CONSTRAINT "prize_allowances_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "draws" (
	"board" text PRIMARY KEY NOT NULL,
	"contest_id" bigint NOT NULL,
	"commitment" text NOT NULL,
	"seed_cipher" text NOT NULL,
	"committed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "winner_lists" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"board" text NOT NULL,
	"snapshot_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"plan" jsonb NOT NULL,
	"extra" text NOT NULL,
	"facts" jsonb NOT NULL,
	"decided_at" bigint NOT NULL,
	"decided_by" text NOT NULL,
	"published_at" bigint
);
--> statement-breakpoint
CREATE TABLE "winners" (
	"id" bigint PRIMARY KEY NOT NULL,
	"list_id" bigint NOT NULL,
	"position" bigint NOT NULL,
	"prize" text NOT NULL,
	"place" bigint NOT NULL,
	"person_id" bigint,
	"unit_id" bigint,
	"within_unit_id" bigint,
	"rank" bigint NOT NULL,
	"attempt_id" bigint,
	"why" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_designs" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"design" jsonb NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_batches" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"design" jsonb NOT NULL,
	"source" jsonb NOT NULL,
	"state" text NOT NULL,
	"total" bigint NOT NULL,
	"made" bigint NOT NULL,
	"moved_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" bigint PRIMARY KEY NOT NULL,
	"batch_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"person_id" bigint,
	"unit_id" bigint,
	"saying" jsonb NOT NULL,
	"issued_at" bigint NOT NULL,
	"made_at" bigint,
	"revoked_at" bigint,
	"revoked_reason" text
);
--> statement-breakpoint
CREATE TABLE "certificate_files" (
	"certificate_id" bigint PRIMARY KEY NOT NULL,
	"bytes" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "essays" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"round_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"place" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"state" text NOT NULL,
	"marks" bigint,
	"queued_at" bigint NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "essay_marks" (
	"essay_id" bigint NOT NULL,
	"seat" bigint NOT NULL,
	"marker_id" bigint NOT NULL,
	"taken_at" bigint NOT NULL,
	"marked_at" bigint,
	"marks" bigint,
	"lines" jsonb,
	"note" text NOT NULL,
	CONSTRAINT "essay_marks_essay_id_seat_pk" PRIMARY KEY("essay_id","seat")
);
--> statement-breakpoint
CREATE TABLE "contest_markers" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "contest_markers_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"key" text,
	"purpose" text NOT NULL,
	"contest_id" bigint,
	"round_id" bigint,
	"audience" jsonb,
	"letter" jsonb NOT NULL,
	"files" jsonb,
	"state" text NOT NULL,
	"cursor" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY NOT NULL,
	"mailing_id" bigint NOT NULL,
	"channel" text NOT NULL,
	"person_id" bigint,
	"address_cipher" text,
	"address_hash" text,
	"state" bigint NOT NULL,
	"tries" bigint NOT NULL,
	"next_at" bigint NOT NULL,
	"ended_at" bigint,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "mail_refusals" (
	"address_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "mail_refusals_address_hash_purpose_pk" PRIMARY KEY("address_hash","purpose")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" bigint PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"endpoint_hash" text NOT NULL,
	"subscription_cipher" text NOT NULL,
	"locale" text NOT NULL,
	"device" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_texts" (
	"contest_id" bigint NOT NULL,
	"consent" text NOT NULL,
	"version" bigint NOT NULL,
	"vi" text NOT NULL,
	"en" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "consent_texts_contest_id_consent_version_pk" PRIMARY KEY("contest_id","consent","version")
);
--> statement-breakpoint
CREATE TABLE "consent_changes" (
	"id" bigint PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"contest_id" bigint,
	"consent" text NOT NULL,
	"version" bigint NOT NULL,
	"given" boolean NOT NULL,
	"via" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"contest_id" bigint PRIMARY KEY NOT NULL,
	"days" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"cursor" bigint NOT NULL,
	"entries" bigint NOT NULL,
	"guests" bigint NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "breaches" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"title" text NOT NULL,
	"happened_at" bigint NOT NULL,
	"found_at" bigint NOT NULL,
	"what" text NOT NULL,
	"data" text NOT NULL,
	"cause" text NOT NULL,
	"measures" text NOT NULL,
	"people" bigint,
	"authority_told_at" bigint,
	"people_told_at" bigint,
	"closed_at" bigint,
	"version" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "duplicates" (
	"contest_id" bigint NOT NULL,
	"person_a" bigint NOT NULL,
	"person_b" bigint NOT NULL,
	"signs" text NOT NULL,
	"weight" bigint NOT NULL,
	"state" text NOT NULL,
	"found_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"reason" text,
	CONSTRAINT "duplicates_contest_id_person_a_person_b_pk" PRIMARY KEY("contest_id","person_a","person_b")
);
--> statement-breakpoint
CREATE TABLE "exclusions" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"lifted_at" bigint,
	CONSTRAINT "exclusions_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "attempt_signals" (
	"attempt_id" bigint PRIMARY KEY NOT NULL,
	"round_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"signs" jsonb NOT NULL,
	"weight" bigint NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"found_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "attempt_aways" (
	"attempt_id" bigint PRIMARY KEY NOT NULL,
	"times" bigint NOT NULL,
	"ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remedies" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"details" jsonb NOT NULL,
	"reason" text NOT NULL,
	"notice" text,
	"actor" text NOT NULL,
	"at" bigint NOT NULL,
	"reversed_at" bigint,
	"reversed_by" text,
	"reverse_reason" text
);
--> statement-breakpoint
CREATE TABLE "rulings" (
	"remedy_id" bigint NOT NULL,
	"round_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"key" jsonb,
	"withdrawn" boolean NOT NULL,
	CONSTRAINT "rulings_remedy_id_round_id_version_id_pk" PRIMARY KEY("remedy_id","round_id","version_id")
);
--> statement-breakpoint
CREATE TABLE "annulments" (
	"remedy_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"state_before" bigint NOT NULL,
	"restored" boolean NOT NULL,
	"annulled_at" bigint NOT NULL,
	"grant_until" bigint,
	CONSTRAINT "annulments_remedy_id_attempt_id_pk" PRIMARY KEY("remedy_id","attempt_id")
);
--> statement-breakpoint
CREATE TABLE "regrades" (
	"id" bigint PRIMARY KEY NOT NULL,
	"remedy_id" bigint NOT NULL,
	"direction" bigint NOT NULL,
	"cursor" bigint NOT NULL,
	"looked" bigint NOT NULL,
	"changed" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"moved_at" bigint NOT NULL,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "question_reports" (
	"id" bigint PRIMARY KEY NOT NULL,
	"contest_id" bigint NOT NULL,
	"round_id" bigint NOT NULL,
	"question_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"person_id" bigint,
	"attempt_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_answers" (
	"contest_id" bigint NOT NULL,
	"question_id" bigint NOT NULL,
	"status" text NOT NULL,
	"answer" text NOT NULL,
	"remedy_id" bigint,
	"answered_by" text NOT NULL,
	"answered_at" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "report_answers_contest_id_question_id_pk" PRIMARY KEY("contest_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "report_schedules" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"weekday" bigint NOT NULL,
	"minute" bigint NOT NULL,
	"formats" jsonb NOT NULL,
	"unit" text,
	"addresses_cipher" text,
	"next_at" bigint NOT NULL,
	"taken_until" bigint DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_reports" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"schedule_id" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"format" text NOT NULL,
	"unit" text,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"made_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_report_pieces" (
	"kept_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"bytes" text NOT NULL,
	CONSTRAINT "kept_report_pieces_kept_id_number_pk" PRIMARY KEY("kept_id","number")
);
--> statement-breakpoint
CREATE TABLE "server_minutes" (
	"minute" bigint NOT NULL,
	"node" text NOT NULL,
	"round_id" bigint NOT NULL,
	"saves" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"failed" bigint NOT NULL,
	CONSTRAINT "server_minutes_minute_node_round_id_pk" PRIMARY KEY("minute","node","round_id")
);
--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "sequence" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "merged_into" bigint;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "household_id" bigint;--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "standing" text;--> statement-breakpoint
CREATE INDEX "unit_officers_person" ON "unit_officers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_links_unit" ON "unit_links" USING btree ("contest_id","unit_id");--> statement-breakpoint
CREATE INDEX "unit_requests_text" ON "unit_requests" USING btree ("contest_id","state","folded");--> statement-breakpoint
CREATE UNIQUE INDEX "rosters_uid" ON "rosters" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "rosters_contest" ON "rosters" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roster_members_number" ON "roster_members" USING btree ("roster_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "roster_members_code" ON "roster_members" USING btree ("contest_id","code_hash");--> statement-breakpoint
CREATE INDEX "roster_members_unit" ON "roster_members" USING btree ("contest_id","unit_id");--> statement-breakpoint
CREATE INDEX "roster_members_person" ON "roster_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "roster_matches_roster" ON "roster_matches" USING btree ("roster_id","state");--> statement-breakpoint
CREATE INDEX "bank_staff_person" ON "bank_staff" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "question_reviews_reviewer" ON "question_reviews" USING btree ("reviewer_id","due_at");--> statement-breakpoint
CREATE INDEX "question_uses_round" ON "question_uses" USING btree ("round_id");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_uid" ON "documents" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_slug" ON "documents" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "citation_links_document" ON "citation_links" USING btree ("document_id","version_id");--> statement-breakpoint
CREATE INDEX "citation_looks_person" ON "citation_looks" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshots_uid" ON "snapshots" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshots_board" ON "snapshots" USING btree ("board","number");--> statement-breakpoint
CREATE UNIQUE INDEX "winner_lists_uid" ON "winner_lists" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "winner_lists_number" ON "winner_lists" USING btree ("board","number");--> statement-breakpoint
CREATE INDEX "winner_lists_contest" ON "winner_lists" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "winners_position" ON "winners" USING btree ("list_id","position");--> statement-breakpoint
CREATE INDEX "winners_person" ON "winners" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_designs_uid" ON "certificate_designs" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "certificate_designs_contest" ON "certificate_designs" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_batches_uid" ON "certificate_batches" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "certificate_batches_contest" ON "certificate_batches" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_number" ON "certificates" USING btree ("batch_id","number");--> statement-breakpoint
CREATE INDEX "certificates_person" ON "certificates" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "essays_uid" ON "essays" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "essays_attempt" ON "essays" USING btree ("attempt_id","place");--> statement-breakpoint
CREATE INDEX "essays_round" ON "essays" USING btree ("round_id","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "essay_marks_marker" ON "essay_marks" USING btree ("essay_id","marker_id");--> statement-breakpoint
CREATE INDEX "essay_marks_of" ON "essay_marks" USING btree ("marker_id","marked_at");--> statement-breakpoint
CREATE INDEX "contest_markers_person" ON "contest_markers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_uid" ON "mailings" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_key" ON "mailings" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mailings_contest" ON "mailings" USING btree ("contest_id");--> statement-breakpoint
CREATE INDEX "mailings_state" ON "mailings" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_person" ON "deliveries" USING btree ("mailing_id","channel","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_address" ON "deliveries" USING btree ("mailing_id","address_hash");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_at") WHERE "deliveries"."state" = 1;--> statement-breakpoint
CREATE INDEX "deliveries_states" ON "deliveries" USING btree ("mailing_id","state");--> statement-breakpoint
CREATE INDEX "deliveries_of" ON "deliveries" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_endpoint" ON "push_subscriptions" USING btree ("endpoint_hash");--> statement-breakpoint
CREATE INDEX "push_subscriptions_person" ON "push_subscriptions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "consent_changes_person" ON "consent_changes" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "breaches_uid" ON "breaches" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "duplicates_state" ON "duplicates" USING btree ("contest_id","state","weight");--> statement-breakpoint
CREATE INDEX "attempt_signals_state" ON "attempt_signals" USING btree ("round_id","state","weight");--> statement-breakpoint
CREATE UNIQUE INDEX "remedies_uid" ON "remedies" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "remedies_contest" ON "remedies" USING btree ("contest_id","at");--> statement-breakpoint
CREATE INDEX "annulments_attempt" ON "annulments" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "regrades_remedy" ON "regrades" USING btree ("remedy_id","direction");--> statement-breakpoint
CREATE INDEX "regrades_unfinished" ON "regrades" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "question_reports_person" ON "question_reports" USING btree ("person_id","round_id","question_id");--> statement-breakpoint
CREATE INDEX "question_reports_question" ON "question_reports" USING btree ("contest_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "report_schedules_uid" ON "report_schedules" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "report_schedules_contest" ON "report_schedules" USING btree ("contest_id");--> statement-breakpoint
CREATE INDEX "report_schedules_next" ON "report_schedules" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "kept_reports_uid" ON "kept_reports" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "kept_reports_due" ON "kept_reports" USING btree ("schedule_id","due_at","format");--> statement-breakpoint
CREATE INDEX "kept_reports_contest" ON "kept_reports" USING btree ("contest_id","made_at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit_log" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit_log" USING btree ("action");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "entries_sequence" ON "entries" USING btree ("contest_id","sequence");--> statement-breakpoint
CREATE INDEX "entries_unit" ON "entries" USING btree ("contest_id","unit_id");--> statement-breakpoint
CREATE INDEX "people_household" ON "people" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "questions_status" ON "questions" USING btree ("bank_id","status");
CREATE TABLE "annulments" (
	"remedy_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"state_before" bigint NOT NULL,
	"restored" boolean NOT NULL,
	CONSTRAINT "annulments_remedy_id_attempt_id_pk" PRIMARY KEY("remedy_id","attempt_id")
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
CREATE TABLE "certificate_designs" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"design" jsonb NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_files" (
	"certificate_id" bigint PRIMARY KEY NOT NULL,
	"bytes" text NOT NULL
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
CREATE TABLE "draws" (
	"board" text PRIMARY KEY NOT NULL,
	"contest_id" bigint NOT NULL,
	"commitment" text NOT NULL,
	"seed_cipher" text NOT NULL,
	"committed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prize_exclusions" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"excluded" boolean NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" bigint NOT NULL,
	CONSTRAINT "prize_exclusions_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "prize_plans" (
	"contest_id" bigint PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"plan" jsonb NOT NULL,
	"changed_at" bigint NOT NULL
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
CREATE TABLE "snapshot_pages" (
	"snapshot_id" bigint NOT NULL,
	"part" text NOT NULL,
	"page" bigint NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "snapshot_pages_snapshot_id_part_page_pk" PRIMARY KEY("snapshot_id","part","page")
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
	"rank" bigint NOT NULL,
	"attempt_id" bigint,
	"why" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "standing" text;--> statement-breakpoint
CREATE INDEX "annulments_attempt" ON "annulments" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_batches_uid" ON "certificate_batches" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "certificate_batches_contest" ON "certificate_batches" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_designs_uid" ON "certificate_designs" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "certificate_designs_contest" ON "certificate_designs" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_number" ON "certificates" USING btree ("batch_id","number");--> statement-breakpoint
CREATE INDEX "certificates_person" ON "certificates" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_reports_person" ON "question_reports" USING btree ("person_id","round_id","question_id");--> statement-breakpoint
CREATE INDEX "question_reports_question" ON "question_reports" USING btree ("contest_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "regrades_remedy" ON "regrades" USING btree ("remedy_id","direction");--> statement-breakpoint
CREATE INDEX "regrades_unfinished" ON "regrades" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "remedies_uid" ON "remedies" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "remedies_contest" ON "remedies" USING btree ("contest_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshots_uid" ON "snapshots" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshots_board" ON "snapshots" USING btree ("board","number");--> statement-breakpoint
CREATE UNIQUE INDEX "winner_lists_uid" ON "winner_lists" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "winner_lists_number" ON "winner_lists" USING btree ("board","number");--> statement-breakpoint
CREATE INDEX "winner_lists_contest" ON "winner_lists" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "winners_position" ON "winners" USING btree ("list_id","position");--> statement-breakpoint
CREATE INDEX "winners_person" ON "winners" USING btree ("person_id");
CREATE TABLE "annulments" (
	"remedy_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"state_before" bigint NOT NULL,
	"restored" boolean NOT NULL,
	CONSTRAINT "annulments_remedy_id_attempt_id_pk" PRIMARY KEY("remedy_id","attempt_id")
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
CREATE INDEX "annulments_attempt" ON "annulments" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_reports_person" ON "question_reports" USING btree ("person_id","round_id","question_id");--> statement-breakpoint
CREATE INDEX "question_reports_question" ON "question_reports" USING btree ("contest_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "regrades_remedy" ON "regrades" USING btree ("remedy_id","direction");--> statement-breakpoint
CREATE INDEX "regrades_unfinished" ON "regrades" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "remedies_uid" ON "remedies" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "remedies_contest" ON "remedies" USING btree ("contest_id","at");
CREATE TABLE "annulments" (
	"remedy_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"state_before" bigint NOT NULL,
	"restored" boolean NOT NULL,
	CONSTRAINT "annulments_remedy_id_attempt_id_pk" PRIMARY KEY("remedy_id","attempt_id")
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
CREATE TABLE "citation_links" (
	"version_id" bigint PRIMARY KEY NOT NULL,
	"document_id" bigint NOT NULL,
	"section" text NOT NULL
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
CREATE TABLE "study_progress" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"progress" text NOT NULL,
	"version" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "annulments_attempt" ON "annulments" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "citation_links_document" ON "citation_links" USING btree ("document_id","version_id");--> statement-breakpoint
CREATE INDEX "citation_looks_person" ON "citation_looks" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_uid" ON "documents" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_slug" ON "documents" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "question_reports_person" ON "question_reports" USING btree ("person_id","round_id","question_id");--> statement-breakpoint
CREATE INDEX "question_reports_question" ON "question_reports" USING btree ("contest_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "regrades_remedy" ON "regrades" USING btree ("remedy_id","direction");--> statement-breakpoint
CREATE INDEX "regrades_unfinished" ON "regrades" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "remedies_uid" ON "remedies" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "remedies_contest" ON "remedies" USING btree ("contest_id","at");
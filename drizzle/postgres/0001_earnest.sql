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
CREATE TABLE "study_progress" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"progress" text NOT NULL,
	"version" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "citation_links_document" ON "citation_links" USING btree ("document_id","version_id");--> statement-breakpoint
CREATE INDEX "citation_looks_person" ON "citation_looks" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_uid" ON "documents" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_slug" ON "documents" USING btree ("slug");
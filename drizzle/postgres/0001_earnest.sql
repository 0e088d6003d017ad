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
CREATE UNIQUE INDEX "breaches_uid" ON "breaches" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "consent_changes_person" ON "consent_changes" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_person" ON "deliveries" USING btree ("mailing_id","channel","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_address" ON "deliveries" USING btree ("mailing_id","address_hash");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_at") WHERE "deliveries"."state" = 1;--> statement-breakpoint
CREATE INDEX "deliveries_states" ON "deliveries" USING btree ("mailing_id","state");--> statement-breakpoint
CREATE INDEX "deliveries_of" ON "deliveries" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_uid" ON "mailings" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_key" ON "mailings" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mailings_contest" ON "mailings" USING btree ("contest_id");--> statement-breakpoint
CREATE INDEX "mailings_state" ON "mailings" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_endpoint" ON "push_subscriptions" USING btree ("endpoint_hash");--> statement-breakpoint
CREATE INDEX "push_subscriptions_person" ON "push_subscriptions" USING btree ("person_id");
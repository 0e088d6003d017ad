CREATE TABLE `breaches` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`title` text NOT NULL,
	`happened_at` integer NOT NULL,
	`found_at` integer NOT NULL,
	`what` text NOT NULL,
	`data` text NOT NULL,
	`cause` text NOT NULL,
	`measures` text NOT NULL,
	`people` integer,
	`authority_told_at` integer,
	`people_told_at` integer,
	`closed_at` integer,
	`version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `breaches_uid` ON `breaches` (`uid`);--> statement-breakpoint
CREATE TABLE `consent_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`contest_id` integer,
	`consent` text NOT NULL,
	`version` integer NOT NULL,
	`given` integer NOT NULL,
	`via` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `consent_changes_person` ON `consent_changes` (`person_id`);--> statement-breakpoint
CREATE TABLE `consent_texts` (
	`contest_id` integer NOT NULL,
	`consent` text NOT NULL,
	`version` integer NOT NULL,
	`vi` text NOT NULL,
	`en` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `consent`, `version`)
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`mailing_id` integer NOT NULL,
	`channel` text NOT NULL,
	`person_id` integer,
	`address_cipher` text,
	`address_hash` text,
	`state` integer NOT NULL,
	`tries` integer NOT NULL,
	`next_at` integer NOT NULL,
	`ended_at` integer,
	`problem` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_person` ON `deliveries` (`mailing_id`,`channel`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_address` ON `deliveries` (`mailing_id`,`address_hash`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`next_at`) WHERE "deliveries"."state" = 1;--> statement-breakpoint
CREATE INDEX `deliveries_states` ON `deliveries` (`mailing_id`,`state`);--> statement-breakpoint
CREATE INDEX `deliveries_of` ON `deliveries` (`person_id`);--> statement-breakpoint
CREATE TABLE `mail_refusals` (
	`address_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`address_hash`, `purpose`)
);
--> statement-breakpoint
CREATE TABLE `mailings` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`key` text,
	`purpose` text NOT NULL,
	`contest_id` integer,
	`round_id` integer,
	`audience` text,
	`letter` text NOT NULL,
	`files` text,
	`state` text NOT NULL,
	`cursor` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailings_uid` ON `mailings` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `mailings_key` ON `mailings` (`key`);--> statement-breakpoint
CREATE INDEX `mailings_contest` ON `mailings` (`contest_id`);--> statement-breakpoint
CREATE INDEX `mailings_state` ON `mailings` (`state`);--> statement-breakpoint
CREATE TABLE `push_subscriptions` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`endpoint_hash` text NOT NULL,
	`subscription_cipher` text NOT NULL,
	`locale` text NOT NULL,
	`device` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscriptions_endpoint` ON `push_subscriptions` (`endpoint_hash`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_person` ON `push_subscriptions` (`person_id`);--> statement-breakpoint
CREATE TABLE `retention_runs` (
	`contest_id` integer PRIMARY KEY NOT NULL,
	`days` integer NOT NULL,
	`due_at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`cursor` integer NOT NULL,
	`entries` integer NOT NULL,
	`guests` integer NOT NULL,
	`done_at` integer
);

CREATE TABLE `annulments` (
	`remedy_id` integer NOT NULL,
	`attempt_id` integer NOT NULL,
	`state_before` integer NOT NULL,
	`restored` integer NOT NULL,
	PRIMARY KEY(`remedy_id`, `attempt_id`)
);
--> statement-breakpoint
CREATE INDEX `annulments_attempt` ON `annulments` (`attempt_id`);--> statement-breakpoint
CREATE TABLE `certificate_batches` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`design` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`total` integer NOT NULL,
	`made` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_batches_uid` ON `certificate_batches` (`uid`);--> statement-breakpoint
CREATE INDEX `certificate_batches_contest` ON `certificate_batches` (`contest_id`);--> statement-breakpoint
CREATE TABLE `certificate_designs` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`version` integer NOT NULL,
	`design` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_designs_uid` ON `certificate_designs` (`uid`);--> statement-breakpoint
CREATE INDEX `certificate_designs_contest` ON `certificate_designs` (`contest_id`);--> statement-breakpoint
CREATE TABLE `certificate_files` (
	`certificate_id` integer PRIMARY KEY NOT NULL,
	`bytes` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `certificates` (
	`id` integer PRIMARY KEY NOT NULL,
	`batch_id` integer NOT NULL,
	`number` integer NOT NULL,
	`person_id` integer,
	`unit_id` integer,
	`saying` text NOT NULL,
	`issued_at` integer NOT NULL,
	`made_at` integer,
	`revoked_at` integer,
	`revoked_reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_number` ON `certificates` (`batch_id`,`number`);--> statement-breakpoint
CREATE INDEX `certificates_person` ON `certificates` (`person_id`);--> statement-breakpoint
CREATE TABLE `draws` (
	`board` text PRIMARY KEY NOT NULL,
	`contest_id` integer NOT NULL,
	`commitment` text NOT NULL,
	`seed_cipher` text NOT NULL,
	`committed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `prize_exclusions` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`excluded` integer NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `prize_plans` (
	`contest_id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`plan` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `question_reports` (
	`id` integer PRIMARY KEY NOT NULL,
	`contest_id` integer NOT NULL,
	`round_id` integer NOT NULL,
	`question_id` integer NOT NULL,
	`version_id` integer NOT NULL,
	`person_id` integer,
	`attempt_id` integer NOT NULL,
	`reason` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_reports_person` ON `question_reports` (`person_id`,`round_id`,`question_id`);--> statement-breakpoint
CREATE INDEX `question_reports_question` ON `question_reports` (`contest_id`,`question_id`);--> statement-breakpoint
CREATE TABLE `regrades` (
	`id` integer PRIMARY KEY NOT NULL,
	`remedy_id` integer NOT NULL,
	`direction` integer NOT NULL,
	`cursor` integer NOT NULL,
	`looked` integer NOT NULL,
	`changed` integer NOT NULL,
	`started_at` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `regrades_remedy` ON `regrades` (`remedy_id`,`direction`);--> statement-breakpoint
CREATE INDEX `regrades_unfinished` ON `regrades` (`finished_at`);--> statement-breakpoint
CREATE TABLE `remedies` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`kind` text NOT NULL,
	`details` text NOT NULL,
	`reason` text NOT NULL,
	`notice` text,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`reversed_at` integer,
	`reversed_by` text,
	`reverse_reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `remedies_uid` ON `remedies` (`uid`);--> statement-breakpoint
CREATE INDEX `remedies_contest` ON `remedies` (`contest_id`,`at`);--> statement-breakpoint
CREATE TABLE `report_answers` (
	`contest_id` integer NOT NULL,
	`question_id` integer NOT NULL,
	`status` text NOT NULL,
	`answer` text NOT NULL,
	`remedy_id` integer,
	`answered_by` text NOT NULL,
	`answered_at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `question_id`)
);
--> statement-breakpoint
CREATE TABLE `rulings` (
	`remedy_id` integer NOT NULL,
	`round_id` integer NOT NULL,
	`version_id` integer NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`withdrawn` integer NOT NULL,
	PRIMARY KEY(`remedy_id`, `round_id`, `version_id`)
);
--> statement-breakpoint
CREATE TABLE `snapshot_pages` (
	`snapshot_id` integer NOT NULL,
	`part` text NOT NULL,
	`page` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `part`, `page`)
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`round_id` integer,
	`board` text NOT NULL,
	`number` integer NOT NULL,
	`standing` text NOT NULL,
	`rank_order` text NOT NULL,
	`people` integer NOT NULL,
	`units` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`feed_transaction` integer NOT NULL,
	`feed_seq` integer NOT NULL,
	`taken_at` integer NOT NULL,
	`taken_by` text NOT NULL,
	`reason` text NOT NULL,
	`complete_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `snapshots_uid` ON `snapshots` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `snapshots_board` ON `snapshots` (`board`,`number`);--> statement-breakpoint
CREATE TABLE `winner_lists` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`board` text NOT NULL,
	`snapshot_id` integer NOT NULL,
	`number` integer NOT NULL,
	`plan` text NOT NULL,
	`extra` text NOT NULL,
	`facts` text NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` text NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `winner_lists_uid` ON `winner_lists` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `winner_lists_number` ON `winner_lists` (`board`,`number`);--> statement-breakpoint
CREATE INDEX `winner_lists_contest` ON `winner_lists` (`contest_id`);--> statement-breakpoint
CREATE TABLE `winners` (
	`id` integer PRIMARY KEY NOT NULL,
	`list_id` integer NOT NULL,
	`position` integer NOT NULL,
	`prize` text NOT NULL,
	`place` integer NOT NULL,
	`person_id` integer,
	`unit_id` integer,
	`rank` integer NOT NULL,
	`attempt_id` integer,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `winners_position` ON `winners` (`list_id`,`position`);--> statement-breakpoint
CREATE INDEX `winners_person` ON `winners` (`person_id`);--> statement-breakpoint
ALTER TABLE `rounds` ADD `standing` text;
CREATE TABLE `annulments` (
	`remedy_id` integer NOT NULL,
	`attempt_id` integer NOT NULL,
	`state_before` integer NOT NULL,
	`restored` integer NOT NULL,
	PRIMARY KEY(`remedy_id`, `attempt_id`)
);
--> statement-breakpoint
CREATE INDEX `annulments_attempt` ON `annulments` (`attempt_id`);--> statement-breakpoint
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

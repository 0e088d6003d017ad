CREATE TABLE `annulments` (
	`remedy_id` integer NOT NULL,
	`attempt_id` integer NOT NULL,
	`state_before` integer NOT NULL,
	`restored` integer NOT NULL,
	PRIMARY KEY(`remedy_id`, `attempt_id`)
);
--> statement-breakpoint
CREATE INDEX `annulments_attempt` ON `annulments` (`attempt_id`);--> statement-breakpoint
CREATE TABLE `citation_fixes` (
	`signature` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`section` text NOT NULL,
	`document_id` integer NOT NULL,
	`section_key` text NOT NULL,
	`fixed_by` integer,
	`fixed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `citation_links` (
	`version_id` integer PRIMARY KEY NOT NULL,
	`document_id` integer NOT NULL,
	`section` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `citation_links_document` ON `citation_links` (`document_id`,`version_id`);--> statement-breakpoint
CREATE TABLE `citation_looks` (
	`question_id` integer NOT NULL,
	`document_id` integer NOT NULL,
	`cause` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`question_id`, `document_id`, `cause`)
);
--> statement-breakpoint
CREATE INDEX `citation_looks_person` ON `citation_looks` (`person_id`);--> statement-breakpoint
CREATE TABLE `document_texts` (
	`document_id` integer NOT NULL,
	`version` integer NOT NULL,
	`source` text NOT NULL,
	`sections` text NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`reason` text,
	PRIMARY KEY(`document_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`slug` text NOT NULL,
	`type` text NOT NULL,
	`number` text NOT NULL,
	`title` text NOT NULL,
	`issuer` text NOT NULL,
	`issued_on` text,
	`valid_from` text,
	`valid_until` text,
	`superseded_by_id` integer,
	`note` text NOT NULL,
	`source` text NOT NULL,
	`is_excerpt` integer NOT NULL,
	`outline` text NOT NULL,
	`text_version` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_uid` ON `documents` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `documents_slug` ON `documents` (`slug`);--> statement-breakpoint
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
CREATE TABLE `study_progress` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`progress` text NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL
);

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
CREATE TABLE `study_progress` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`progress` text NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL
);

CREATE TABLE `bank_media` (
	`bank_id` integer NOT NULL,
	`media_id` text NOT NULL,
	`name` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`bank_id`, `media_id`)
);
--> statement-breakpoint
CREATE TABLE `bank_staff` (
	`bank_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`duty` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`bank_id`, `person_id`, `duty`)
);
--> statement-breakpoint
CREATE INDEX `bank_staff_person` ON `bank_staff` (`person_id`);--> statement-breakpoint
CREATE TABLE `contest_markers` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `contest_markers_person` ON `contest_markers` (`person_id`);--> statement-breakpoint
CREATE TABLE `essay_marks` (
	`essay_id` integer NOT NULL,
	`seat` integer NOT NULL,
	`marker_id` integer NOT NULL,
	`taken_at` integer NOT NULL,
	`marked_at` integer,
	`marks` integer,
	`lines` text,
	`note` text NOT NULL,
	PRIMARY KEY(`essay_id`, `seat`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `essay_marks_marker` ON `essay_marks` (`essay_id`,`marker_id`);--> statement-breakpoint
CREATE INDEX `essay_marks_of` ON `essay_marks` (`marker_id`,`marked_at`);--> statement-breakpoint
CREATE TABLE `essays` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`round_id` integer NOT NULL,
	`attempt_id` integer NOT NULL,
	`place` integer NOT NULL,
	`version_id` integer NOT NULL,
	`state` text NOT NULL,
	`marks` integer,
	`queued_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `essays_uid` ON `essays` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `essays_attempt` ON `essays` (`attempt_id`,`place`);--> statement-breakpoint
CREATE INDEX `essays_round` ON `essays` (`round_id`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `question_reviews` (
	`question_id` integer PRIMARY KEY NOT NULL,
	`reviewer_id` integer NOT NULL,
	`due_at` integer,
	`asked_by` integer,
	`asked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `question_reviews_reviewer` ON `question_reviews` (`reviewer_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `question_uses` (
	`question_id` integer NOT NULL,
	`round_id` integer NOT NULL,
	`asked` integer NOT NULL,
	`facility` integer NOT NULL,
	`flags` integer NOT NULL,
	PRIMARY KEY(`question_id`, `round_id`)
);
--> statement-breakpoint
CREATE INDEX `question_uses_round` ON `question_uses` (`round_id`);--> statement-breakpoint
CREATE INDEX `questions_status` ON `questions` (`bank_id`,`status`);
CREATE TABLE `attempts` (
	`id` integer PRIMARY KEY NOT NULL,
	`round_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`number` integer NOT NULL,
	`state` integer NOT NULL,
	`unit_id` integer,
	`started_at` integer NOT NULL,
	`deadline` integer NOT NULL,
	`extra_ms` integer NOT NULL,
	`paper` text NOT NULL,
	`sheet` text,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_number` ON `attempts` (`round_id`,`person_id`,`number`);--> statement-breakpoint
CREATE INDEX `attempts_open` ON `attempts` (`deadline`) WHERE "attempts"."state" = 1;--> statement-breakpoint
CREATE INDEX `attempts_unfolded` ON `attempts` (`id`) WHERE "attempts"."state" in (2, 3) and "attempts"."sheet" is null;--> statement-breakpoint
CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`reason` text,
	`details` text,
	`address` text,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_log` (`subject`);--> statement-breakpoint
CREATE TABLE `banks` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`licence` text NOT NULL,
	`shipped` integer NOT NULL,
	`practice` integer NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `banks_uid` ON `banks` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `banks_slug` ON `banks` (`slug`);--> statement-breakpoint
CREATE TABLE `codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`person_id` integer,
	`contest_id` integer,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `codes_person` ON `codes` (`person_id`);--> statement-breakpoint
CREATE TABLE `contest_staff` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`duty` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `contest_staff_person` ON `contest_staff` (`person_id`);--> statement-breakpoint
CREATE TABLE `contests` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`page` text NOT NULL,
	`image_id` text,
	`state` text NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contests_uid` ON `contests` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `contests_slug` ON `contests` (`slug`);--> statement-breakpoint
CREATE TABLE `entries` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`number` integer NOT NULL,
	`unit_id` integer,
	`group` text,
	`fields` text NOT NULL,
	`consents` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `entries_person` ON `entries` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_number` ON `entries` (`contest_id`,`number`);--> statement-breakpoint
CREATE TABLE `extra_times` (
	`round_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`extra_ms` integer NOT NULL,
	PRIMARY KEY(`round_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `facts` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_blocks` (
	`import_id` integer NOT NULL,
	`number` integer NOT NULL,
	`outcome` text NOT NULL,
	`fate` text NOT NULL,
	`place` text NOT NULL,
	`raw` text NOT NULL,
	`messages` text NOT NULL,
	`flags` text NOT NULL,
	`draft` text,
	`code` text NOT NULL,
	`hash` text NOT NULL,
	`likeness` text NOT NULL,
	`twins` text NOT NULL,
	`question_id` integer,
	`version_id` integer,
	`mended` integer NOT NULL,
	PRIMARY KEY(`import_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `import_blocks_outcome` ON `import_blocks` (`import_id`,`outcome`,`fate`,`flags`);--> statement-breakpoint
CREATE TABLE `import_files` (
	`import_id` integer NOT NULL,
	`number` integer NOT NULL,
	`bytes` text NOT NULL,
	PRIMARY KEY(`import_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `import_mappings` (
	`signature` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_questions` (
	`import_id` integer NOT NULL,
	`number` integer NOT NULL,
	`question_id` integer NOT NULL,
	`version_id` integer NOT NULL,
	`previous_version_id` integer,
	`previous_status` text,
	`hash` text NOT NULL,
	PRIMARY KEY(`import_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `import_questions_question` ON `import_questions` (`question_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`bank_id` integer NOT NULL,
	`person_id` integer,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`bytes` integer NOT NULL,
	`format` text NOT NULL,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`progress` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`report` text NOT NULL,
	`created_at` integer NOT NULL,
	`committed_at` integer,
	`undone_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_uid` ON `imports` (`uid`);--> statement-breakpoint
CREATE INDEX `imports_bank` ON `imports` (`bank_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `imports_person` ON `imports` (`person_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `key_blocks` (
	`name` text PRIMARY KEY NOT NULL,
	`next` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `live_answers` (
	`asking_id` integer NOT NULL,
	`player` integer NOT NULL,
	`at` integer NOT NULL,
	`answer` text,
	PRIMARY KEY(`asking_id`, `player`)
);
--> statement-breakpoint
CREATE TABLE `live_askings` (
	`id` integer PRIMARY KEY NOT NULL,
	`session_id` integer NOT NULL,
	`version_id` integer,
	`state` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `live_askings_session` ON `live_askings` (`session_id`);--> statement-breakpoint
CREATE TABLE `live_events` (
	`session_id` integer NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`command` text,
	`event` text NOT NULL,
	PRIMARY KEY(`session_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `live_hosts` (
	`session_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `live_hosts_person` ON `live_hosts` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_players` (
	`session_id` integer NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`device` text NOT NULL,
	`person_id` integer,
	`unit_id` integer,
	`entry` integer,
	`team` integer,
	`simulated` integer NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_players_name` ON `live_players` (`session_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `live_players_device` ON `live_players` (`session_id`,`device`);--> statement-breakpoint
CREATE UNIQUE INDEX `live_players_account` ON `live_players` (`session_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `live_players_entry` ON `live_players` (`session_id`,`entry`);--> statement-breakpoint
CREATE INDEX `live_players_person` ON `live_players` (`person_id`);--> statement-breakpoint
CREATE TABLE `live_presence` (
	`session_id` integer NOT NULL,
	`node` text NOT NULL,
	`players` integer NOT NULL,
	`host` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `node`)
);
--> statement-breakpoint
CREATE TABLE `live_sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`rehearsal` integer NOT NULL,
	`pin` text,
	`contest_id` integer,
	`round_id` integer,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`opened_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_sessions_uid` ON `live_sessions` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `live_sessions_pin` ON `live_sessions` (`pin`);--> statement-breakpoint
CREATE INDEX `live_sessions_state` ON `live_sessions` (`state`);--> statement-breakpoint
CREATE INDEX `live_sessions_creator` ON `live_sessions` (`created_by`);--> statement-breakpoint
CREATE INDEX `live_sessions_contest` ON `live_sessions` (`contest_id`);--> statement-breakpoint
CREATE TABLE `live_teams` (
	`session_id` integer NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	PRIMARY KEY(`session_id`, `number`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_teams_name` ON `live_teams` (`session_id`,`name_key`);--> statement-breakpoint
CREATE TABLE `login_names` (
	`name_hash` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_names_person` ON `login_names` (`person_id`);--> statement-breakpoint
CREATE TABLE `logins` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`password_hash` text NOT NULL,
	`password_changed_at` integer NOT NULL,
	`recovery_hash` text,
	`totp_cipher` text,
	`totp_confirmed_at` integer,
	`totp_step` integer,
	`user_name` text
);
--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`bytes` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outages` (
	`id` integer PRIMARY KEY NOT NULL,
	`round_id` integer,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`reason` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`sort_key` text NOT NULL,
	`birth_date` text,
	`unit_id` integer,
	`group` text,
	`title` text,
	`address` text,
	`phone_cipher` text,
	`phone_hash` text,
	`email_cipher` text,
	`email_hash` text,
	`citizen_hash` text,
	`citizen_last` text,
	`consents` text,
	`guest` integer NOT NULL,
	`created_at` integer NOT NULL,
	`erased_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_uid` ON `people` (`uid`);--> statement-breakpoint
CREATE INDEX `people_phone` ON `people` (`phone_hash`);--> statement-breakpoint
CREATE INDEX `people_citizen` ON `people` (`citizen_hash`);--> statement-breakpoint
CREATE INDEX `people_folded` ON `people` (`folded`);--> statement-breakpoint
CREATE INDEX `people_unit` ON `people` (`unit_id`);--> statement-breakpoint
CREATE TABLE `question_comments` (
	`id` integer PRIMARY KEY NOT NULL,
	`question_id` integer NOT NULL,
	`version` integer NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `question_comments_question` ON `question_comments` (`question_id`);--> statement-breakpoint
CREATE INDEX `question_comments_person` ON `question_comments` (`person_id`);--> statement-breakpoint
CREATE TABLE `question_keys` (
	`version_id` integer PRIMARY KEY NOT NULL,
	`key` text,
	`explanation` text NOT NULL,
	`citation` text
);
--> statement-breakpoint
CREATE TABLE `question_versions` (
	`id` integer PRIMARY KEY NOT NULL,
	`question_id` integer NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`prompt` text NOT NULL,
	`topic` text NOT NULL,
	`difficulty` integer NOT NULL,
	`tags` text NOT NULL,
	`points` integer NOT NULL,
	`folded` text NOT NULL,
	`likeness` text NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_versions_number` ON `question_versions` (`question_id`,`version`);--> statement-breakpoint
CREATE INDEX `question_versions_likeness` ON `question_versions` (`likeness`);--> statement-breakpoint
CREATE TABLE `questions` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`bank_id` integer NOT NULL,
	`code` text NOT NULL,
	`status` text NOT NULL,
	`current_version_id` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `questions_uid` ON `questions` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `questions_code` ON `questions` (`bank_id`,`code`);--> statement-breakpoint
CREATE TABLE `results` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`xid` integer DEFAULT 0 NOT NULL,
	`attempt_id` integer NOT NULL,
	`round_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`unit_id` integer,
	`version` integer NOT NULL,
	`counts` integer NOT NULL,
	`marks` integer NOT NULL,
	`right_count` integer NOT NULL,
	`elapsed_ms` integer NOT NULL,
	`submitted_at` integer NOT NULL,
	`prediction` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `results_attempt` ON `results` (`attempt_id`,`version`);--> statement-breakpoint
CREATE TABLE `roles` (
	`person_id` integer NOT NULL,
	`role` text NOT NULL,
	`granted_by` integer,
	`granted_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `role`)
);
--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`settings` text NOT NULL,
	`state` text NOT NULL,
	`settled_at` integer,
	`prediction_truth` integer,
	`share` text,
	`frozen_at` integer,
	`frozen_transaction` integer,
	`frozen_seq` integer,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_uid` ON `rounds` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_number` ON `rounds` (`contest_id`,`number`);--> statement-breakpoint
CREATE INDEX `rounds_closes` ON `rounds` (`closes_at`);--> statement-breakpoint
CREATE TABLE `saves` (
	`id` integer PRIMARY KEY NOT NULL,
	`attempt_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`sheet` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`person_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`elevated_at` integer,
	`device` text
);
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `stored_boards` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`signature` text NOT NULL,
	`feed_transaction` integer NOT NULL,
	`feed_seq` integer NOT NULL,
	`people` integer NOT NULL,
	`revision` integer NOT NULL,
	`stored_at` integer
);
--> statement-breakpoint
CREATE INDEX `stored_boards_key` ON `stored_boards` (`key`);--> statement-breakpoint
CREATE TABLE `stored_lists` (
	`board_id` integer NOT NULL,
	`list` text NOT NULL,
	`page` integer NOT NULL,
	`total` integer NOT NULL,
	`entries` text NOT NULL,
	PRIMARY KEY(`board_id`, `list`, `page`)
);
--> statement-breakpoint
CREATE TABLE `stored_standings` (
	`board_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`position` integer NOT NULL,
	`rank` integer NOT NULL,
	`below` integer NOT NULL,
	`unit_id` integer,
	`marks` integer NOT NULL,
	`prediction_distance` integer,
	`elapsed_ms` integer NOT NULL,
	`submitted_at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`places` text NOT NULL,
	PRIMARY KEY(`board_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `stored_units` (
	`board_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`entrants` integer NOT NULL,
	`attempts` integer NOT NULL,
	`counted` integer NOT NULL,
	`marks` integer NOT NULL,
	`members` integer,
	PRIMARY KEY(`board_id`, `unit_id`)
);
--> statement-breakpoint
CREATE TABLE `token_epochs` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`parent_id` integer,
	`code` text,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`sort_key` text NOT NULL,
	`block` text,
	`headcount` integer,
	`valid_from` integer,
	`valid_until` integer,
	`successor_id` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_uid` ON `units` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `units_code` ON `units` (`code`);--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`);--> statement-breakpoint
CREATE INDEX `units_folded` ON `units` (`folded`);
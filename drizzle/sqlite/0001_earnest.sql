CREATE TABLE `unit_pasts` (
	`unit_id` integer NOT NULL,
	`until` integer NOT NULL,
	`name` text NOT NULL,
	`parent_id` integer,
	`block` text,
	PRIMARY KEY(`unit_id`, `until`)
);
--> statement-breakpoint
CREATE TABLE `unit_headcounts` (
	`unit_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`headcount` integer,
	PRIMARY KEY(`unit_id`, `from_at`)
);
--> statement-breakpoint
CREATE TABLE `unit_officers` (
	`unit_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`named_by` integer NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `person_id`, `named_by`)
);
--> statement-breakpoint
CREATE INDEX `unit_officers_person` ON `unit_officers` (`person_id`);--> statement-breakpoint
CREATE TABLE `unit_links` (
	`code` text PRIMARY KEY NOT NULL,
	`contest_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_links_unit` ON `unit_links` (`contest_id`,`unit_id`);--> statement-breakpoint
CREATE TABLE `unit_requests` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`text` text NOT NULL,
	`folded` text NOT NULL,
	`state` text NOT NULL,
	`unit_id` integer,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`refusal` text,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `unit_requests_text` ON `unit_requests` (`contest_id`,`state`,`folded`);--> statement-breakpoint
CREATE TABLE `rosters` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`unit_id` integer,
	`title` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`matched_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rosters_uid` ON `rosters` (`uid`);--> statement-breakpoint
CREATE INDEX `rosters_contest` ON `rosters` (`contest_id`);--> statement-breakpoint
CREATE TABLE `roster_members` (
	`id` integer PRIMARY KEY NOT NULL,
	`roster_id` integer NOT NULL,
	`contest_id` integer NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`sort_key` text NOT NULL,
	`birth_date` text,
	`phone_cipher` text,
	`phone_hash` text,
	`code_cipher` text NOT NULL,
	`code_hash` text NOT NULL,
	`unit_id` integer,
	`person_id` integer,
	`found` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roster_members_number` ON `roster_members` (`roster_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `roster_members_code` ON `roster_members` (`contest_id`,`code_hash`);--> statement-breakpoint
CREATE INDEX `roster_members_unit` ON `roster_members` (`contest_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `roster_members_person` ON `roster_members` (`person_id`);--> statement-breakpoint
CREATE TABLE `roster_matches` (
	`member_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`roster_id` integer NOT NULL,
	`grade` text NOT NULL,
	`signs` text NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`member_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `roster_matches_roster` ON `roster_matches` (`roster_id`,`state`);--> statement-breakpoint
CREATE TABLE `bank_staff` (
	`bank_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`duty` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`bank_id`, `person_id`, `duty`)
);
--> statement-breakpoint
CREATE INDEX `bank_staff_person` ON `bank_staff` (`person_id`);--> statement-breakpoint
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
CREATE TABLE `bank_media` (
	`bank_id` integer NOT NULL,
	`media_id` text NOT NULL,
	`name` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`bank_id`, `media_id`)
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
CREATE TABLE `citation_links` (
	`version_id` integer PRIMARY KEY NOT NULL,
	`document_id` integer NOT NULL,
	`section` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `citation_links_document` ON `citation_links` (`document_id`,`version_id`);--> statement-breakpoint
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
CREATE TABLE `study_progress` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`progress` text NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL
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
CREATE TABLE `snapshot_pages` (
	`snapshot_id` integer NOT NULL,
	`part` text NOT NULL,
	`page` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `part`, `page`)
);
--> statement-breakpoint
CREATE TABLE `prize_plans` (
	`contest_id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`plan` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `prize_allowances` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `draws` (
	`board` text PRIMARY KEY NOT NULL,
	`contest_id` integer NOT NULL,
	`commitment` text NOT NULL,
	`seed_cipher` text NOT NULL,
	`committed_at` integer NOT NULL
);
--> statement-breakpoint
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
	`within_unit_id` integer,
	`rank` integer NOT NULL,
	`attempt_id` integer,
	`why` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `winners_position` ON `winners` (`list_id`,`position`);--> statement-breakpoint
CREATE INDEX `winners_person` ON `winners` (`person_id`);--> statement-breakpoint
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
CREATE TABLE `certificate_files` (
	`certificate_id` integer PRIMARY KEY NOT NULL,
	`bytes` text NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE `contest_markers` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `contest_markers_person` ON `contest_markers` (`person_id`);--> statement-breakpoint
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
--> statement-breakpoint
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
CREATE TABLE `duplicates` (
	`contest_id` integer NOT NULL,
	`person_a` integer NOT NULL,
	`person_b` integer NOT NULL,
	`signs` text NOT NULL,
	`weight` integer NOT NULL,
	`state` text NOT NULL,
	`found_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	PRIMARY KEY(`contest_id`, `person_a`, `person_b`)
);
--> statement-breakpoint
CREATE INDEX `duplicates_state` ON `duplicates` (`contest_id`,`state`,`weight`);--> statement-breakpoint
CREATE TABLE `exclusions` (
	`contest_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`reason` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`lifted_at` integer,
	PRIMARY KEY(`contest_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `attempt_signals` (
	`attempt_id` integer PRIMARY KEY NOT NULL,
	`round_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`signs` text NOT NULL,
	`weight` integer NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`found_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer
);
--> statement-breakpoint
CREATE INDEX `attempt_signals_state` ON `attempt_signals` (`round_id`,`state`,`weight`);--> statement-breakpoint
CREATE TABLE `attempt_aways` (
	`attempt_id` integer PRIMARY KEY NOT NULL,
	`times` integer NOT NULL,
	`ms` integer NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE `annulments` (
	`remedy_id` integer NOT NULL,
	`attempt_id` integer NOT NULL,
	`state_before` integer NOT NULL,
	`restored` integer NOT NULL,
	`annulled_at` integer NOT NULL,
	`grant_until` integer,
	PRIMARY KEY(`remedy_id`, `attempt_id`)
);
--> statement-breakpoint
CREATE INDEX `annulments_attempt` ON `annulments` (`attempt_id`);--> statement-breakpoint
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
CREATE TABLE `report_schedules` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`weekday` integer NOT NULL,
	`minute` integer NOT NULL,
	`formats` text NOT NULL,
	`unit` text,
	`addresses_cipher` text,
	`next_at` integer NOT NULL,
	`taken_until` integer DEFAULT 0 NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_schedules_uid` ON `report_schedules` (`uid`);--> statement-breakpoint
CREATE INDEX `report_schedules_contest` ON `report_schedules` (`contest_id`);--> statement-breakpoint
CREATE INDEX `report_schedules_next` ON `report_schedules` (`next_at`);--> statement-breakpoint
CREATE TABLE `kept_reports` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`contest_id` integer NOT NULL,
	`schedule_id` integer NOT NULL,
	`due_at` integer NOT NULL,
	`format` text NOT NULL,
	`unit` text,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`name` text NOT NULL,
	`bytes` integer NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kept_reports_uid` ON `kept_reports` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `kept_reports_due` ON `kept_reports` (`schedule_id`,`due_at`,`format`);--> statement-breakpoint
CREATE INDEX `kept_reports_contest` ON `kept_reports` (`contest_id`,`made_at`);--> statement-breakpoint
CREATE TABLE `kept_report_pieces` (
	`kept_id` integer NOT NULL,
	`number` integer NOT NULL,
	`bytes` text NOT NULL,
	PRIMARY KEY(`kept_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `server_minutes` (
	`minute` integer NOT NULL,
	`node` text NOT NULL,
	`round_id` integer NOT NULL,
	`saves` integer NOT NULL,
	`refused` integer NOT NULL,
	`failed` integer NOT NULL,
	PRIMARY KEY(`minute`, `node`, `round_id`)
);
--> statement-breakpoint
ALTER TABLE `entries` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `entries` ADD `device` text;--> statement-breakpoint
ALTER TABLE `entries` ADD `network` text;--> statement-breakpoint
ALTER TABLE `entries` ADD `merged_into` integer;--> statement-breakpoint
CREATE INDEX `entries_sequence` ON `entries` (`contest_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `entries_unit` ON `entries` (`contest_id`,`unit_id`);--> statement-breakpoint
ALTER TABLE `people` ADD `household_id` integer;--> statement-breakpoint
CREATE INDEX `people_household` ON `people` (`household_id`);--> statement-breakpoint
ALTER TABLE `rounds` ADD `standing` text;--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit_log` (`actor`);--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit_log` (`action`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit_log` (`at`);--> statement-breakpoint
CREATE INDEX `questions_status` ON `questions` (`bank_id`,`status`);
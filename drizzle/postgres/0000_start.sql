CREATE TABLE "attempts" (
	"id" bigint PRIMARY KEY NOT NULL,
	"round_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"state" bigint NOT NULL,
	"unit_id" bigint,
	"started_at" bigint NOT NULL,
	"deadline" bigint NOT NULL,
	"extra_ms" bigint NOT NULL,
	"paper" text NOT NULL,
	"sheet" text,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"details" jsonb,
	"address" text,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "banks" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"licence" text NOT NULL,
	"shipped" boolean NOT NULL,
	"practice" boolean NOT NULL,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"person_id" bigint,
	"contest_id" bigint,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "contest_staff" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"duty" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "contest_staff_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "contests" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"page" text NOT NULL,
	"image_id" text,
	"state" text NOT NULL,
	"settings" jsonb NOT NULL,
	"version" bigint NOT NULL,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"published_at" bigint
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"unit_id" bigint,
	"group" text,
	"fields" jsonb NOT NULL,
	"consents" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "entries_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "extra_times" (
	"round_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"extra_ms" bigint NOT NULL,
	CONSTRAINT "extra_times_round_id_person_id_pk" PRIMARY KEY("round_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_blocks" (
	"import_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"outcome" text NOT NULL,
	"fate" text NOT NULL,
	"place" text NOT NULL,
	"raw" text NOT NULL,
	"messages" text NOT NULL,
	"flags" text NOT NULL,
	"draft" text,
	"code" text NOT NULL,
	"hash" text NOT NULL,
	"likeness" text NOT NULL,
	"twins" text NOT NULL,
	"question_id" bigint,
	"version_id" bigint,
	"mended" bigint NOT NULL,
	CONSTRAINT "import_blocks_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"import_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"bytes" text NOT NULL,
	CONSTRAINT "import_files_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"signature" text PRIMARY KEY NOT NULL,
	"settings" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_questions" (
	"import_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"question_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"previous_version_id" bigint,
	"previous_status" text,
	"hash" text NOT NULL,
	CONSTRAINT "import_questions_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"bank_id" bigint NOT NULL,
	"person_id" bigint,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"bytes" bigint NOT NULL,
	"format" text NOT NULL,
	"settings" text NOT NULL,
	"state" text NOT NULL,
	"progress" bigint NOT NULL,
	"moved_at" bigint NOT NULL,
	"report" text NOT NULL,
	"created_at" bigint NOT NULL,
	"committed_at" bigint,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "key_blocks" (
	"name" text PRIMARY KEY NOT NULL,
	"next" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_answers" (
	"asking_id" bigint NOT NULL,
	"player" bigint NOT NULL,
	"at" bigint NOT NULL,
	"answer" jsonb,
	CONSTRAINT "live_answers_asking_id_player_pk" PRIMARY KEY("asking_id","player")
);
--> statement-breakpoint
CREATE TABLE "live_askings" (
	"id" bigint PRIMARY KEY NOT NULL,
	"session_id" bigint NOT NULL,
	"version_id" bigint,
	"state" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_events" (
	"session_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"at" bigint NOT NULL,
	"by" text,
	"command" text,
	"event" jsonb NOT NULL,
	CONSTRAINT "live_events_session_id_version_pk" PRIMARY KEY("session_id","version")
);
--> statement-breakpoint
CREATE TABLE "live_hosts" (
	"session_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "live_hosts_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "live_players" (
	"session_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"device" text NOT NULL,
	"person_id" bigint,
	"unit_id" bigint,
	"entry" bigint,
	"team" bigint,
	"simulated" boolean NOT NULL,
	"joined_at" bigint NOT NULL,
	CONSTRAINT "live_players_session_id_number_pk" PRIMARY KEY("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "live_presence" (
	"session_id" bigint NOT NULL,
	"node" text NOT NULL,
	"players" bigint NOT NULL,
	"host" text,
	"at" bigint NOT NULL,
	CONSTRAINT "live_presence_session_id_node_pk" PRIMARY KEY("session_id","node")
);
--> statement-breakpoint
CREATE TABLE "live_sessions" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"pin" text,
	"contest_id" bigint,
	"round_id" bigint,
	"settings" jsonb NOT NULL,
	"version" bigint NOT NULL,
	"created_by" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"opened_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "live_teams" (
	"session_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	CONSTRAINT "live_teams_session_id_number_pk" PRIMARY KEY("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "login_names" (
	"name_hash" text PRIMARY KEY NOT NULL,
	"person_id" bigint NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"password_changed_at" bigint NOT NULL,
	"recovery_hash" text,
	"totp_cipher" text,
	"totp_confirmed_at" bigint,
	"totp_step" bigint,
	"user_name" text
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"bytes" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outages" (
	"id" bigint PRIMARY KEY NOT NULL,
	"round_id" bigint,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"name" text NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"birth_date" text,
	"unit_id" bigint,
	"group" text,
	"title" text,
	"address" text,
	"phone_cipher" text,
	"phone_hash" text,
	"email_cipher" text,
	"email_hash" text,
	"citizen_hash" text,
	"citizen_last" text,
	"consents" jsonb,
	"guest" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "question_comments" (
	"id" bigint PRIMARY KEY NOT NULL,
	"question_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"person_id" bigint,
	"at" bigint NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_keys" (
	"version_id" bigint PRIMARY KEY NOT NULL,
	"key" jsonb,
	"explanation" text NOT NULL,
	"citation" jsonb
);
--> statement-breakpoint
CREATE TABLE "question_versions" (
	"id" bigint PRIMARY KEY NOT NULL,
	"question_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"kind" text NOT NULL,
	"prompt" jsonb NOT NULL,
	"topic" text NOT NULL,
	"difficulty" bigint NOT NULL,
	"tags" jsonb NOT NULL,
	"points" bigint NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"likeness" text NOT NULL,
	"created_by" bigint,
	"created_at" bigint NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"bank_id" bigint NOT NULL,
	"code" text NOT NULL,
	"status" text NOT NULL,
	"current_version_id" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "results" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"xid" bigint DEFAULT pg_current_xact_id()::text::bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"round_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"unit_id" bigint,
	"version" bigint NOT NULL,
	"counts" bigint NOT NULL,
	"marks" bigint NOT NULL,
	"right_count" bigint NOT NULL,
	"elapsed_ms" bigint NOT NULL,
	"submitted_at" bigint NOT NULL,
	"prediction" bigint
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"person_id" bigint NOT NULL,
	"role" text NOT NULL,
	"granted_by" bigint,
	"granted_at" bigint NOT NULL,
	CONSTRAINT "roles_person_id_role_pk" PRIMARY KEY("person_id","role")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"contest_id" bigint NOT NULL,
	"number" bigint NOT NULL,
	"title" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"closes_at" bigint NOT NULL,
	"duration_ms" bigint NOT NULL,
	"settings" jsonb NOT NULL,
	"state" text NOT NULL,
	"settled_at" bigint,
	"prediction_truth" bigint,
	"share" jsonb,
	"frozen_at" bigint,
	"frozen_transaction" bigint,
	"frozen_seq" bigint,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saves" (
	"id" bigint DEFAULT 0 NOT NULL,
	"attempt_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"sheet" text NOT NULL,
	CONSTRAINT "saves_attempt_id_seq_pk" PRIMARY KEY("attempt_id","seq")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"person_id" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"elevated_at" bigint,
	"device" text
);
--> statement-breakpoint
CREATE TABLE "stored_boards" (
	"id" bigint PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"signature" text NOT NULL,
	"feed_transaction" bigint NOT NULL,
	"feed_seq" bigint NOT NULL,
	"people" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"stored_at" bigint
);
--> statement-breakpoint
CREATE TABLE "stored_lists" (
	"board_id" bigint NOT NULL,
	"list" text NOT NULL,
	"page" bigint NOT NULL,
	"total" bigint NOT NULL,
	"entries" jsonb NOT NULL,
	CONSTRAINT "stored_lists_board_id_list_page_pk" PRIMARY KEY("board_id","list","page")
);
--> statement-breakpoint
CREATE TABLE "stored_standings" (
	"board_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"position" bigint NOT NULL,
	"rank" bigint NOT NULL,
	"below" bigint NOT NULL,
	"unit_id" bigint,
	"marks" bigint NOT NULL,
	"prediction_distance" bigint,
	"elapsed_ms" bigint NOT NULL,
	"submitted_at" bigint NOT NULL,
	"sequence" bigint NOT NULL,
	"places" jsonb NOT NULL,
	CONSTRAINT "stored_standings_board_id_person_id_pk" PRIMARY KEY("board_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "stored_units" (
	"board_id" bigint NOT NULL,
	"unit_id" bigint NOT NULL,
	"entrants" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"counted" bigint NOT NULL,
	"marks" bigint NOT NULL,
	"members" bigint,
	CONSTRAINT "stored_units_board_id_unit_id_pk" PRIMARY KEY("board_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "token_epochs" (
	"person_id" bigint PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"parent_id" bigint,
	"code" text,
	"name" text NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"sort_key" text COLLATE "C" NOT NULL,
	"block" text,
	"headcount" bigint,
	"valid_from" bigint,
	"valid_until" bigint,
	"successor_id" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_number" ON "attempts" USING btree ("round_id","person_id","number");--> statement-breakpoint
CREATE INDEX "attempts_open" ON "attempts" USING btree ("deadline") WHERE "attempts"."state" = 1;--> statement-breakpoint
CREATE INDEX "attempts_unfolded" ON "attempts" USING btree ("id") WHERE "attempts"."state" in (2, 3) and "attempts"."sheet" is null;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_log" USING btree ("subject");--> statement-breakpoint
CREATE UNIQUE INDEX "banks_uid" ON "banks" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "banks_slug" ON "banks" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "codes_person" ON "codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "contest_staff_person" ON "contest_staff" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contests_uid" ON "contests" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "contests_slug" ON "contests" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "entries_person" ON "entries" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_number" ON "entries" USING btree ("contest_id","number");--> statement-breakpoint
CREATE INDEX "import_blocks_outcome" ON "import_blocks" USING btree ("import_id","outcome","fate","flags");--> statement-breakpoint
CREATE INDEX "import_questions_question" ON "import_questions" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "imports_uid" ON "imports" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "imports_bank" ON "imports" USING btree ("bank_id","created_at");--> statement-breakpoint
CREATE INDEX "imports_person" ON "imports" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "live_askings_session" ON "live_askings" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "live_hosts_person" ON "live_hosts" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "live_players_name" ON "live_players" USING btree ("session_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "live_players_device" ON "live_players" USING btree ("session_id","device");--> statement-breakpoint
CREATE UNIQUE INDEX "live_players_account" ON "live_players" USING btree ("session_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "live_players_entry" ON "live_players" USING btree ("session_id","entry");--> statement-breakpoint
CREATE INDEX "live_players_person" ON "live_players" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "live_sessions_uid" ON "live_sessions" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "live_sessions_pin" ON "live_sessions" USING btree ("pin");--> statement-breakpoint
CREATE INDEX "live_sessions_state" ON "live_sessions" USING btree ("state");--> statement-breakpoint
CREATE INDEX "live_sessions_creator" ON "live_sessions" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "live_sessions_contest" ON "live_sessions" USING btree ("contest_id");--> statement-breakpoint
CREATE UNIQUE INDEX "live_teams_name" ON "live_teams" USING btree ("session_id","name_key");--> statement-breakpoint
CREATE INDEX "login_names_person" ON "login_names" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_uid" ON "people" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "people_phone" ON "people" USING btree ("phone_hash");--> statement-breakpoint
CREATE INDEX "people_citizen" ON "people" USING btree ("citizen_hash");--> statement-breakpoint
CREATE INDEX "people_folded" ON "people" USING btree ("folded");--> statement-breakpoint
CREATE INDEX "people_unit" ON "people" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "question_comments_question" ON "question_comments" USING btree ("question_id");--> statement-breakpoint
CREATE INDEX "question_comments_person" ON "question_comments" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_versions_number" ON "question_versions" USING btree ("question_id","version");--> statement-breakpoint
CREATE INDEX "question_versions_likeness" ON "question_versions" USING btree ("likeness");--> statement-breakpoint
CREATE UNIQUE INDEX "questions_uid" ON "questions" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "questions_code" ON "questions" USING btree ("bank_id","code");--> statement-breakpoint
CREATE UNIQUE INDEX "results_attempt" ON "results" USING btree ("attempt_id","version");--> statement-breakpoint
CREATE INDEX "results_feed" ON "results" USING btree ("xid","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "rounds_uid" ON "rounds" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "rounds_number" ON "rounds" USING btree ("contest_id","number");--> statement-breakpoint
CREATE INDEX "rounds_closes" ON "rounds" USING btree ("closes_at");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "stored_boards_key" ON "stored_boards" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "units_uid" ON "units" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "units_code" ON "units" USING btree ("code");--> statement-breakpoint
CREATE INDEX "units_parent" ON "units" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "units_folded" ON "units" USING btree ("folded");
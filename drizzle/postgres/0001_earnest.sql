CREATE TABLE "bank_media" (
	"bank_id" bigint NOT NULL,
	"media_id" text NOT NULL,
	"name" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "bank_media_bank_id_media_id_pk" PRIMARY KEY("bank_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "bank_staff" (
	"bank_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"duty" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "bank_staff_bank_id_person_id_duty_pk" PRIMARY KEY("bank_id","person_id","duty")
);
--> statement-breakpoint
CREATE TABLE "contest_markers" (
	"contest_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "contest_markers_contest_id_person_id_pk" PRIMARY KEY("contest_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "essay_marks" (
	"essay_id" bigint NOT NULL,
	"seat" bigint NOT NULL,
	"marker_id" bigint NOT NULL,
	"taken_at" bigint NOT NULL,
	"marked_at" bigint,
	"marks" bigint,
	"lines" jsonb,
	"note" text NOT NULL,
	CONSTRAINT "essay_marks_essay_id_seat_pk" PRIMARY KEY("essay_id","seat")
);
--> statement-breakpoint
CREATE TABLE "essays" (
	"id" bigint PRIMARY KEY NOT NULL,
	"uid" text NOT NULL,
	"round_id" bigint NOT NULL,
	"attempt_id" bigint NOT NULL,
	"place" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"state" text NOT NULL,
	"marks" bigint,
	"queued_at" bigint NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "question_reviews" (
	"question_id" bigint PRIMARY KEY NOT NULL,
	"reviewer_id" bigint NOT NULL,
	"due_at" bigint,
	"asked_by" bigint,
	"asked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_uses" (
	"question_id" bigint NOT NULL,
	"round_id" bigint NOT NULL,
	"asked" bigint NOT NULL,
	"facility" bigint NOT NULL,
	"flags" bigint NOT NULL,
	CONSTRAINT "question_uses_question_id_round_id_pk" PRIMARY KEY("question_id","round_id")
);
--> statement-breakpoint
CREATE INDEX "bank_staff_person" ON "bank_staff" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "contest_markers_person" ON "contest_markers" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "essay_marks_marker" ON "essay_marks" USING btree ("essay_id","marker_id");--> statement-breakpoint
CREATE INDEX "essay_marks_of" ON "essay_marks" USING btree ("marker_id","marked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "essays_uid" ON "essays" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "essays_attempt" ON "essays" USING btree ("attempt_id","place");--> statement-breakpoint
CREATE INDEX "essays_round" ON "essays" USING btree ("round_id","state","id");--> statement-breakpoint
CREATE INDEX "question_reviews_reviewer" ON "question_reviews" USING btree ("reviewer_id","due_at");--> statement-breakpoint
CREATE INDEX "question_uses_round" ON "question_uses" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "questions_status" ON "questions" USING btree ("bank_id","status");
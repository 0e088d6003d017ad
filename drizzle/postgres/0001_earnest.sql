CREATE INDEX "audit_actor" ON "audit_log" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit_log" USING btree ("action");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit_log" USING btree ("at");
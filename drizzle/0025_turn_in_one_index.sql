DROP INDEX `conversations_persona_recent`;--> statement-breakpoint
DROP INDEX `conversations_user_recent`;--> statement-breakpoint
CREATE INDEX `conversations_persona` ON `conversations` (`persona_id`);--> statement-breakpoint
CREATE INDEX `conversations_user_recent` ON `conversations` (`user_id`,`updated_at`,`id`,`persona_id`);
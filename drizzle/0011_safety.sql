CREATE TABLE `safety_counts` (
	`year` integer NOT NULL,
	`region` text NOT NULL,
	`kind` text NOT NULL,
	`age_group` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`year`, `region`, `kind`, `age_group`)
);
--> statement-breakpoint
CREATE TABLE `safety_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at_day` text NOT NULL,
	`user_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`code` text NOT NULL,
	`level` text,
	`step` integer,
	`source` text NOT NULL,
	`version` text NOT NULL,
	`outcome` text NOT NULL,
	`region` text,
	`age_group` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `safety_events_user` ON `safety_events` (`user_id`);--> statement-breakpoint
CREATE INDEX `safety_events_day` ON `safety_events` (`at_day`);--> statement-breakpoint
ALTER TABLE `deleted_messages` ADD `safety` text;--> statement-breakpoint
ALTER TABLE `chat_messages` ADD `safety` text;--> statement-breakpoint
ALTER TABLE `usage_totals` ADD `last_turn_at` integer;--> statement-breakpoint
ALTER TABLE `usage_totals` ADD `session_started_at` integer;--> statement-breakpoint
ALTER TABLE `usage_totals` ADD `day_use_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `age_group` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `age_source` text;--> statement-breakpoint
ALTER TABLE `users` ADD `region` text;--> statement-breakpoint
ALTER TABLE `users` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `users` ADD `parent_linked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `minor_signal_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `last_notice_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `crisis_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `crisis_step` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `concern_at` integer;
CREATE TABLE `mail_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `mail_tokens_user` ON `mail_tokens` (`user_id`,`purpose`,`created_at`);--> statement-breakpoint
CREATE INDEX `mail_tokens_age` ON `mail_tokens` (`created_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `email_verified_at` integer;
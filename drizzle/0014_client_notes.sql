CREATE TABLE `client_notes` (
	`id` integer PRIMARY KEY NOT NULL,
	`conversation_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `client_notes_conversation` ON `client_notes` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `client_notes_user` ON `client_notes` (`user_id`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `origin` text;
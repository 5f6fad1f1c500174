CREATE TABLE `deletions` (
	`receipt_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer,
	`requested_at` integer NOT NULL,
	`completed_at` integer,
	`belongings` text NOT NULL,
	`unreached` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deletions_open` ON `deletions` (`completed_at`,`requested_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `deleted_at` integer;--> statement-breakpoint
INSERT INTO `users` (`id`, `email`, `username`, `password_hash`, `is_active`, `deleted_at`, `created_at`, `updated_at`)
VALUES (0, '0@deleted', '0@deleted', '$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', false, 0, 0, 0);

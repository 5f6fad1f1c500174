CREATE TABLE `allowance_reservations` (
	`reply_id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`tokens` integer NOT NULL,
	`cost_micros` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `allowance_reservations_user` ON `allowance_reservations` (`user_id`);--> statement-breakpoint
CREATE INDEX `allowance_reservations_expiry` ON `allowance_reservations` (`expires_at`);--> statement-breakpoint
CREATE INDEX `conversations_age` ON `conversations` (`is_active`,`updated_at`);
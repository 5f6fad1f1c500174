CREATE TABLE `deleted_messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`conversation_id` integer NOT NULL,
	`parent_id` integer,
	`depth` integer NOT NULL,
	`role` text NOT NULL,
	`content` text NOT NULL,
	`status` text NOT NULL,
	`finish_reason` text,
	`error_code` text,
	`model_used` text,
	`prompt_tokens` integer,
	`cached_tokens` integer,
	`cache_write_tokens` integer,
	`completion_tokens` integer,
	`reasoning_tokens` integer,
	`tokens_used` integer,
	`cost_micros` integer,
	`usage_estimated` integer,
	`response_time_ms` integer,
	`first_token_ms` integer,
	`context` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deleted_messages_conversation` ON `deleted_messages` (`conversation_id`);--> statement-breakpoint
CREATE TABLE `message_deletions` (
	`conversation_id` integer PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`parent_id` integer,
	`head_message_id` integer,
	`revision` integer NOT NULL,
	`count` integer NOT NULL,
	`joined` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_deletions_age` ON `message_deletions` (`created_at`);--> statement-breakpoint
ALTER TABLE `personas` ADD `greeting` text;--> statement-breakpoint
ALTER TABLE `personas` ADD `alternates` text;
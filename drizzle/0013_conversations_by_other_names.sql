ALTER TABLE `conversations` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_external` ON `conversations` (`user_id`,`persona_id`,`external_id`);
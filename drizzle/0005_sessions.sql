ALTER TABLE `api_keys` ADD `last_used_network` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_user_agent` text;
DROP INDEX `usage_events_conversation`;
--> statement-breakpoint
ALTER TABLE `conversations` ADD `message_count` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `conversations` ADD `nonce` text DEFAULT '' NOT NULL;
--> statement-breakpoint
UPDATE `conversations` SET `message_count` = `message_seq` - `deleted_messages`, `nonce` = lower(hex(randomblob(8)));

CREATE TABLE `conversation_sources` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversation_sources_user` ON `conversation_sources` (`user_id`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `source_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_source` ON `conversations` (`user_id`,`source_hash`);
--> statement-breakpoint
CREATE TRIGGER `conversation_sources_take_room` AFTER INSERT ON `conversation_sources`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`data`) WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversation_sources_change_room` AFTER UPDATE OF `data` ON `conversation_sources`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`data`) - octet_length(OLD.`data`) WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversation_sources_free_room` AFTER DELETE ON `conversation_sources`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` - octet_length(OLD.`data`) WHERE `user_id` = OLD.`user_id`;
END;

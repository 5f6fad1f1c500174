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
--> statement-breakpoint
DROP TRIGGER `personas_take_room`;
--> statement-breakpoint
CREATE TRIGGER `personas_take_room` AFTER INSERT ON `personas`
BEGIN
  INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
  VALUES (NEW.`user_id`, 1, 0, octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0) + coalesce(octet_length(NEW.`greeting`), 0) + coalesce(octet_length(NEW.`alternates`), 0) + 500)
  ON CONFLICT DO UPDATE SET `personas` = `personas` + 1, `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
DROP TRIGGER `personas_change_room`;
--> statement-breakpoint
CREATE TRIGGER `personas_change_room` AFTER UPDATE OF `name`, `description`, `greeting`, `alternates` ON `personas`
WHEN NEW.`user_id` = OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes`
    + octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0) + coalesce(octet_length(NEW.`greeting`), 0) + coalesce(octet_length(NEW.`alternates`), 0)
    - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0) - coalesce(octet_length(OLD.`greeting`), 0) - coalesce(octet_length(OLD.`alternates`), 0)
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
DROP TRIGGER `personas_move_room`;
--> statement-breakpoint
CREATE TRIGGER `personas_move_room` AFTER UPDATE OF `user_id` ON `personas`
WHEN NEW.`user_id` <> OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `personas` = `personas` - 1,
    `bytes` = `bytes` - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0) - coalesce(octet_length(OLD.`greeting`), 0) - coalesce(octet_length(OLD.`alternates`), 0) - 500
  WHERE `user_id` = OLD.`user_id`;
  UPDATE `user_room` SET `personas` = `personas` + 1,
    `bytes` = `bytes` + octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0) + coalesce(octet_length(NEW.`greeting`), 0) + coalesce(octet_length(NEW.`alternates`), 0) + 500
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
DROP TRIGGER `personas_free_room`;
--> statement-breakpoint
CREATE TRIGGER `personas_free_room` AFTER DELETE ON `personas`
BEGIN
  UPDATE `user_room` SET `personas` = `personas` - 1,
    `bytes` = `bytes` - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0) - coalesce(octet_length(OLD.`greeting`), 0) - coalesce(octet_length(OLD.`alternates`), 0) - 500
  WHERE `user_id` = OLD.`user_id`;
END;

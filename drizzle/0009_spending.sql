CREATE TABLE `daily_costs` (
	`day` integer PRIMARY KEY NOT NULL,
	`cost_micros` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `user_room` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`personas` integer NOT NULL,
	`conversations` integer NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `allowance_reservations_expiry`;--> statement-breakpoint
ALTER TABLE `conversations` ADD `stored_bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `max_running_turns` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `max_personas` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `max_conversations` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `max_stored_bytes` integer;
--> statement-breakpoint
CREATE TRIGGER `usage_events_add_to_day` AFTER INSERT ON `usage_events` WHEN NEW.`cost_micros` > 0
BEGIN
  INSERT INTO `daily_costs` (`day`, `cost_micros`)
  VALUES (NEW.`created_at` - NEW.`created_at` % 86400000, NEW.`cost_micros`)
  ON CONFLICT DO UPDATE SET `cost_micros` = `cost_micros` + excluded.`cost_micros`;
END;
--> statement-breakpoint
INSERT INTO `daily_costs` (`day`, `cost_micros`)
SELECT `quarter` - `quarter` % 86400000, sum(`cost_micros`) FROM `usage_rollup` GROUP BY 1 HAVING sum(`cost_micros`) > 0;
--> statement-breakpoint
UPDATE `conversations` SET `stored_bytes` = (
  SELECT coalesce(sum(octet_length(`content`) + 500), 0) FROM `chat_messages`
  WHERE `chat_messages`.`conversation_id` = `conversations`.`id`
);
--> statement-breakpoint
INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
SELECT `id`,
  (SELECT count(*) FROM `personas` WHERE `user_id` = `users`.`id`),
  (SELECT count(*) FROM `conversations` WHERE `user_id` = `users`.`id`),
  (SELECT coalesce(sum(octet_length(`name`) + coalesce(octet_length(`description`), 0) + 500), 0)
    FROM `personas` WHERE `user_id` = `users`.`id`)
  + (SELECT coalesce(sum(`stored_bytes` + octet_length(`title`) + 500), 0)
    FROM `conversations` WHERE `user_id` = `users`.`id`)
FROM `users` WHERE `id` <> 0 AND EXISTS (SELECT 1 FROM `personas` WHERE `user_id` = `users`.`id`);
--> statement-breakpoint
CREATE TRIGGER `personas_take_room` AFTER INSERT ON `personas`
BEGIN
  INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
  VALUES (NEW.`user_id`, 1, 0, octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0) + 500)
  ON CONFLICT DO UPDATE SET `personas` = `personas` + 1, `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
CREATE TRIGGER `personas_change_room` AFTER UPDATE OF `name`, `description` ON `personas`
WHEN NEW.`user_id` = OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes`
    + octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0)
    - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0)
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `personas_move_room` AFTER UPDATE OF `user_id` ON `personas`
WHEN NEW.`user_id` <> OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `personas` = `personas` - 1,
    `bytes` = `bytes` - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0) - 500
  WHERE `user_id` = OLD.`user_id`;
  UPDATE `user_room` SET `personas` = `personas` + 1,
    `bytes` = `bytes` + octet_length(NEW.`name`) + coalesce(octet_length(NEW.`description`), 0) + 500
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `personas_free_room` AFTER DELETE ON `personas`
BEGIN
  UPDATE `user_room` SET `personas` = `personas` - 1,
    `bytes` = `bytes` - octet_length(OLD.`name`) - coalesce(octet_length(OLD.`description`), 0) - 500
  WHERE `user_id` = OLD.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversations_take_room` AFTER INSERT ON `conversations`
BEGIN
  INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
  VALUES (NEW.`user_id`, 0, 1, NEW.`stored_bytes` + octet_length(NEW.`title`) + 500)
  ON CONFLICT DO UPDATE SET `conversations` = `conversations` + 1, `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversations_change_room` AFTER UPDATE OF `stored_bytes`, `title` ON `conversations`
WHEN NEW.`user_id` = OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes`
    + NEW.`stored_bytes` + octet_length(NEW.`title`) - OLD.`stored_bytes` - octet_length(OLD.`title`)
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversations_move_room` AFTER UPDATE OF `user_id` ON `conversations`
WHEN NEW.`user_id` <> OLD.`user_id`
BEGIN
  UPDATE `user_room` SET `conversations` = `conversations` - 1,
    `bytes` = `bytes` - OLD.`stored_bytes` - octet_length(OLD.`title`) - 500
  WHERE `user_id` = OLD.`user_id`;
  UPDATE `user_room` SET `conversations` = `conversations` + 1,
    `bytes` = `bytes` + NEW.`stored_bytes` + octet_length(NEW.`title`) + 500
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversations_free_room` AFTER DELETE ON `conversations`
BEGIN
  UPDATE `user_room` SET `conversations` = `conversations` - 1,
    `bytes` = `bytes` - OLD.`stored_bytes` - octet_length(OLD.`title`) - 500
  WHERE `user_id` = OLD.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `chat_messages_change_room` AFTER UPDATE OF `content` ON `chat_messages`
WHEN octet_length(NEW.`content`) <> octet_length(OLD.`content`)
BEGIN
  UPDATE `conversations` SET `stored_bytes` = `stored_bytes` + octet_length(NEW.`content`) - octet_length(OLD.`content`)
  WHERE `id` = NEW.`conversation_id` AND `user_id` <> 0;
END;
--> statement-breakpoint
CREATE TRIGGER `chat_messages_free_room` AFTER DELETE ON `chat_messages`
BEGIN
  UPDATE `conversations` SET `stored_bytes` = `stored_bytes` - octet_length(OLD.`content`) - 500
  WHERE `id` = OLD.`conversation_id` AND `user_id` <> 0
    AND EXISTS (SELECT 1 FROM `users` WHERE `id` = `conversations`.`user_id` AND `deleted_at` IS NULL);
END;

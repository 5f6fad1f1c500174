CREATE TABLE `user_room` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`personas` integer NOT NULL,
	`conversations` integer NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `conversations` ADD `stored_bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `max_personas` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `max_conversations` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `max_stored_bytes` integer;
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
FROM `users` WHERE EXISTS (SELECT 1 FROM `personas` WHERE `user_id` = `users`.`id`);
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
  WHERE `id` = OLD.`conversation_id` AND `user_id` <> 0;
END;

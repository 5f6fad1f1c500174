CREATE TRIGGER `tags_take_room` AFTER INSERT ON `tags`
BEGIN
  INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
  VALUES (NEW.`user_id`, 0, 0, octet_length(NEW.`name`) + 500)
  ON CONFLICT DO UPDATE SET `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
CREATE TRIGGER `tags_change_room` AFTER UPDATE OF `name` ON `tags`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`name`) - octet_length(OLD.`name`)
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `tags_free_room` AFTER DELETE ON `tags`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` - octet_length(OLD.`name`) - 500 WHERE `user_id` = OLD.`user_id`;
END;

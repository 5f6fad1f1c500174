CREATE TRIGGER `shares_take_room` AFTER INSERT ON `shares`
BEGIN
  INSERT INTO `user_room` (`user_id`, `personas`, `conversations`, `bytes`)
  VALUES (NEW.`user_id`, 0, 0, octet_length(NEW.`data`) + 500)
  ON CONFLICT DO UPDATE SET `bytes` = `bytes` + excluded.`bytes`;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_change_room` AFTER UPDATE OF `data` ON `shares`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`data`) - octet_length(OLD.`data`)
  WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_free_room` AFTER DELETE ON `shares`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` - octet_length(OLD.`data`) - 500 WHERE `user_id` = OLD.`user_id`;
END;

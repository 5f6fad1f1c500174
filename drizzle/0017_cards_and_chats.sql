CREATE TABLE `conversation_sources` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversation_sources_user` ON `conversation_sources` (`user_id`);--> statement-breakpoint
CREATE TABLE `file_pieces` (
	`id` integer PRIMARY KEY NOT NULL,
	`file_id` integer NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`file_id`) REFERENCES `persona_files`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `file_pieces_file` ON `file_pieces` (`file_id`);--> statement-breakpoint
CREATE TABLE `persona_cards` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`card` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `personas`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `persona_cards_user` ON `persona_cards` (`user_id`);--> statement-breakpoint
CREATE TABLE `persona_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`persona_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`path` text,
	`media_type` text,
	`size` integer NOT NULL,
	`stored_bytes` integer NOT NULL,
	FOREIGN KEY (`persona_id`) REFERENCES `personas`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `persona_files_persona` ON `persona_files` (`persona_id`,`id`);--> statement-breakpoint
CREATE INDEX `persona_files_user` ON `persona_files` (`user_id`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `source_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_source` ON `conversations` (`user_id`,`source_hash`);--> statement-breakpoint
ALTER TABLE `personas` ADD `avatar_id` integer;
--> statement-breakpoint
CREATE TRIGGER `persona_cards_take_room` AFTER INSERT ON `persona_cards`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`card`) WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `persona_cards_change_room` AFTER UPDATE OF `card` ON `persona_cards`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + octet_length(NEW.`card`) - octet_length(OLD.`card`) WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `persona_cards_free_room` AFTER DELETE ON `persona_cards`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` - octet_length(OLD.`card`) WHERE `user_id` = OLD.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `persona_files_take_room` AFTER INSERT ON `persona_files`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + NEW.`stored_bytes` WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `persona_files_change_room` AFTER UPDATE OF `stored_bytes` ON `persona_files`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` + NEW.`stored_bytes` - OLD.`stored_bytes` WHERE `user_id` = NEW.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `persona_files_free_room` AFTER DELETE ON `persona_files`
BEGIN
  UPDATE `user_room` SET `bytes` = `bytes` - OLD.`stored_bytes` WHERE `user_id` = OLD.`user_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `file_pieces_change_room` AFTER UPDATE OF `data` ON `file_pieces`
WHEN octet_length(NEW.`data`) <> octet_length(OLD.`data`)
BEGIN
  UPDATE `persona_files` SET `stored_bytes` = `stored_bytes` + octet_length(NEW.`data`) - octet_length(OLD.`data`)
  WHERE `id` = NEW.`file_id`;
END;
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

CREATE TABLE `loose_objects` (
	`id` integer PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `loose_objects_due` ON `loose_objects` (`due_at`);--> statement-breakpoint
ALTER TABLE `persona_files` ADD `object_key` text;--> statement-breakpoint
-- However a file's row goes, its object in the bucket is to go as well.
CREATE TRIGGER `persona_files_leave_object` AFTER DELETE ON `persona_files` WHEN OLD.`object_key` IS NOT NULL
BEGIN
  INSERT INTO `loose_objects` (`id`, `due_at`) VALUES (OLD.`id`, 0) ON CONFLICT DO UPDATE SET `due_at` = 0;
END;

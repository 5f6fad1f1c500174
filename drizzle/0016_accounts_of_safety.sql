CREATE TABLE `safety_complaints` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`message_id` integer NOT NULL,
	`reason` text NOT NULL,
	`note` text,
	`status` text DEFAULT 'open' NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	`answered_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `safety_complaints_subject` ON `safety_complaints` (`user_id`,`kind`,`subject`);--> statement-breakpoint
CREATE INDEX `safety_complaints_status` ON `safety_complaints` (`kind`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `safety_complaints_answered` ON `safety_complaints` (`answered_at`);--> statement-breakpoint
CREATE TABLE `safety_detectors` (
	`year` integer NOT NULL,
	`source` text NOT NULL,
	`version` text NOT NULL,
	PRIMARY KEY(`year`, `source`, `version`)
);
--> statement-breakpoint
ALTER TABLE `safety_events` ADD `feedback` text;--> statement-breakpoint
ALTER TABLE `safety_events` ADD `webhook_at` integer;--> statement-breakpoint
ALTER TABLE `safety_events` ADD `webhook_due_at` integer;--> statement-breakpoint
ALTER TABLE `safety_events` ADD `webhook_tries` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `safety_events_webhook` ON `safety_events` (`webhook_due_at`) WHERE "safety_events"."webhook_due_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `calmed_at` integer;
--> statement-breakpoint
-- By which detectors, for the yearly report; the events themselves are kept for a while only.
CREATE TRIGGER `safety_events_detector` AFTER INSERT ON `safety_events`
BEGIN
  INSERT INTO `safety_detectors` (`year`, `source`, `version`)
  VALUES (CAST(substr(NEW.`at_day`, 1, 4) AS INTEGER), NEW.`source`, NEW.`version`)
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER `safety_events_feedback` AFTER UPDATE OF `feedback` ON `safety_events`
WHEN OLD.`feedback` IS NULL AND NEW.`feedback` IS NOT NULL
BEGIN
  INSERT INTO `safety_counts` (`year`, `region`, `kind`, `age_group`, `count`)
  VALUES (CAST(substr(NEW.`at_day`, 1, 4) AS INTEGER), coalesce(NEW.`region`, ''), 'false_alarm', NEW.`age_group`, 1)
  ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `safety_complaints_count` AFTER INSERT ON `safety_complaints`
BEGIN
  INSERT INTO `safety_counts` (`year`, `region`, `kind`, `age_group`, `count`)
  SELECT CAST(strftime('%Y', NEW.`created_at` / 1000, 'unixepoch') AS INTEGER), coalesce(`region`, ''), NEW.`kind`, `age_group`, 1
  FROM `users` WHERE `id` = NEW.`user_id`
  ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `safety_complaints_upheld` AFTER UPDATE OF `status` ON `safety_complaints`
WHEN OLD.`status` <> 'upheld' AND NEW.`status` = 'upheld'
BEGIN
  INSERT INTO `safety_counts` (`year`, `region`, `kind`, `age_group`, `count`)
  SELECT CAST(strftime('%Y', NEW.`answered_at` / 1000, 'unixepoch') AS INTEGER), coalesce(`region`, ''), NEW.`kind` || '_upheld', `age_group`, 1
  FROM `users` WHERE `id` = NEW.`user_id`
  ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

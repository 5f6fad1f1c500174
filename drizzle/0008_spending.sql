CREATE TABLE `daily_costs` (
	`day` integer PRIMARY KEY NOT NULL,
	`cost_micros` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `allowance_reservations_expiry`;--> statement-breakpoint
ALTER TABLE `users` ADD `max_running_turns` integer;
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

-- The ledger's totals also keep the clock of use: their row is written at every turn anyway.
DROP TRIGGER `usage_events_add_up`;
--> statement-breakpoint
CREATE TRIGGER `usage_events_add_up` AFTER INSERT ON `usage_events`
BEGIN
  INSERT INTO `usage_rollup` (
    `user_id`, `quarter`, `persona_id`, `conversation_id`, `model`, `calls`, `errors`, `unpriced`, `estimated`,
    `prompt_tokens`, `cached_tokens`, `cache_write_tokens`, `completion_tokens`, `reasoning_tokens`, `cost_micros`,
    `response_times`, `first_tokens`
  ) VALUES (
    NEW.`user_id`, NEW.`created_at` - NEW.`created_at` % 900000, NEW.`persona_id`, NEW.`conversation_id`,
    NEW.`model_used`, 1, NEW.`outcome` = 'failed', NEW.`cost_micros` IS NULL, NEW.`estimated`,
    NEW.`prompt_tokens`, NEW.`cached_tokens`, NEW.`cache_write_tokens`, NEW.`completion_tokens`,
    NEW.`reasoning_tokens`, coalesce(NEW.`cost_micros`, 0),
    iif(NEW.`outcome` = 'complete', json_object(CAST(CAST(4 * log2(max(NEW.`total_ms`, 1)) AS INTEGER) AS TEXT), 1), '{}'),
    iif(NEW.`first_token_ms` IS NULL, '{}', json_object(CAST(CAST(4 * log2(max(NEW.`first_token_ms`, 1)) AS INTEGER) AS TEXT), 1))
  )
  ON CONFLICT DO UPDATE SET
    `calls` = `calls` + 1,
    `errors` = `errors` + excluded.`errors`,
    `unpriced` = `unpriced` + excluded.`unpriced`,
    `estimated` = `estimated` + excluded.`estimated`,
    `prompt_tokens` = `prompt_tokens` + excluded.`prompt_tokens`,
    `cached_tokens` = `cached_tokens` + excluded.`cached_tokens`,
    `cache_write_tokens` = `cache_write_tokens` + excluded.`cache_write_tokens`,
    `completion_tokens` = `completion_tokens` + excluded.`completion_tokens`,
    `reasoning_tokens` = `reasoning_tokens` + excluded.`reasoning_tokens`,
    `cost_micros` = `cost_micros` + excluded.`cost_micros`,
    `response_times` = (
      SELECT iif(count(*) = 0, `response_times`, json_set(`response_times`, '$."' || max(`key`) || '"',
        coalesce(json_extract(`response_times`, '$."' || max(`key`) || '"'), 0) + 1))
      FROM json_each(excluded.`response_times`)
    ),
    `first_tokens` = (
      SELECT iif(count(*) = 0, `first_tokens`, json_set(`first_tokens`, '$."' || max(`key`) || '"',
        coalesce(json_extract(`first_tokens`, '$."' || max(`key`) || '"'), 0) + 1))
      FROM json_each(excluded.`first_tokens`)
    );
  INSERT INTO `usage_totals` (
    `user_id`, `calls`, `errors`, `unpriced`, `tokens`, `cost_micros`, `last_turn_at`, `session_started_at`
  )
  VALUES (
    NEW.`user_id`, 1, NEW.`outcome` = 'failed', NEW.`cost_micros` IS NULL,
    NEW.`prompt_tokens` + NEW.`completion_tokens`, coalesce(NEW.`cost_micros`, 0), NEW.`created_at`, NEW.`created_at`
  )
  ON CONFLICT DO UPDATE SET
    `calls` = `calls` + 1,
    `errors` = `errors` + excluded.`errors`,
    `unpriced` = `unpriced` + excluded.`unpriced`,
    `tokens` = `tokens` + excluded.`tokens`,
    `cost_micros` = `cost_micros` + excluded.`cost_micros`,
    -- A session ends with half an hour without a call, and what lies between two calls of one is use.
    `session_started_at` = iif(excluded.`last_turn_at` - coalesce(`last_turn_at`, 0) >= 1800000, excluded.`last_turn_at`, coalesce(`session_started_at`, excluded.`last_turn_at`)),
    `day_use_ms` = iif(excluded.`last_turn_at` / 86400000 > coalesce(`last_turn_at`, 0) / 86400000, 0, `day_use_ms`)
      + iif(excluded.`last_turn_at` - coalesce(`last_turn_at`, 0) < 1800000, max(0, excluded.`last_turn_at` - `last_turn_at`), 0),
    `last_turn_at` = max(coalesce(`last_turn_at`, 0), excluded.`last_turn_at`);
END;
--> statement-breakpoint
-- Each finding is counted once, by nobody's name; what was shown a moment before is no referral of its own.
CREATE TRIGGER `safety_events_count` AFTER INSERT ON `safety_events` WHEN NEW.`outcome` <> 'repeated'
BEGIN
  INSERT INTO `safety_counts` (`year`, `region`, `kind`, `age_group`, `count`)
  VALUES (CAST(substr(NEW.`at_day`, 1, 4) AS INTEGER), coalesce(NEW.`region`, ''), NEW.`code`, NEW.`age_group`, 1)
  ON CONFLICT DO UPDATE SET `count` = `count` + 1;
END;

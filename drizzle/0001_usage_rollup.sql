-- The ledger adds itself up. A row that is there already is not inserted again, so it is not counted again.
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
  INSERT INTO `usage_totals` (`user_id`, `calls`, `errors`, `unpriced`, `tokens`, `cost_micros`)
  VALUES (
    NEW.`user_id`, 1, NEW.`outcome` = 'failed', NEW.`cost_micros` IS NULL,
    NEW.`prompt_tokens` + NEW.`completion_tokens`, coalesce(NEW.`cost_micros`, 0)
  )
  ON CONFLICT DO UPDATE SET
    `calls` = `calls` + 1,
    `errors` = `errors` + excluded.`errors`,
    `unpriced` = `unpriced` + excluded.`unpriced`,
    `tokens` = `tokens` + excluded.`tokens`,
    `cost_micros` = `cost_micros` + excluded.`cost_micros`;
END;
--> statement-breakpoint
CREATE TRIGGER `usage_events_append_only` BEFORE UPDATE ON `usage_events`
BEGIN
  SELECT raise(ABORT, 'usage_events is append-only');
END;

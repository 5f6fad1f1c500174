ALTER TABLE `personas` ADD `memory` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `personas` ADD `memory_tokens` integer;--> statement-breakpoint
ALTER TABLE `personas` ADD `has_facts` integer DEFAULT false NOT NULL;
CREATE TABLE `encryption_progress` (
	`part` text NOT NULL,
	`form` text NOT NULL,
	`cursor` integer NOT NULL,
	`rewritten` integer NOT NULL,
	`found` integer NOT NULL,
	`locked` integer NOT NULL,
	`damaged` integer NOT NULL,
	`started_at` integer NOT NULL,
	`pass_started_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`part`, `form`)
);

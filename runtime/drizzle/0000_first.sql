CREATE TABLE "call_events" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"type" text NOT NULL,
	"payload" json NOT NULL,
	"verdict" text NOT NULL,
	"inbox_key" text NOT NULL,
	CONSTRAINT "call_events_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE TABLE "call_outcomes" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"effect_id" text NOT NULL,
	"outcome" text NOT NULL,
	"fields" json NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "call_outcomes_call_id_effect_id_pk" PRIMARY KEY("call_id","effect_id")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"client_id" integer NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"provider" text NOT NULL,
	"provider_call_id" text NOT NULL,
	"number" text NOT NULL,
	"flow_id" uuid NOT NULL,
	"flow_version_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"direction" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"started_at" bigint NOT NULL,
	"session" json NOT NULL,
	"revision" integer NOT NULL,
	"turn" integer NOT NULL,
	"visits" integer NOT NULL,
	"node" text,
	"status" text NOT NULL,
	"rank" smallint NOT NULL,
	"reason" text,
	"disposition" text,
	"ended_at" bigint,
	"touched_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"client_id" integer PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"id" text NOT NULL,
	"effect" text NOT NULL,
	"payload" json NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"owner" text NOT NULL,
	"lease_until" bigint NOT NULL,
	CONSTRAINT "effects_call_id_id_pk" PRIMARY KEY("call_id","id")
);
--> statement-breakpoint
CREATE TABLE "flow_aliases" (
	"client_id" integer NOT NULL,
	"flow_id" uuid NOT NULL,
	"alias" text NOT NULL,
	"version_id" uuid NOT NULL,
	"moved_at" bigint NOT NULL,
	"moved_by" text NOT NULL,
	CONSTRAINT "flow_aliases_flow_id_alias_pk" PRIMARY KEY("flow_id","alias")
);
--> statement-breakpoint
CREATE TABLE "flow_versions" (
	"client_id" integer NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"document" json NOT NULL,
	"note" text NOT NULL,
	"published_at" bigint NOT NULL,
	"published_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flows" (
	"client_id" integer NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"draft" json NOT NULL,
	"draft_hash" text NOT NULL,
	"revision" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"saved_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "numbers" (
	"client_id" integer NOT NULL,
	"number" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"hook_token" text NOT NULL,
	"flow_id" uuid,
	"webhook_ok" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"turn" integer NOT NULL,
	"content_type" text NOT NULL,
	"body" text NOT NULL,
	"fetched" boolean NOT NULL,
	CONSTRAINT "replies_call_id_turn_pk" PRIMARY KEY("call_id","turn")
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"client_id" integer NOT NULL,
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"client_id" integer NOT NULL,
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"id" text NOT NULL,
	"due_at" bigint NOT NULL,
	CONSTRAINT "timers_call_id_id_pk" PRIMARY KEY("call_id","id")
);
--> statement-breakpoint
CREATE TABLE "trace" (
	"client_id" integer NOT NULL,
	"call_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"frame" text NOT NULL,
	"node" text NOT NULL,
	"kind" text NOT NULL,
	"visit" integer NOT NULL,
	"entered_at" bigint NOT NULL,
	"left_at" bigint NOT NULL,
	"turn" integer NOT NULL,
	"outcome" text NOT NULL,
	"value" json,
	CONSTRAINT "trace_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"client_id" integer NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint
);
--> statement-breakpoint
ALTER TABLE "flow_aliases" ADD CONSTRAINT "flow_aliases_version_id_flow_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."flow_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_versions" ADD CONSTRAINT "flow_versions_flow_id_flows_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flows" ADD CONSTRAINT "flows_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "numbers" ADD CONSTRAINT "numbers_flow_id_flows_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_client_id_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "call_events_inbox" ON "call_events" USING btree ("call_id","inbox_key");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_token" ON "calls" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_provider_call" ON "calls" USING btree ("provider","provider_call_id");--> statement-breakpoint
CREATE INDEX "calls_by_client" ON "calls" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "calls_by_flow" ON "calls" USING btree ("flow_id","id");--> statement-breakpoint
CREATE INDEX "calls_by_version" ON "calls" USING btree ("flow_version_id");--> statement-breakpoint
CREATE INDEX "effects_pending" ON "effects" USING btree ("lease_until") WHERE state = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "flow_versions_number" ON "flow_versions" USING btree ("flow_id","version");--> statement-breakpoint
CREATE INDEX "flow_versions_hash" ON "flow_versions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "flows_by_client" ON "flows" USING btree ("client_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "numbers_hook_token" ON "numbers" USING btree ("hook_token");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at");
CREATE TABLE "placed_calls" (
	"client_id" integer NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"provider" text NOT NULL,
	"flow_id" uuid NOT NULL,
	"flow_version_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"inputs" json NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"code" text,
	"provider_call_id" text,
	"verdict" json,
	"created_at" bigint NOT NULL,
	"check_at" bigint,
	"checks" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "placed_calls_token" ON "placed_calls" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "placed_calls_provider_call" ON "placed_calls" USING btree ("provider","provider_call_id");--> statement-breakpoint
CREATE INDEX "placed_calls_by_client" ON "placed_calls" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "placed_calls_due" ON "placed_calls" USING btree ("check_at") WHERE check_at is not null;
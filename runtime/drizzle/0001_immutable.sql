-- A published version is never rewritten: not by the program, not by hand.
CREATE FUNCTION "refuse_change_of_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A published flow version is never changed or deleted; publish a new one.' USING ERRCODE = '23001';
END $$;--> statement-breakpoint
CREATE TRIGGER "flow_versions_immutable" BEFORE UPDATE OR DELETE ON "flow_versions" FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_version"();--> statement-breakpoint
CREATE TRIGGER "flow_versions_not_emptied" BEFORE TRUNCATE ON "flow_versions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_version"();--> statement-breakpoint
-- Room on each page, so that a call's row is updated in place while the call goes on.
ALTER TABLE "calls" SET (fillfactor = 60);

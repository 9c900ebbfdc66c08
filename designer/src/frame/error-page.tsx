import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Fault } from "../api.ts";

const titles: { readonly [code: string]: string } = {
  offline: "The server cannot be reached",
  "not-found": "Nothing here",
  "flow-not-found": "This flow does not exist",
  "call-not-found": "This call does not exist",
  "version-not-found": "This version does not exist",
};

/** What happened, and what to do next. */
export function ErrorPage({ fault, onRetry }: { fault: Fault; onRetry?: () => void }) {
  return (
    <div className="centred" role="alert">
      <h1>{titles[fault.code] ?? "This page could not be opened"}</h1>
      <p className="muted">{fault.sentence}</p>
      <div className="actions">
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        <Button component={Link} href="/flows" variant="default">
          Go to the flows
        </Button>
      </div>
    </div>
  );
}

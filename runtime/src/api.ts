/**
 * The whole API, and its type for the designer's client: `hc<Api>("/")`. Only types of this file may be imported by
 * the browser.
 */
import { Hono } from "hono";
import type { LiveBus } from "./live/bus.ts";
import { calledFlowRoutes } from "./routes/called-flows.ts";
import { callRoutes } from "./routes/calls.ts";
import { type FlowParts, flowRoutes } from "./routes/flows.ts";
import { liveRoutes } from "./routes/live.ts";
import { type NumberParts, numberRoutes } from "./routes/numbers.ts";
import { type PlacedCallParts, placedCallRoutes } from "./routes/placed-calls.ts";
import type { PolicyEnv } from "./routes/policy.ts";
import { type SessionParts, sessionRoutes } from "./routes/session.ts";
import { versionRoutes } from "./routes/versions.ts";

export type ApiParts = SessionParts & FlowParts & NumberParts & PlacedCallParts & { readonly bus: LiveBus };

export function createApi(parts: ApiParts) {
  return new Hono<PolicyEnv>()
    .basePath("/api")
    .route("/", sessionRoutes(parts))
    .route("/", flowRoutes(parts))
    .route("/", versionRoutes(parts))
    .route("/", numberRoutes(parts))
    .route("/", calledFlowRoutes(parts))
    .route("/", placedCallRoutes(parts))
    .route("/", callRoutes(parts))
    .route("/", liveRoutes(parts));
}

/** Base path included; refusals have `{ code, sentence }` and are thrown, so they are not part of the types. */
export type Api = ReturnType<typeof createApi>;

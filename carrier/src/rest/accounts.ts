/** Accounts by REST: the account itself, and the subaccounts of the main one (Twilio, REST API: Subaccounts). */
import type { Hono } from "hono";
import { rfc2822 } from "../ids.ts";
import type { Account, Plant } from "../plant.ts";
import { errorResponse, isRestError, type RestError, restError } from "./errors.ts";
import { matches, queryOf, readForm } from "./form.ts";
import { page } from "./paging.ts";
import { accountResource } from "./resources.ts";

const statuses: readonly Account["status"][] = ["active", "suspended", "closed"];

export function accountRoutes(app: Hono, plant: Plant): void {
  const { account, accounts, clock } = plant;
  const isMain = plant === accounts.main;
  app.get("/2010-04-01/Accounts.json", (c) => {
    const query = queryOf(c);
    const rows = (isMain ? accounts.list() : [plant])
      .map((one) => one.account)
      .filter(
        ({ friendlyName, status }) =>
          matches(query, "FriendlyName", friendlyName) && matches(query, "Status", status),
      )
      .map(accountResource);
    return c.json(page("accounts", rows, c.req.path, query));
  });
  app.post("/2010-04-01/Accounts.json", async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    if (!isMain)
      return errorResponse(restError(20003, "Permission Denied: a subaccount has no accounts", 403));
    const given = form.get("FriendlyName");
    const wrong = checkName(given);
    if (wrong) return errorResponse(wrong);
    const name = given || `SubAccount Created at ${rfc2822(clock.now())}`;
    const made = accounts.open(name);
    return made
      ? c.json(accountResource(made.account), 201)
      : errorResponse(restError(20403, "Forbidden: the account has as many subaccounts as it may", 403));
  });
  app.get("/2010-04-01/Accounts/:file", (c) => c.json(accountResource(account)));
  app.post("/2010-04-01/Accounts/:file", async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = checkName(form.get("FriendlyName")) ?? updateStatus(plant, form.get("Status"));
    if (wrong) return errorResponse(wrong);
    account.friendlyName = form.get("FriendlyName") ?? account.friendlyName;
    account.updatedAt = clock.now();
    return c.json(accountResource(account));
  });
}

const checkName = (name: string | null): RestError | null =>
  name !== null && name.length > 64 ? restError(20002, "Invalid FriendlyName: at most 64 characters") : null;

/** Only a subaccount changes its status; one that is closed stays so. Its calls end when it is no longer active: a choice of ours. */
function updateStatus({ account, accounts, exchange }: Plant, given: string | null): RestError | null {
  if (given === null || given === account.status) return null;
  const status = statuses.find((one) => one === given);
  if (!status) return restError(20001, `Invalid Status: expected ${statuses.join(", ")}, found ${given}`);
  if (account === accounts.main.account)
    return restError(20001, "Invalid Status: expected a subaccount, found the main account");
  if (account.status === "closed") return restError(20001, "Invalid Status: a closed account stays closed");
  account.status = status;
  if (status !== "active") for (const call of exchange.list()) exchange.hangUp(call, "completed");
  return null;
}

/** Applications of an account (Twilio, REST API: Applications): URLs under one SID, for numbers, calls and `app:AP…`. In memory. */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { type Handling, noHandling } from "./handling.ts";

export interface Application extends Handling {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  /** Told of the messages sent in its name. "" is nobody; so is it below. */
  messageStatusCallback: string;
  smsStatusCallback: string;
}
export type ApplicationSettings = Partial<Omit<Application, "sid" | "createdAt" | "updatedAt">>;

export interface Applications {
  /** Null when there are too many. */
  add(settings: ApplicationSettings): Application | null;
  update(application: Application, settings: ApplicationSettings): void;
  remove(sid: string): boolean;
  get(sid: string): Application | undefined;
  list(): Application[];
}

export function createApplications(clock: Clock, random: Random): Applications {
  const known = new Map<string, Application>();
  return {
    add(settings) {
      if (known.size >= limits.applications) return null;
      const now = clock.now();
      const application: Application = {
        ...noHandling,
        sid: makeSid("AP", random),
        createdAt: now,
        updatedAt: now,
        friendlyName: "",
        messageStatusCallback: "",
        smsStatusCallback: "",
        ...settings,
      };
      known.set(application.sid, application);
      return application;
    },
    update(application, settings) {
      Object.assign(application, settings);
      application.updatedAt = clock.now();
    },
    remove: (sid) => known.delete(sid),
    get: (sid) => known.get(sid),
    list: () => [...known.values()],
  };
}

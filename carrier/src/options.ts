/** What a carrier is started with. */

import type { Listing } from "./account/directory.ts";
import type { NumberSettings } from "./account/numbers.ts";
import type { FarEnd } from "./calls/exchange.ts";
import type { Clock, VirtualClock } from "./clock/clock.ts";
import type { Random } from "./ids.ts";
import type { MessagingServiceOption } from "./messaging/services.ts";
import type { BehaviourInput } from "./people/behaviour.ts";
import type { FaultPlan, FaultRates } from "./webhooks/faults.ts";

export interface CarrierOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Made up when not given. */
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly phoneToken?: string;
  /** API keys that open REST beside the token; more can be made there. */
  readonly apiKeys?: readonly { readonly sid: string; readonly secret: string }[];
  /** Messaging services, each with a pool of the account's numbers. */
  readonly messagingServices?: readonly MessagingServiceOption[];
  /** What becomes of messages to a number: Twilio's code, such as 30003, 30005, 30006, 30007, or 21614. */
  readonly textFates?: Readonly<Record<string, number>>;
  /** Numbers the account owns from the start, E.164, with their settings if wanted. */
  readonly numbers?: readonly (string | ({ readonly phoneNumber: string } & NumberSettings))[];
  /** Hosts beside loopback that webhooks may go to. */
  readonly allowHosts?: readonly string[];
  /** Public hosts that are servers of this machine, by their http address: TLS ends here, as at a tunnel. */
  readonly tunnels?: Readonly<Record<string, string>>;
  /** Certificates (PEM) of authorities to trust beside the public ones, for https and wss on this machine. */
  readonly certificateAuthorities?: readonly string[];
  /** Time. Default: the wall clock. */
  readonly clock?: Clock | VirtualClock;
  /** Source of identifiers; a seeded one makes runs repeat. Default: cryptographic. */
  readonly random?: Random;
  /** Who answers at which number. Others answer after 2 s, listen and stay. */
  readonly farEnd?: Readonly<Record<string, BehaviourInput>>;
  /** People made in code; asked before `farEnd`. */
  readonly people?: (to: string, from: string) => FarEnd | undefined;
  /** Names and places of people's numbers. */
  readonly directory?: Readonly<Record<string, Listing>>;
  readonly faults?: FaultPlan;
  /** The same as shares, as the console shows and changes them. */
  readonly faultRates?: FaultRates;
  /** Outbound calls begun per second. Default 1, as at Twilio; 0 is no limit. */
  readonly callsPerSecond?: number;
  /** How far REST's reads of calls and messages lag behind what happens, ms: Twilio's are only eventually consistent. Default 0. */
  readonly restLagMs?: number;
  /** How long media are taken to last that cannot be fetched or measured, s. Default 5. */
  readonly mediaSeconds?: number;
  /** False: media are not fetched, all last `mediaSeconds`. Default true. */
  readonly fetchMedia?: boolean;
}

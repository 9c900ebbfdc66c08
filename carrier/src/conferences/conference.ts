/**
 * A conference (protocol 5): a room of an account, who is in it, and what applications are told of it.
 * Life cycle: `init` when the first participant waits, `in-progress` from the moment two are there and one of them may start it,
 * `completed` when the last has left or one who ends it has. `conferences.ts` alone changes one.
 */
import type { Address, Call } from "../calls/call.ts";
import type { Line } from "../calls/line.ts";
import type { RecordingEvent } from "../calls/recordings.ts";
import type { Stage } from "../calls/stage.ts";
import type { ConferenceEvent, ConferenceNoun, Waiting } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";

export type EndReason =
  | "conference-ended-via-api"
  | "last-participant-kicked"
  | "last-participant-left"
  | "participant-with-end-conference-on-exit-kicked"
  | "participant-with-end-conference-on-exit-left";
export type LeaveReason =
  | "conference_ended_via_api"
  | "moderator_ended_conference"
  | "participant_updated_via_api"
  | "participant_hung_up"
  | "participant_add_failed";

/** A noun whose URLs have been resolved. */
export type RoomSettings = Omit<ConferenceNoun, "wait" | "record" | "statusCallback" | "unperformed"> & {
  readonly wait: Waiting<Address>;
  readonly record: {
    readonly trimsSilence: boolean;
    readonly statusCallback: (Address & { readonly events: readonly RecordingEvent[] }) | null;
  } | null;
  readonly statusCallback: (Address & { readonly events: readonly ConferenceEvent[] }) | null;
};

/** What REST shows of a participant, also while its telephone still rings. */
export interface Member {
  readonly call: Call;
  readonly label: string | null;
  readonly startOnEnter: boolean;
  readonly since: number;
  updatedAt: number;
  endOnExit: boolean;
  muted: boolean;
  hold: boolean;
  /** SID of the only call that hears this one; null when it does not coach. */
  coaches: string | null;
}

/** Whose telephone still rings. */
export interface Expected extends Member {
  /** Hangs up, as the room has ended. */
  cancel(): void;
}

export interface Participant extends Member {
  readonly line: Line;
  readonly stage: Stage;
  readonly wait: Waiting<Address>;
  beepOnExit: boolean;
  /** Stops what only this one hears: the wait document, music on hold. */
  heardAlone: AbortController;
  /** Fires when it has left; the Dial that brought it in is then over. */
  readonly left: AbortController;
}

export interface Conference {
  readonly sid: string;
  readonly name: string;
  readonly accountSid: string;
  readonly region: string;
  readonly createdAt: number;
  updatedAt: number;
  status: "init" | "in-progress" | "completed";
  /** By call, in the order in which they came. */
  readonly participants: Map<string, Participant>;
  /** Telephones that REST rings and that enter when they answer. */
  readonly expected: Map<string, Expected>;
  /** The first participant's; what later ones say counts for nothing (protocol 5). */
  readonly settings: Pick<RoomSettings, "statusCallback" | "record">;
  /** What everybody hears; recordings listen to it. */
  readonly line: Line;
  stopRecording: () => void;
  /** The last event's SequenceNumber. */
  sequence: number;
  ended: { readonly reason: EndReason; readonly by: Member | null } | null;
}

/** What REST changes of a participant; what is not given stays. */
export interface Change {
  readonly muted?: boolean;
  readonly hold?: boolean;
  /** What is heard on hold. */
  readonly holdWait?: Waiting<Address>;
  readonly endOnExit?: boolean;
  readonly beepOnExit?: boolean;
  readonly coaches?: string | null;
}

export interface Conferences {
  /** The live one of this name, or any by its SID. */
  find(nameOrSid: string): Conference | undefined;
  /** Newest first. */
  list(): Conference[];
  /** The live one of this name, or a new one. */
  open(settings: RoomSettings, accountSid: string): Conference;
  /** Somebody who enters when its telephone is answered. */
  expect(conference: Conference, member: Expected, ended: Promise<void>): void;
  /** Who is in it now, or why not. */
  enter(
    stage: Stage,
    settings: RoomSettings,
  ): Participant | { readonly code: number; readonly message: string };
  leave(participant: Participant, reason: LeaveReason, kicked: boolean): void;
  change(participant: Participant, change: Change): void;
  /** Lets one hear a document, or everybody. */
  announce(conference: Conference, to: Participant | null, address: Address): void;
  end(conference: Conference): void;
  /** By call or label. */
  participant(conference: Conference, key: string): Participant | undefined;
}

const flag = (value: boolean) => (value ? "true" : "false");

/** What events tell of a participant. */
export const memberParameters = (member: Member): Parameters => [
  ["CallSid", member.call.sid],
  ["Muted", flag(member.muted)],
  ["Hold", flag(member.hold)],
  ["Coaching", flag(member.coaches !== null)],
  ["EndConferenceOnExit", flag(member.endOnExit)],
  ["StartConferenceOnEnter", flag(member.startOnEnter)],
  ...(member.label === null ? [] : ([["ParticipantLabel", member.label]] as const)),
];

export function endParameters({ ended }: Conference): Parameters {
  if (ended === null) return [];
  const { reason, by } = ended;
  return [
    ["ReasonConferenceEnded", reason],
    ["Reason", sentences[reason]],
    ...(by === null ? [] : ([["CallSidEndingConference", by.call.sid]] as const)),
    ...(by?.label ? ([["ParticipantLabelEndingConference", by.label]] as const) : []),
  ];
}

const sentences: Readonly<Record<EndReason, string>> = {
  "conference-ended-via-api": "The conference was ended by the API",
  "last-participant-kicked": "The last participant was removed",
  "last-participant-left": "The last participant left",
  "participant-with-end-conference-on-exit-kicked": "A participant who ends the conference was removed",
  "participant-with-end-conference-on-exit-left": "A participant who ends the conference left",
};

/**
 * The conferences of a carrier: who enters, waits, is heard, and leaves (protocol 5, Conference; protocol 6, participants).
 * Doorway: `createConferences`. A Dial calls `enter` and waits for `left`; REST calls the rest. No request that informs is waited for.
 */
import type { AlertLog } from "../alerts.ts";
import type { Address } from "../calls/call.ts";
import { hasEnded } from "../calls/call.ts";
import { createLine } from "../calls/line.ts";
import type { Recordings } from "../calls/recordings.ts";
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random, rfc2822 } from "../ids.ts";
import { limits } from "../limits.ts";
import { nobody } from "../people/nobody.ts";
import type { ConferenceEvent, Waiting } from "../twiml/document.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";
import {
  type Conference,
  type Conferences,
  type EndReason,
  endParameters,
  type LeaveReason,
  type Member,
  memberParameters,
  type Participant,
} from "./conference.ts";
import { announcer, mix, relayFrom } from "./mix.ts";

export interface ConferenceParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly alerts: AlertLog;
  readonly inform: Inform;
  readonly recordings: Recordings;
  /** How long a piece of media lasts, ms. */
  readonly mediaMs: number;
}

export function createConferences(parts: ConferenceParts): Conferences {
  const { clock } = parts;
  const known = new Map<string, Conference>();
  const rooms = new WeakMap<Participant, Conference>();
  const live = (name: string) =>
    [...known.values()].find((one) => one.name === name && one.status !== "completed");

  const tell = (room: Conference, kind: ConferenceEvent, event: string, about: Parameters = []) => {
    const address = room.settings.statusCallback;
    const asked = address?.events.includes(kind);
    // Who speaks is found out only for those who ask.
    const sequence = kind === "speaker" && !asked ? room.sequence : ++room.sequence;
    if (!address || !asked) return;
    parts.inform({
      about: "conference",
      sid: room.sid,
      address,
      parameters: [
        ["AccountSid", room.accountSid],
        ["ConferenceSid", room.sid],
        ["FriendlyName", room.name],
        ["SequenceNumber", String(sequence)],
        ["Timestamp", rfc2822(clock.now())],
        ["StatusCallbackEvent", event],
        ...about,
      ],
    });
  };
  const touch = (room: Conference) => {
    room.updatedAt = clock.now();
  };
  const letHear = (participant: Participant, what: Waiting<Address>) => {
    participant.heardAlone.abort();
    participant.heardAlone = new AbortController();
    const stop = participant.heardAlone.signal;
    if (what === "music") return void participant.line.music(stop);
    if (what === "silence") return;
    const source = { kind: "url", ...what, parameters: [] } as const;
    void participant.stage.aside({ within: "conference", source, stop, loopsMedia: true });
  };
  const begin = (room: Conference) => {
    room.status = "in-progress";
    touch(room);
    for (const one of room.participants.values()) {
      one.heardAlone.abort();
      one.line.person.connected?.();
    }
    tell(room, "start", "conference-start");
    const { record } = room.settings;
    const [first] = room.participants.values();
    if (!record || !first) return;
    const tape = parts.recordings.start({
      call: first.call,
      line: room.line,
      conferenceSid: room.sid,
      source: "Conference",
      channels: 1,
      track: "inbound",
      trimsSilence: record.trimsSilence,
      statusCallback: record.statusCallback,
    });
    room.stopRecording = () => void tape.finish();
  };
  const remove = (room: Conference, participant: Participant, reason: LeaveReason) => {
    room.participants.delete(participant.call.sid);
    touch(room);
    participant.heardAlone.abort();
    participant.left.abort();
    if (room.status === "in-progress" && !participant.line.closed) participant.line.person.disconnected?.();
    tell(room, "leave", "participant-leave", [
      ...memberParameters(participant),
      ["ParticipantCallStatus", participant.call.status],
      ["ReasonParticipantLeft", reason],
    ]);
  };
  const end = (room: Conference, reason: EndReason, by: Member | null) => {
    const left = by === null ? "conference_ended_via_api" : "moderator_ended_conference";
    for (const one of Array.from(room.participants.values())) remove(room, one, left);
    room.status = "completed";
    room.ended = { reason, by };
    for (const { cancel } of Array.from(room.expected.values())) cancel();
    room.stopRecording();
    touch(room);
    tell(room, "end", "conference-end", endParameters(room));
  };
  const open: Conferences["open"] = (settings, accountSid) => {
    const already = live(settings.name);
    if (already) return already;
    const { name, region, statusCallback, record } = settings;
    const now = clock.now();
    const room: Conference = {
      sid: makeSid("CF", parts.random),
      name,
      accountSid,
      region: region ?? "us1",
      createdAt: now,
      updatedAt: now,
      status: "init",
      participants: new Map(),
      expected: new Map(),
      settings: { statusCallback, record },
      line: createLine(clock, nobody, 0),
      stopRecording() {},
      sequence: 0,
      ended: null,
    };
    known.set(room.sid, room);
    if (known.size > limits.keptConferences)
      for (const [sid, one] of known) if (one.status === "completed" && known.delete(sid)) break;
    return room;
  };
  const isEmpty = ({ participants, expected }: Conference) => participants.size + expected.size === 0;
  const byKey = (room: Conference, key: string) =>
    room.participants.get(key) ?? [...room.participants.values()].find(({ label }) => label === key);
  /** What somebody does to be heard: whoever enters is listened to until it leaves. */
  const listenTo = (room: Conference, participant: Participant) => {
    const speaks = (event: string) => tell(room, "speaker", event, memberParameters(participant));
    const unlisten = participant.line.listen(
      relayFrom(room, participant, (ms) => {
        speaks("participant-speech-start");
        clock.after(ms, () => {
          if (!participant.left.signal.aborted) speaks("participant-speech-stop");
        });
      }),
    );
    participant.left.signal.addEventListener("abort", unlisten);
  };

  return {
    open,
    find: (key) => known.get(key) ?? live(key),
    list: () => [...known.values()].reverse(),
    participant: byKey,
    expect(room, member, ended) {
      room.expected.set(member.call.sid, member);
      void ended.then(() => {
        if (!room.expected.delete(member.call.sid) || room.status === "completed") return;
        tell(room, "leave", "participant-leave", [
          ...memberParameters(member),
          ["ParticipantCallStatus", member.call.status],
          ["ReasonParticipantLeft", "participant_add_failed"],
        ]);
        if (isEmpty(room)) end(room, "last-participant-left", member);
      });
    },
    enter(stage, settings) {
      const { call, line } = stage;
      const room = open(settings, call.accountSid);
      if (room.participants.size >= settings.maxParticipants)
        return { code: 16020, message: `Conference is full: ${settings.maxParticipants} participants` };
      const { label } = settings;
      if (label !== null && byKey(room, label))
        return { code: 16025, message: `Participant label is in use by another participant: ${label}` };
      const coaches =
        settings.coach !== null && room.participants.has(settings.coach) ? settings.coach : null;
      if (coaches !== settings.coach) {
        const message = `Invalid Whisper SID: expected a participant's call, found ${settings.coach}`;
        parts.alerts.add({ level: "error", code: 13240, message, callSid: call.sid });
      }
      const { startOnEnter, endOnExit, muted, wait, beepOnExit } = settings;
      const now = clock.now();
      const participant: Participant = {
        call,
        line,
        stage,
        label,
        startOnEnter,
        endOnExit,
        muted,
        wait,
        beepOnExit,
        coaches,
        hold: false,
        since: now,
        updatedAt: now,
        heardAlone: new AbortController(),
        left: new AbortController(),
      };
      room.expected.delete(call.sid);
      room.participants.set(call.sid, participant);
      rooms.set(participant, room);
      touch(room);
      tell(room, "join", "participant-join", memberParameters(participant));
      if (room.status === "in-progress") {
        if (settings.beepOnEnter) mix(room, { tone: "beep" }, participant);
        line.person.connected?.();
      } else if (
        room.participants.size > 1 &&
        [...room.participants.values()].some((one) => one.startOnEnter)
      )
        begin(room);
      else letHear(participant, wait);
      listenTo(room, participant);
      return participant;
    },
    leave(participant, reason, kicked) {
      const room = rooms.get(participant);
      if (!room || participant.left.signal.aborted) return;
      if (room.status === "in-progress" && participant.beepOnExit) mix(room, { tone: "beep" }, participant);
      remove(room, participant, reason);
      const how = kicked ? "kicked" : "left";
      if (participant.endOnExit) end(room, `participant-with-end-conference-on-exit-${how}`, participant);
      else if (isEmpty(room)) end(room, `last-participant-${how}`, participant);
    },
    change(participant, change) {
      const room = rooms.get(participant);
      if (!room || participant.left.signal.aborted) return;
      const { muted, hold, holdWait = "music", endOnExit, beepOnExit, coaches } = change;
      const tellAs = (kind: ConferenceEvent, event: string) =>
        tell(room, kind, event, memberParameters(participant));
      participant.updatedAt = clock.now();
      if (muted !== undefined && muted !== participant.muted) {
        participant.muted = muted;
        tellAs("mute", muted ? "participant-mute" : "participant-unmute");
      }
      if (hold !== undefined && hold !== participant.hold) {
        participant.hold = hold;
        letHear(participant, hold ? holdWait : room.status === "init" ? participant.wait : "silence");
        tellAs("hold", hold ? "participant-hold" : "participant-unhold");
      }
      const before = [participant.endOnExit, participant.beepOnExit, participant.coaches].join();
      if (endOnExit !== undefined) participant.endOnExit = endOnExit;
      if (beepOnExit !== undefined) participant.beepOnExit = beepOnExit;
      if (coaches !== undefined) participant.coaches = coaches;
      if (before !== [participant.endOnExit, participant.beepOnExit, participant.coaches].join())
        tellAs("modify", "participant-modify");
    },
    announce(room, to, address) {
      const [first] = room.participants.values();
      const by = to ?? first;
      if (!by) return;
      const source = { kind: "url", ...address, parameters: [] } as const;
      const about = () =>
        [
          ["ConferenceSid", room.sid],
          ["FriendlyName", room.name],
        ] as const;
      const line = announcer(clock, () => (to === null ? [...room.participants.values()] : [to]), parts);
      const stop = by.left.signal;
      void by.stage.aside({ within: "conference", source, stop, also: about, line }).then((outcome) => {
        const failed = outcome.go === "failed";
        tell(room, "announcement", failed ? "announcement-fail" : "announcement-end", [
          ...(to === null ? [] : memberParameters(to)),
          ["AnnounceUrl", address.url],
          ...(failed ? ([["ReasonAnnouncementFailed", outcome.message]] as const) : []),
        ]);
      });
    },
    end(room) {
      if (room.status !== "completed") end(room, "conference-ended-via-api", null);
    },
  };
}

/** Why a participant left whose Dial was stopped: it hung up, or REST gave it something else to do. */
export const leaveReason = (participant: Participant): LeaveReason =>
  hasEnded(participant.call) ? "participant_hung_up" : "participant_updated_via_api";

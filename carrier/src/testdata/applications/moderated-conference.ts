/** A conference with a PIN and a moderator; those who wait hear a playlist; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;
const roles: Record<string, "moderator" | "guest"> = { "1111": "moderator", "2222": "guest" };

export const moderatedConference: Application = {
  pages: ({ client, url }) => {
    let roomSid = "";
    return {
      "/voice": ({ query }) => {
        const tries = Number(query.tries ?? 0);
        const twiml = new VoiceResponse();
        if (tries === 2) {
          twiml.say("Too many tries.");
          twiml.hangup();
          return twiml;
        }
        const gather = twiml.gather({ numDigits: 4, action: `/pin?tries=${tries}`, timeout: 5 });
        gather.say("Enter your PIN.");
        twiml.redirect(`/voice?tries=${tries + 1}`);
        return twiml;
      },
      "/pin": ({ form, query }) => {
        const role = roles[form.Digits ?? ""];
        const twiml = new VoiceResponse();
        if (!role) {
          twiml.say("That PIN is wrong.");
          twiml.redirect(`/voice?tries=${Number(query.tries) + 1}`);
          return twiml;
        }
        const moderates = role === "moderator";
        twiml.dial({ action: "/out", hangupOnStar: true }).conference(
          {
            startConferenceOnEnter: moderates,
            endConferenceOnExit: moderates,
            muted: !moderates,
            beep: "onEnter",
            waitUrl: "/playlist?track=1",
            waitMethod: "GET",
            participantLabel: `${role}-${form.From}`,
            statusCallback: "/room",
            statusCallbackEvent: ["start", "end", "join", "leave", "mute", "modify", "announcement"],
          },
          "weekly",
        );
        return twiml;
      },
      "/playlist": ({ query }) => {
        const track = Number(query.track);
        const twiml = new VoiceResponse();
        twiml.play(`/track-${track}.mp3`);
        if (track === 1) twiml.say("The moderator is not here yet.");
        twiml.redirect({ method: "GET" }, `/playlist?track=${track + 1}`);
        return twiml;
      },
      "/room": ({ form }) => {
        roomSid = form.ConferenceSid ?? "";
        return undefined;
      },
      /** A button of the moderator's: the guest may speak. */
      async "/web/unmute"({ query }) {
        await client.conferences(roomSid).participants(`guest-${query.phone}`).update({ muted: false });
        return "unmuted";
      },
      async "/web/announce"({ query }) {
        await client
          .conferences(roomSid)
          .update({ announceUrl: query.url ?? `${url}/words`, announceMethod: "GET" });
        return "announced";
      },
      async "/web/end"() {
        const [room] = await client.conferences.list({ friendlyName: "weekly", status: "in-progress" });
        return room ? (await client.conferences(room.sid).update({ status: "completed" })).status : "no room";
      },
      "/words": () => {
        const twiml = new VoiceResponse();
        twiml.say("Five minutes left.");
        return twiml;
      },
      "/out": ({ form }) => {
        const twiml = new VoiceResponse();
        twiml.say(`You are out: ${form.DialCallStatus}.`);
        return twiml;
      },
      "/ended": () => undefined,
    };
  },
};

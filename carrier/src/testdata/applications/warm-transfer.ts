/** A warm transfer: hold the caller, bring a colleague in, coach, hand over and leave; by the participants of the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const warmTransfer: Application = {
  pages: ({ client, url }) => {
    const sids: Record<string, string> = {};
    let room = "";
    const inRoom = () => client.conferences(room).participants;
    return {
      async "/voice"({ form }) {
        sids.caller = form.CallSid ?? "";
        const agent = await client.conferences("care").participants.create({
          from: "+15550100001",
          to: "+15550150001",
          label: "agent",
          earlyMedia: false,
          endConferenceOnExit: false,
          beep: "false",
          conferenceStatusCallback: `${url}/room`,
          conferenceStatusCallbackEvent: ["start", "end", "join", "leave", "hold", "mute", "modify"],
          statusCallback: `${url}/agent`,
          statusCallbackEvent: ["ringing", "answered", "completed"],
        });
        sids.agent = agent.callSid;
        room = agent.conferenceSid;
        const twiml = new VoiceResponse();
        twiml
          .dial({ action: "/over" })
          .conference({ participantLabel: "caller", beep: "false", endConferenceOnExit: true }, "care");
        return twiml;
      },
      async "/web/hold"() {
        const held = await inRoom()("caller").update({ hold: true, holdUrl: `${url}/hold` });
        return `held: ${held.hold}`;
      },
      "/hold": () => {
        const twiml = new VoiceResponse();
        twiml.say("One moment, please.");
        twiml.play("/hold.mp3");
        twiml.redirect("/hold");
        return twiml;
      },
      async "/web/consult"() {
        const colleague = await inRoom().create({
          from: "+15550100001",
          to: "+15550150002",
          label: "colleague",
          beep: "false",
          timeout: 10,
          ...(sids.coach && { coaching: true, callSidToCoach: sids.agent }),
        });
        return colleague.status;
      },
      async "/web/coach"() {
        sids.coach = "yes";
        const colleague = await inRoom().create({
          from: "+15550100001",
          to: "+15550150002",
          label: "supervisor",
          beep: "false",
          coaching: true,
          callSidToCoach: sids.agent ?? "",
        });
        return `coaching: ${colleague.coaching}`;
      },
      async "/web/unhold"() {
        return `held: ${(await inRoom()("caller").update({ hold: false })).hold}`;
      },
      /** The agent leaves the two alone. */
      async "/web/leave"() {
        await inRoom()("agent").remove();
        return (await inRoom().list()).map(({ label }) => label).join(" ");
      },
      "/over": ({ form }) => {
        const twiml = new VoiceResponse();
        twiml.say(`Goodbye: ${form.DialCallStatus}.`);
        return twiml;
      },
      "/agent": () => undefined,
      "/room": () => undefined,
      "/ended": () => undefined,
    };
  },
};

/** A conference broadcast: a host speaks to many who are muted and called by REST; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;
const listeners = ["+15550150001", "+15550150002", "+15550150003"];

export const broadcast: Application = {
  pages: ({ client, url }) => ({
    /** The host calls in. */
    "/voice": () => {
      const twiml = new VoiceResponse();
      twiml.dial().conference(
        {
          startConferenceOnEnter: true,
          endConferenceOnExit: true,
          beep: "false",
          waitUrl: "",
          statusCallback: "/room",
          statusCallbackEvent: ["start", "end", "join", "leave"],
        },
        "broadcast",
      );
      return twiml;
    },
    async "/web/invite"() {
      const calls = await Promise.all(
        listeners.map((to) =>
          client.calls.create({ to, from: "+15550100001", url: `${url}/join`, machineDetection: "Enable" }),
        ),
      );
      return `${calls.length} invited`;
    },
    "/join": ({ form }) => {
      const twiml = new VoiceResponse();
      if (form.AnsweredBy !== "human") {
        twiml.hangup();
        return twiml;
      }
      twiml.say("You are joining the broadcast.");
      twiml.dial().conference({ muted: true, startConferenceOnEnter: false, beep: "false" }, "broadcast");
      twiml.say("The broadcast is over.");
      return twiml;
    },
    "/room": () => undefined,
    "/ended": () => undefined,
  }),
};

/** Calls for agents with a browser or a desk telephone: client first, SIP next, else a message by mail; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const browserDialer: Application = {
  pages: () => ({
    "/voice": ({ form }) => {
      const twiml = new VoiceResponse();
      const dial = twiml.dial({ timeout: 10, action: "/next?after=client", answerOnBridge: true });
      const whom = dial.client({
        statusCallback: "/leg",
        statusCallbackEvent: ["ringing", "answered", "completed"],
      });
      whom.identity("dora");
      whom.parameter({ name: "customer", value: form.From ?? "" });
      return twiml;
    },
    "/next": ({ form, query }) => {
      const twiml = new VoiceResponse();
      if (form.DialCallStatus === "completed") twiml.hangup();
      else if (query.after === "client") {
        const dial = twiml.dial({ timeout: 5, action: "/next?after=sip" });
        dial.sip({ statusCallback: "/leg" }, "sip:eli@example.com");
      } else {
        twiml.say("Please leave a message.");
        twiml.record({ maxLength: 5, action: "/done", timeout: 0 });
      }
      return twiml;
    },
    "/done": () => {
      const twiml = new VoiceResponse();
      twiml.hangup();
      return twiml;
    },
    "/leg": () => undefined,
    "/ended": () => undefined,
  }),
};

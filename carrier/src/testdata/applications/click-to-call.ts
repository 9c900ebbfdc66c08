/** A button on a web page: the visitor is called, then the sales desk; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const clickToCall: Application = {
  pages: ({ client, url }) => ({
    async "/web/click"({ query }) {
      const call = await client.calls.create({
        to: query.phone ?? "",
        from: "+15550100001",
        url: `${url}/outbound/${encodeURIComponent("+15550150002")}`,
        statusCallback: `${url}/progress`,
        statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
        statusCallbackMethod: "POST",
        timeout: 10,
      });
      return call.status;
    },
    "/outbound/%2B15550150002": () => {
      const twiml = new VoiceResponse();
      twiml.say("Thanks for your interest. We connect you now.");
      const dial = twiml.dial({ callerId: "+15550100001", record: "record-from-ringing", action: "/talked" });
      dial.number(
        { statusCallback: "/desk", statusCallbackEvent: ["answered", "completed"] },
        "+15550150002",
      );
      return twiml;
    },
    "/talked": ({ form }) => {
      const twiml = new VoiceResponse();
      if (form.DialCallStatus !== "completed") twiml.say("Our desk cannot take your call.");
      twiml.hangup();
      return twiml;
    },
    "/progress": () => undefined,
    "/desk": () => undefined,
  }),
};

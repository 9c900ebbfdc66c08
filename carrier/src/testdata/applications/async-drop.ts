/** Calls that speak at once and change to a message when a machine turns out to be there; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const asyncDrop: Application = {
  pages: ({ client, url }) => ({
    async "/web/campaign"({ query }) {
      const call = await client.calls.create({
        to: "+15550150001",
        from: "+15550100001",
        url: `${url}/greeting`,
        machineDetection: query.mode ?? "DetectMessageEnd",
        asyncAmd: "true",
        asyncAmdStatusCallback: `${url}/amd`,
        asyncAmdStatusCallbackMethod: "POST",
        machineDetectionTimeout: 30,
        machineDetectionSpeechThreshold: 2000,
        statusCallback: `${url}/done`,
      });
      return call.answeredBy ?? "nobody yet";
    },
    "/greeting": () => {
      const twiml = new VoiceResponse();
      twiml
        .gather({ numDigits: 1, action: "/key", timeout: 10 })
        .say("Hello, this is your bank. Press 1 to go on.");
      return twiml;
    },
    "/key": () => {
      const twiml = new VoiceResponse();
      twiml.say("Thank you.");
      return twiml;
    },
    async "/amd"({ form }) {
      const message = new VoiceResponse();
      message.say("Please call your bank.");
      try {
        if (/^machine_end/.test(form.AnsweredBy ?? ""))
          await client.calls(form.CallSid ?? "").update({ twiml: message.toString() });
        if (form.AnsweredBy === "fax" || form.AnsweredBy === "machine_start")
          await client.calls(form.CallSid ?? "").update({ status: "completed" });
      } catch (error) {
        // The call may be over by now.
        if ((error as { code?: number }).code !== 21220) throw error;
      }
      return undefined;
    },
    async "/done"({ form }) {
      const call = await client.calls(form.CallSid ?? "").fetch();
      return { status: call.duration === form.CallDuration ? 204 : 500 };
    },
  }),
};

/** A recorded call that pauses its recording while a card's number is keyed; paying by Pay where it exists; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const cardCapture: Application = {
  pages: ({ client, url }) => ({
    async "/voice"({ form }) {
      const twiml = new VoiceResponse();
      twiml.say("This call is recorded.");
      twiml.redirect(`/record?sid=${form.CallSid}`);
      return twiml;
    },
    async "/record"({ form }) {
      const call = client.calls(form.CallSid ?? "");
      await call.recordings.create({
        recordingStatusCallback: `${url}/recorded`,
        recordingStatusCallbackEvent: ["in-progress", "completed"],
        recordingChannels: "dual",
      });
      const twiml = new VoiceResponse();
      twiml.gather({ numDigits: 1, action: "/choice" }).say("Press 1 to pay by card, 2 to pay by robot.");
      return twiml;
    },
    "/paid"({ form }) {
      const twiml = new VoiceResponse();
      twiml.say(form.Result === "success" ? "Thank you." : "Paying is not possible now.");
      return twiml;
    },
    async "/choice"({ form }) {
      const twiml = new VoiceResponse();
      if (form.Digits === "2") {
        twiml.pay({ chargeAmount: "20.45", action: "/paid" });
        return twiml;
      }
      const { recordings } = client.calls(form.CallSid ?? "");
      await recordings("Twilio.CURRENT").update({ status: "paused", pauseBehavior: "skip" });
      twiml
        .gather({ finishOnKey: "#", action: "/card", timeout: 10 })
        .say("Key your card's number and pound.");
      return twiml;
    },
    async "/card"({ form }) {
      const { recordings } = client.calls(form.CallSid ?? "");
      await recordings("Twilio.CURRENT").update({ status: "in-progress" });
      const twiml = new VoiceResponse();
      twiml.say(`A card that ends in ${form.Digits?.slice(-4)}.`);
      return twiml;
    },
    async "/ended"({ form }) {
      const [recording] = await client.recordings.list({ callSid: form.CallSid ?? "" });
      return { status: recording ? 204 : 500 };
    },
    "/recorded": () => undefined,
  }),
};

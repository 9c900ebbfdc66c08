/** A voicemail whose messages are sent on in writing, and cut short or repeated by the caller; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;
const owner = "+15550150001";

export const voicemail: Application = {
  pages: ({ client }) => ({
    "/voice": () => {
      const twiml = new VoiceResponse();
      twiml.dial({ timeout: 8, action: "/missed" }, owner);
      return twiml;
    },
    "/missed": ({ form }) => {
      const twiml = new VoiceResponse();
      if (form.DialCallStatus === "completed") return twiml;
      twiml.say("Leave your message and press pound. Press star to begin again.");
      twiml.record({
        action: "/message",
        finishOnKey: "#*",
        maxLength: 60,
        timeout: 4,
        transcribeCallback: "/written",
      });
      twiml.say("Nothing was recorded.");
      twiml.redirect("/missed");
      return twiml;
    },
    async "/message"({ form }) {
      const twiml = new VoiceResponse();
      if (form.Digits === "*") {
        await client.recordings(form.RecordingSid ?? "").remove();
        twiml.redirect("/missed");
      } else if (form.Digits !== "hangup")
        twiml.say(`Your message of ${form.RecordingDuration} seconds is kept.`);
      return twiml;
    },
    async "/written"({ form }) {
      await client.messages.create({
        to: owner,
        from: form.To ?? "",
        body: `${form.From}: ${form.TranscriptionText || form.TranscriptionStatus}`,
      });
      return undefined;
    },
    "/ended": () => undefined,
  }),
};

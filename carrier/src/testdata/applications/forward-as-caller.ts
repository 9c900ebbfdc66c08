/** Calls a colleague in the caller's own name, with the token of the caller's call, and joins the two in a room; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const forwardAsCaller: Application = {
  pages: ({ client, url }) => ({
    async "/voice"({ form }) {
      const room = `room-${form.CallSid?.slice(-4)}`;
      const twiml = new VoiceResponse();
      const place = (more: { callToken?: string }) =>
        client.calls.create({
          to: "+15550150001",
          from: form.From ?? "",
          url: `${url}/join?room=${room}`,
          ...more,
        });
      try {
        await place({});
        twiml.say("That should have been refused.");
        return twiml;
      } catch (error) {
        const { code } = error as { code?: number };
        if (code !== 21210) throw error;
      }
      await place({ callToken: form.CallToken });
      twiml.dial().conference({ endConferenceOnExit: true, beep: "false", waitUrl: "" }, room);
      return twiml;
    },
    "/join": ({ form, query }) => {
      const twiml = new VoiceResponse();
      twiml.say(`${form.From} for you, in ${form.FromCountry}.`);
      twiml.dial().conference({ endConferenceOnExit: true, beep: "false" }, query.room ?? "");
      return twiml;
    },
    "/ended": () => undefined,
  }),
};

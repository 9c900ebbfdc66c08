/** A second factor by telephone: the code is spoken digit by digit and must be entered; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const voicePin: Application = {
  pages: ({ client, url }) => {
    let outcome = "waiting";
    const ask = (tries: number, before: string) => {
      const twiml = new VoiceResponse();
      twiml.say(before);
      const gather = twiml.gather({
        action: `${url}/code?tries=${tries}`,
        numDigits: 3,
        timeout: 4,
        finishOnKey: "",
      });
      const say = gather.say({ voice: "Polly.Joanna" }, "Your code is ");
      say.sayAs({ "interpret-as": "digits" }, "417");
      say.break({ time: "500ms" });
      gather.pause({ length: 1 });
      twiml.say("No code came.");
      twiml.hangup();
      return twiml;
    };
    return {
      async "/web/login"() {
        await client.calls.create({
          to: "+15550150001",
          from: "+15550100001",
          twiml: ask(1, "Enter the code you hear.").toString(),
          statusCallback: `${url}/status`,
        });
        return outcome;
      },
      "/code": ({ form, query }) => {
        const twiml = new VoiceResponse();
        if (form.Digits === "417") {
          outcome = "in";
          twiml.say("You are in.");
          return twiml;
        }
        if (query.tries === "2") {
          outcome = "out";
          twiml.reject();
          return twiml;
        }
        return ask(2, "Wrong.");
      },
      "/status": ({ form }) => {
        if (form.CallStatus !== "completed") outcome = form.CallStatus ?? "";
        return undefined;
      },
      "/web/outcome": () => outcome,
    };
  },
};

/** Callers may keep their place and be called back when an agent is free; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const callBack: Application = {
  pages: ({ client, url }) => {
    const waiting: string[] = [];
    return {
      "/voice": () => {
        const twiml = new VoiceResponse();
        twiml.enqueue({ waitUrl: "/wait", action: "/left" }, "calls");
        return twiml;
      },
      "/wait": () => {
        const twiml = new VoiceResponse();
        const gather = twiml.gather({
          input: ["dtmf", "speech"],
          hints: "call me back",
          action: "/choice",
          timeout: 2,
          numDigits: 1,
        });
        gather.say("All agents talk. Press 1 or say: call me back.");
        twiml.pause({ length: 3 });
        return twiml;
      },
      async "/choice"({ form }) {
        const twiml = new VoiceResponse();
        if (form.Digits === "1" || /back/i.test(form.SpeechResult ?? "")) twiml.leave();
        else twiml.redirect("/wait");
        return twiml;
      },
      "/left": ({ form }) => {
        const twiml = new VoiceResponse();
        if (form.QueueResult !== "leave") return twiml;
        waiting.push(form.From ?? "");
        twiml.say("We will call you back.");
        return twiml;
      },
      /** An agent is free: whoever has waited longest, in the queue or at home. */
      async "/web/free"() {
        const [queue] = await client.queues.list();
        if (queue && queue.currentSize > 0) {
          const member = await client
            .queues(queue.sid)
            .members("Front")
            .update({ url: `${url}/agent`, method: "POST" });
          return `took one after ${member.waitTime} s`;
        }
        const to = waiting.shift();
        if (!to) return "nobody";
        await client.calls.create({ to, from: "+15550100001", url: `${url}/agent`, timeout: 15 });
        return "calling back";
      },
      "/agent": () => {
        const twiml = new VoiceResponse();
        twiml.say("An agent is on the line.");
        twiml.dial("+15550150001");
        return twiml;
      },
      "/ended": () => undefined,
    };
  },
};

/** A list of numbers called as fast as the account may, one attempt more for the busy; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const autodialer: Application = {
  pages: ({ client, url }) => {
    const attempts = new Map<string, number>();
    const dial = async (to: string) => {
      attempts.set(to, (attempts.get(to) ?? 0) + 1);
      return client.calls.create({
        to,
        from: "+15550100001",
        twiml: "<Response><Say>Water will be off tomorrow.</Say></Response>",
        statusCallback: `${url}/progress`,
        statusCallbackEvent: ["initiated", "completed"],
        timeout: 8,
        timeLimit: 20,
      });
    };
    return {
      async "/web/start"() {
        const calls = [];
        for (const last of [1, 2, 3, 4]) calls.push(await dial(`+1555015000${last}`));
        return calls.map(({ status, queueTime }) => `${status} ${queueTime}`).join(", ");
      },
      async "/web/stop"() {
        const waiting = await client.calls.list({ status: "queued" });
        for (const { sid } of waiting) await client.calls(sid).update({ status: "canceled" });
        return `${waiting.length} canceled`;
      },
      async "/progress"({ form }) {
        if (form.CallStatus === "busy" && attempts.get(form.To ?? "") === 1) await dial(form.To ?? "");
        return undefined;
      },
      async "/web/report"() {
        const calls = await client.calls.list({ from: "+15550100001" });
        const twiml = new VoiceResponse();
        twiml.say(`${calls.filter(({ status }) => status === "completed").length} reached`);
        return twiml;
      },
    };
  },
};

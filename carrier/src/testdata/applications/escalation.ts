/** An alarm that calls one after the other until somebody acknowledges; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;
const chain = ["+15550150001", "+15550150002", "+15550150003"];

export const escalation: Application = {
  pages: ({ client, url, later }) => {
    let acknowledged = "";
    const alarm = (at: number): Promise<unknown> =>
      client.calls.create({
        to: chain[at] ?? "",
        from: "+15550100001",
        url: `${url}/alarm`,
        timeout: 12,
        statusCallback: `${url}/over?at=${at}`,
        statusCallbackEvent: ["completed"],
        machineDetection: "Enable",
        machineDetectionSpeechThreshold: 1500,
      });
    return {
      async "/web/alarm"() {
        await alarm(0);
        return "alarm";
      },
      "/alarm": ({ form }) => {
        const twiml = new VoiceResponse();
        if (form.AnsweredBy?.startsWith("machine")) {
          twiml.hangup();
          return twiml;
        }
        const gather = twiml.gather({ numDigits: 1, action: "/acknowledge", timeout: 5 });
        gather.say({ loop: 2 }, "The pump has failed. Press 4 to acknowledge.");
        return twiml;
      },
      "/acknowledge": ({ form }) => {
        const twiml = new VoiceResponse();
        if (form.Digits === "4") acknowledged = form.To ?? "";
        twiml.say(form.Digits === "4" ? "Acknowledged." : "Not acknowledged.");
        return twiml;
      },
      async "/over"({ query }) {
        const next = Number(query.at) + 1;
        if (acknowledged !== "") {
          await client.messages.create({
            to: chain[0] ?? "",
            from: "+15550100001",
            body: `${acknowledged} has it`,
          });
        } else if (next < chain.length) later(10, () => void alarm(next));
        return undefined;
      },
    };
  },
};

/** A two-party call whose legs are moved by REST while they talk: to a room, to another person, to the end; by the official package. */
import twilio from "twilio";
import type { Application } from "./serve.ts";

const { VoiceResponse } = twilio.twiml;

export const liveTransfer: Application = {
  pages: ({ client, url }) => {
    let parent = "";
    let child = "";
    const room = (name: string) => {
      const twiml = new VoiceResponse();
      twiml.dial().conference({ endConferenceOnExit: true, beep: "false" }, name);
      return twiml.toString();
    };
    return {
      "/voice": ({ form }) => {
        parent = form.CallSid ?? "";
        const twiml = new VoiceResponse();
        twiml
          .dial({ action: "/dialled" })
          .number(
            { statusCallback: "/child", statusCallbackEvent: ["answered", "completed"] },
            "+15550150001",
          );
        return twiml;
      },
      "/child": ({ form }) => {
        child = form.CallSid ?? "";
        return undefined;
      },
      "/dialled": ({ form }) => {
        const twiml = new VoiceResponse();
        twiml.say(`The dial is over: ${form.DialCallStatus}.`);
        return twiml;
      },
      /** The usual way to a three-way call: the child first, as it would be hung up with its parent's Dial. */
      async "/web/three-way"() {
        await client.calls(child).update({ twiml: room("three") });
        await client.calls(parent).update({ twiml: room("three") });
        await client.calls.create({ to: "+15550150002", from: "+15550100001", twiml: room("three") });
        return "three";
      },
      /** The caller is sent on; the one called is hung up. */
      async "/web/send-on"() {
        const call = await client.calls(parent).update({ url: `${url}/on`, method: "GET" });
        return call.status;
      },
      "/on": () => {
        const twiml = new VoiceResponse();
        twiml.dial({ timeout: 10 }, "+15550150002");
        twiml.say("Nobody else is there.");
        return twiml;
      },
      async "/web/survey-the-called"() {
        await client.calls(child).update({ url: `${url}/thanks` });
        return "done";
      },
      "/thanks": () => {
        const twiml = new VoiceResponse();
        twiml.say("Thank you for taking the call.");
        return twiml;
      },
      async "/web/hang-up"({ query }) {
        const call = await client
          .calls(query.leg === "child" ? child : parent)
          .update({ status: "completed" });
        return call.status;
      },
      /** Two updates in a row: the last one counts. */
      async "/web/twice"() {
        const first = client.calls(parent).update({ twiml: "<Response><Say>First.</Say></Response>" });
        await first;
        await client.calls(parent).update({ twiml: "<Response><Say>Second.</Say></Response>" });
        return "twice";
      },
      async "/web/too-late"() {
        try {
          await client.calls(parent).update({ twiml: "<Response><Say>Too late.</Say></Response>" });
          return "updated";
        } catch (error) {
          const { status, code, message } = error as InstanceType<typeof twilio.RestException>;
          return `${status} ${code} ${message}`;
        }
      },
      "/ended": () => undefined,
    };
  },
};
